import type { Step } from "../../bots/flow.ts";
import type { OutboundMessage } from "../../bots/model/index.ts";
import { fieldNamed, joined, nextMissing, summaryRows } from "../form.ts";
import { intakeWords } from "../text/intake.ts";
import { intakeFields } from "./fields.ts";
import type { IntakeValues } from "./values.ts";

/** `asking` is the name of a field, "summary", or "choose-field". */
export type IntakeState = { values: IntakeValues; asking: string };
export type IntakeStep = Step<IntakeState>;

/** The question that the state waits to be answered. */
export function ask({ values, asking }: IntakeState): OutboundMessage[] {
  if (asking === "summary") return intakeWords.summary(summaryRows(intakeFields, values), values.requestId);
  if (asking === "choose-field") {
    return intakeWords.chooseField(intakeFields.map(({ name, label }) => ({ id: `intake/edit/${name}`, label })));
  }
  return fieldNamed(intakeFields, asking)?.ask(values) ?? [];
}

/** On to the first thing that is still missing, or to the summary. */
export function proceed(values: IntakeValues, first: OutboundMessage[] = []): IntakeStep {
  const asking = nextMissing(intakeFields, values)?.name ?? "summary";
  return stay({ values, asking }, first);
}

/** The same question once more, after some words. */
export const stay = (state: IntakeState, first: OutboundMessage[] = []): IntakeStep => ({
  next: "wait",
  state,
  say: joined(first, ask(state)),
});
