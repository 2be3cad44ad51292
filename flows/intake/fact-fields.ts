import type { RequestFact } from "../../bots/model/index.ts";
import type { Field } from "../form.ts";
import { intakeWords } from "../text/intake.ts";
import { excerpt } from "../text/labels.ts";
import { textOf } from "./answer.ts";
import type { IntakeValues } from "./values.ts";

/** Details that were read out of the words: shown only where there are any, and corrected like every other row. */
function factField(kind: RequestFact["kind"], label: string, aliases: string[]): Field<IntakeValues> {
  const of = (values: IntakeValues) => (values.facts ?? []).filter((fact) => fact.kind === kind);
  return {
    name: kind,
    label,
    aliases,
    isMissing: () => false,
    ask: () => intakeWords.askFact(label),
    async read(_ctx, message, values) {
      const text = textOf(message);
      if (!text) return { kind: "pass" };
      const others = (values.facts ?? []).filter((fact) => fact.kind !== kind);
      const words = excerpt(text, 100);
      return { kind: "filled", values: { facts: [...others, { kind, text: words, value: words }] } };
    },
    show: (values) =>
      of(values).length > 0
        ? of(values)
            .map(({ text }) => text)
            .join("、")
        : undefined,
  };
}

export const factFields: Field<IntakeValues>[] = [
  factField("unit", "涉及单位", ["单位", "对方"]),
  factField("amount", "金额", ["钱数", "价格"]),
  factField("plate", "车牌号", ["车牌"]),
  factField("orderNumber", "订单号", ["单号", "快递单号", "运单号"]),
];
