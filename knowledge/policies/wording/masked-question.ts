import { maskPersonal } from "../../triage/assisted/masking.ts";
import { slotsIn } from "../../triage/slots/slots.ts";

const SENT_LENGTH = 300;

/** The beginning of a question without personal data, as it may leave the house. */
export function maskedQuestion(question: string, at: Date): string {
  const text = question.slice(0, SENT_LENGTH).toWellFormed();
  return maskPersonal(text, slotsIn(text, { at, intent: "question" })).text;
}
