import type { Segmenter } from "../../text/segment.ts";
import type { Entry } from "../entry.ts";
import type { Measure } from "../measure.ts";
import type { ReadQuestion, TellingWord } from "../telling.ts";

/** From this share of telling words on, both ways, two questions are one question. */
const ALIKE = 0.75;
const BY_SYNONYM = 0.9;

/** Tells whether two entries answer the same question for different regions or people: their questions differ in the names of these at most. */
export function sameMatterBy({ read, rarity, segmenter }: Measure): (one: Entry, other: Entry) => boolean {
  return (one, other) => {
    const names = new Set([...scopeWords(one, segmenter), ...scopeWords(other, segmenter)]);
    const [ways, others] = [read(one).ways, read(other).ways];
    const isAlike = (a: ReadQuestion, b: ReadQuestion) =>
      sharesAspect(a, b) && likeness(without(a, names), without(b, names), rarity) >= ALIKE;
    const [first, otherFirst] = [ways[0] as ReadQuestion, others[0] as ReadQuestion];
    return others.some((way) => isAlike(first, way)) || ways.some((way) => isAlike(way, otherFirst));
  };
}

const scopeWords = ({ region, audience }: Entry, segmenter: Segmenter): string[] =>
  [region, audience].flatMap((words) => (words ? [...segmenter.segment(words), words] : []));

const without = ({ words }: ReadQuestion, names: ReadonlySet<string>): TellingWord[] =>
  words.filter(({ word }) => !names.has(word));

const sharesAspect = (a: ReadQuestion, b: ReadQuestion): boolean =>
  a.aspects.size === b.aspects.size && a.aspects.size === 0
    ? true
    : [...a.aspects].some((aspect) => b.aspects.has(aspect));

function likeness(a: readonly TellingWord[], b: readonly TellingWord[], rarity: Measure["rarity"]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const [there, back] = [sharedIn(a, b, rarity), sharedIn(b, a, rarity)];
  return there + back === 0 ? 0 : (2 * there * back) / (there + back);
}

/** The share of the words' weight that stands among the others too. */
function sharedIn(words: readonly TellingWord[], others: readonly TellingWord[], rarity: Measure["rarity"]): number {
  const terms = new Set(others.map(({ word }) => word));
  const concepts = new Set(others.flatMap((other) => other.concepts));
  let [shared, all] = [0, 0];
  for (const one of words) {
    const weight = rarity(one.word) || 1;
    all += weight;
    if (terms.has(one.word)) shared += weight;
    else if (one.concepts.some((concept) => concepts.has(concept))) shared += BY_SYNONYM * weight;
  }
  return shared / all;
}
