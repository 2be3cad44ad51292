import { isInformative } from "../text/informative.ts";
import type { Segmenter } from "../text/segment.ts";
import { characterPairs } from "../text/tokens.ts";
import { type Span, sentences, trim } from "./passages.ts";

const MAX_SENTENCE = 120;

/**
 * The passage of `text`, verbatim, whole sentences and at most `maxLength` UTF-16 units, that speaks most of what `query` asks.
 * `rarity` weighs a term: the rarer in the base the more it counts.
 */
export function bestQuote(options: {
  text: string;
  query: string;
  maxLength: number;
  segmenter: Segmenter;
  rarity: (term: string) => number;
}): string {
  const { text, maxLength } = options;
  if (text.trim().length <= maxLength) return text.trim();
  const wanted = wantedTerms(options);
  const parts = sentences(text, Math.min(MAX_SENTENCE, maxLength));
  const found = parts.map((part) => termsIn(text.slice(part.start, part.end), wanted, options.segmenter));
  let best = { span: parts[0] as Span, value: -1 };
  for (let from = 0; from < parts.length; from++) {
    const window = grow(parts, found, from, maxLength, wanted);
    if (window.value > best.value) best = window;
  }
  const { start, end } = trim(text, best.span);
  return text.slice(start, end);
}

type Wanted = ReadonlyMap<string, number>;

function wantedTerms(options: { query: string; segmenter: Segmenter; rarity: (term: string) => number }): Wanted {
  const words = options.segmenter.segment(options.query).filter(isInformative);
  return new Map([...words, ...characterPairs(options.query)].map((term) => [term, options.rarity(term)]));
}

function termsIn(sentence: string, wanted: Wanted, segmenter: Segmenter): string[] {
  const terms = [...segmenter.segment(sentence), ...characterPairs(sentence)];
  return terms.filter((term) => wanted.has(term));
}

/** Each wanted term counts once in a window and a little again; what follows the first sentence counts a bit less, so that the window begins where it matters. */
function grow(parts: readonly Span[], found: readonly string[][], from: number, maxLength: number, wanted: Wanted) {
  const start = (parts[from] as Span).start;
  const counts = new Map<string, number>();
  let value = 0;
  let end = start;
  for (let i = from; i < parts.length && (parts[i] as Span).end - start <= maxLength; i++) {
    end = (parts[i] as Span).end;
    for (const term of found[i] as string[]) {
      const seen = counts.get(term) ?? 0;
      counts.set(term, seen + 1);
      value += (wanted.get(term) as number) / (1 + seen) ** 2;
    }
  }
  return { span: { start, end }, value };
}
