import { intentOf } from "../triage/intent.ts";

/** Whether a text can be answered with information at all: complaints, greetings and wishes for a person cannot. */
export function asksSomething(text: string): boolean {
  const intent = intentOf(text);
  return intent === "question" || intent === "unclear";
}
