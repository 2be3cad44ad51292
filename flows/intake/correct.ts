import type { FlowContext } from "../../bots/flow.ts";
import type { InboundMessage } from "../../bots/model/index.ts";
import { fieldNamed } from "../form.ts";
import { repairWords } from "../text/repair.ts";
import { addToDescription } from "./absorb.ts";
import { categoryGuesses } from "./category-field.ts";
import { intakeFields } from "./fields.ts";
import { mergePlace } from "./merge-place.ts";
import { type IntakeState, type IntakeStep, proceed, stay } from "./steps.ts";
import type { IntakeValues } from "./values.ts";

/** What a row holds must go before its new value is read, or the two would be joined. */
const CLEARED: Record<string, Partial<IntakeValues>> = {
  description: { description: undefined },
  place: { place: undefined, placeUnknown: undefined },
  occurredAt: { occurredAt: undefined, period: undefined },
};

/**
 * Gives a row a new value said in the citizen's words: "地点改成望京街道", "不对，是三单元". What cannot be read as such a value is
 * asked for instead; nothing that was there before is lost until the new value stands.
 */
export async function correct(
  ctx: FlowContext,
  state: IntakeState,
  message: InboundMessage,
  name: string,
  value: string,
): Promise<IntakeStep> {
  const field = fieldNamed(intakeFields, name);
  if (!field) return { next: "pass" };
  const { values } = state;
  const wanted = name === "place" ? mergePlace(values.place?.text ?? "", value) : value;
  const cleared: IntakeValues = { ...values, correction: undefined, reopened: undefined, ...CLEARED[name] };
  const read = await field.read(ctx, { ...message, content: { kind: "text", text: wanted } }, cleared);
  if (read.kind !== "filled") return reopen(ctx, state, name);
  const settled: Partial<IntakeValues> = name === "place" ? { placeAskedAgain: true } : {};
  const next: IntakeValues = { ...cleared, ...read.values, ...settled };
  const noted = isToldWrong(values, name) ? addToDescription(next, `（更正）${field.label}：${wanted}`) : {};
  return proceed({ ...next, ...noted }, repairWords.corrected(field.label, field.show(next) ?? value));
}

/** Whether the story still says what was just corrected: the unit reads it, and must not be led to the wrong door. */
function isToldWrong({ description = "", place, occurredAt }: IntakeValues, name: string): boolean {
  const before = name === "place" ? place?.text : name === "occurredAt" ? occurredAt : undefined;
  return before !== undefined && before !== "" && description.includes(before);
}

/** Asks for a row once more. Without guesses there would be nothing to pick the class from. */
export async function reopen(ctx: FlowContext, { values }: IntakeState, name: string): Promise<IntakeStep> {
  const open: IntakeValues = { ...values, correction: undefined, reopened: name };
  if (name !== "category") return stay({ values: open, asking: name });
  return stay({ values: { ...open, guesses: categoryGuesses(ctx, open) }, asking: name });
}

/** A correction of the story itself is added to it, so that the unit reads both what was said and what is right. */
export const correctStory = (values: IntakeValues, text: string): IntakeStep =>
  proceed({ ...values, ...addToDescription(values, `（更正）${text}`) }, repairWords.correctedWords());
