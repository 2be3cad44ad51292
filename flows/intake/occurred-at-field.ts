import type { Field } from "../form.ts";
import { intakeWords } from "../text/intake.ts";
import { excerpt, shortTime } from "../text/labels.ts";
import { whenOf } from "./absorb.ts";
import { textOf } from "./answer.ts";
import type { IntakeValues, PeriodValue } from "./values.ts";

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
  show: ({ occurredAt, period }) => (occurredAt ? `${occurredAt}${period ? `（${inDates(period)}）` : ""}` : "未填"),
};

const inDates = ({ from, to }: PeriodValue): string =>
  to === undefined ? `${shortTime(from)} 起` : from === to ? shortTime(from) : `${shortTime(from)} 至 ${shortTime(to)}`;
