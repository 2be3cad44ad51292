import type { Field } from "../form.ts";
import { intakeWords } from "../text/intake.ts";
import { excerpt, periodInDates } from "../text/labels.ts";
import { whenOf } from "./absorb.ts";
import { textOf } from "./answer.ts";
import type { IntakeValues } from "./values.ts";

/** When it happened, in the citizen's words and, where that can be told, in dates. Never asked, only shown and changed. */
export const occurredAtField: Field<IntakeValues> = {
  name: "occurredAt",
  label: "时间",
  aliases: ["发生时间", "日期"],
  isMissing: () => false,
  ask: () => intakeWords.askOccurredAt(),
  async read(ctx, message) {
    const text = textOf(message);
    if (!text) return { kind: "pass" };
    const { period } = whenOf(await ctx.triage.read(text, ctx.now));
    return { kind: "filled", values: { occurredAt: excerpt(text, 200), period } };
  },
  show: ({ occurredAt, period }) =>
    occurredAt ? `${occurredAt}${period ? `（${periodInDates(period)}）` : ""}` : "未填",
};
