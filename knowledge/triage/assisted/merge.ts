import { isSure, SURE } from "../../../bots/certainty.ts";
import type { CategoryGuess, Reading, RequestKind, Slot } from "../../../bots/model/index.ts";
import { QUOTABLE, type Quotable, type TriageAnswer } from "../../prompts/triage-1.ts";
import { namesItsKind } from "../kind.ts";

/** UTF-16 lengths within which a quotation is one: shorter ones say nothing, longer ones repeat the message. */
const LENGTHS: Record<Quotable, readonly [number, number]> = { occurredAt: [2, 40], wants: [4, 120], unit: [2, 40] };
const MATTER_LENGTH = [4, 300] as const;
const MAX_MATTERS = 5;

/**
 * The rules' reading made better by a model's answer, whose quotations are those of the message itself. What the rules have read stays; quotations
 * that do not stand in the message, letter by letter, count for nothing; leaf and kind change only where the rules leave them open.
 */
export function merged(
  message: string,
  reading: Reading,
  candidates: readonly CategoryGuess[],
  answer: TriageAnswer,
): Reading {
  return {
    ...reading,
    kind: kindOf(message, reading, answer.kind),
    categories: categoriesOf(reading.categories, candidates, answer.leaf),
    slots: withQuotes(message, reading.slots, answer.quotes),
    matters: reading.matters.length > 0 ? reading.matters : mattersOf(message, answer.matters),
  };
}

/**
 * A citizen who calls it a 投诉 or a 建议 has said so, and a breach of the law stays a 举报, whose reporter is protected. Who was wronged does not
 * praise, and who wants something done does not merely ask.
 */
function kindOf(message: string, reading: Reading, kind: RequestKind | undefined): RequestKind {
  if (!kind || reading.intent !== "request" || kind === "consultation") return reading.kind;
  const contradicts = kind === "praise" && reading.kind === "complaint";
  return contradicts || namesItsKind(message) ? reading.kind : kind;
}

/** A picked leaf is taken without asking the citizen; it stands in the summary, where they can change it. */
function categoriesOf(read: CategoryGuess[], candidates: readonly CategoryGuess[], leaf: string | undefined) {
  const picked = candidates.find(({ code }) => code === leaf);
  if (!picked || isSure(read)) return read;
  const others = read.filter(({ code }) => code !== leaf).slice(0, Math.max(0, read.length - 1));
  return [{ ...picked, confidence: Math.max(picked.confidence, SURE) }, ...others];
}

function withQuotes(message: string, slots: Slot[], quotes: TriageAnswer["quotes"]): Slot[] {
  const more = QUOTABLE.flatMap((slot): Slot[] => {
    const text = quotes[slot] ?? "";
    const [shortest, longest] = LENGTHS[slot];
    const start = message.indexOf(text);
    const fits = text.length >= shortest && text.length <= longest && !text.includes("\n");
    const isKnown = slots.some((known) => known.slot === slot);
    return fits && start >= 0 && !isKnown ? [{ slot, start, end: start + text.length, text, value: text }] : [];
  });
  return [...slots, ...more].sort((one, other) => one.start - other.start || one.end - other.end);
}

/** Two or more stretches of the message that do not overlap; anything else is one matter, as before. */
function mattersOf(message: string, quotes: readonly string[]): string[] {
  const [shortest, longest] = MATTER_LENGTH;
  if (quotes.length < 2 || quotes.length > MAX_MATTERS) return [];
  let from = 0;
  for (const words of quotes) {
    const start = message.indexOf(words, from);
    if (start < 0 || words.length < shortest || words.length > longest) return [];
    from = start + words.length;
  }
  return [...quotes];
}
