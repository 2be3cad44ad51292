import type { Choice, InboundContent, OutboundMessage } from "./model/index.ts";
import { commandForm } from "./plain.ts";

/** Counts the choices of all messages of a turn from 1, so that "3" means one thing only. */
export function numberChoices(say: OutboundMessage[]): { say: OutboundMessage[]; offered: Choice[] } {
  const offered: Choice[] = [];
  const numbered = say.map((message) => {
    if (!("choices" in message)) return message;
    const choices = message.choices.map((choice) => {
      const withNumber = { ...choice, number: offered.length + 1 };
      offered.push(withNumber);
      return withNumber;
    });
    return { ...message, choices };
  });
  return { say: numbered, offered };
}

/**
 * The offered choice that a typed text names: its id, its label or its number, each compared whole. Never by
 * inclusion: "10" is not a way to say 1.
 */
function matchChoice(offered: Choice[], text: string): Choice | undefined {
  const typed = commandForm(text);
  if (typed === "") return undefined;
  const numeral = typed.replace(/^(?:第|选|选择)?(\d{1,2})(?:号|个|项|条)?$/u, "$1");
  return offered.find(
    (choice) => choice.id === text.trim() || commandForm(choice.label) === typed || String(choice.number) === numeral,
  );
}

/** A number typed where choices were offered but none has it; the number, or undefined. */
export function missingNumber(offered: Choice[], text: string): number | undefined {
  if (offered.length === 0) return undefined;
  const digits = /^(?:第|选|选择)?(\d{1,2})(?:号|个|项|条)?$/u.exec(commandForm(text))?.[1];
  if (digits === undefined) return undefined;
  const number = Number(digits);
  return offered.some((choice) => choice.number === number) ? undefined : number;
}

/** Typed text that names an offered choice becomes that choice; everything else stays what it is. */
export function asChoice(offered: Choice[], content: InboundContent): InboundContent {
  if (content.kind !== "text") return content;
  const choice = matchChoice(offered, content.text);
  return choice ? { kind: "choice", choiceId: choice.id, label: choice.label } : content;
}

/** Splits `flow/verb/argument`; the argument may itself hold slashes. */
export function parseChoiceId(id: string): { flow: string; verb: string; argument: string } {
  const [flow = "", verb = "", ...rest] = id.split("/");
  return { flow, verb, argument: rest.join("/") };
}
