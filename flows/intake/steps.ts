import type { Step } from "../../bots/flow.ts";
import type { OutboundMessage } from "../../bots/model/index.ts";
import { fieldNamed, joined, nextMissing, summaryRows } from "../form.ts";
import { intakeWords } from "../text/intake.ts";
import { intakeFields } from "./fields.ts";
import { askSameMatter, SAME_MATTER, sameMatterRows } from "./same-matter.ts";
import { sideFields } from "./side-matters.ts";
import type { IntakeValues } from "./values.ts";

/** `asking` is the name of a field, "summary", "choose-field", or "same-matter". */
export type IntakeState = { values: IntakeValues; asking: string };
/** `put`: what the question was made of, so that another one can be put before it. */
type WaitingStep = Extract<Step<IntakeState>, { next: "wait" }> & { put?: Question };
type Question = { state: IntakeState; first: OutboundMessage[] };
export type IntakeStep = Exclude<Step<IntakeState>, { next: "wait" }> | WaitingStep;

/** Everything that can be asked, in the order in which it is. */
const questions = [...sideFields, ...intakeFields];

export const questionNamed = (name: string) => fieldNamed(questions, name);
export const nextQuestion = (values: IntakeValues) => nextMissing(questions, values);

/** The rows that the summary shows. */
const rowsOf = (values: IntakeValues) => intakeFields.filter((field) => field.show(values) !== undefined);

/** The question that the state waits to be answered. */
export function ask({ values, asking }: IntakeState): OutboundMessage[] {
  if (asking === "summary") {
    const rows = [...summaryRows(intakeFields, values), ...sameMatterRows(values)];
    return intakeWords.summary(rows, values.requestId);
  }
  if (asking === SAME_MATTER) return askSameMatter(values);
  if (asking === "choose-field") {
    return intakeWords.chooseField(rowsOf(values).map(({ name, label }) => ({ id: `intake/edit/${name}`, label })));
  }
  return questionNamed(asking)?.ask(values) ?? [];
}

/** On to the first thing that is still missing, or to the summary. */
export function proceed(known: IntakeValues, first: OutboundMessage[] = []): WaitingStep {
  const { reopened: _done, ...values } = known;
  return stay({ values, asking: nextQuestion(values)?.name ?? "summary" }, first);
}

/** The same question once more, after some words. */
export function stay(state: IntakeState, first: OutboundMessage[] = []): WaitingStep {
  const explained = state.asking === "contact" ? { contactExplained: true } : {};
  return {
    next: "wait",
    state: { ...state, values: { ...state.values, ...explained } },
    say: joined(first, ask(state)),
    put: { state, first },
  };
}
