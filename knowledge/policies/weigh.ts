import { closeness, documentConfidence, entryConfidence } from "./confidence.ts";
import { otherPlacesIn } from "./elsewhere.ts";
import type { Entry } from "./entry.ts";
import type { Candidate } from "./entry-index.ts";
import { createEntryMatcher } from "./entry-match.ts";
import type { Measure } from "./measure.ts";
import { quoteOf } from "./quoting/quote-of.ts";
import { groundsOf } from "./ranking/grounds.ts";
import { type LearnedRanking, loadLearnedRanking } from "./ranking/learned.ts";
import { namedPlaces } from "./ranking/named-places.ts";
import { type RankedCandidate, rankDocuments, readForRanking } from "./ranking/rank-documents.ts";
import type { RankedQuestion } from "./ranking/read.ts";
import { SIGNS } from "./ranking/signs.ts";

/** A candidate in the order of how well it fits, best first. */
export interface Weighed {
  entry: Entry;
  /** Share of the query's telling words that stand in it. */
  covered: number;
  /** Share of them that stand in its ways of being asked; editors' entries only. */
  asked?: number;
  /** The passage that answers, where it has been looked for. */
  quote?: string;
}

export interface Weighing {
  order: Weighed[];
  /** How likely the first answers the query, and whether that is enough. */
  confidence: number;
  sufficient: boolean;
  /** The query is one of the first entry's ways of asking, letter for letter. */
  same: boolean;
}

/** In UTF-16 units. Of a document only its passage is shown. */
export const DOCUMENT_QUOTE = 400;
/** Of the candidates of a search so many are weighed as editors' entries; documents are ranked among all. */
export const ENTRY_CANDIDATES = 8;
const COVERED = [SIGNS.indexOf("covered"), SIGNS.indexOf("wordsCovered")];

/** Weighs the candidates of a search (best first) against the query. Editors' entries and bare documents are weighed apart; the better kind leads. */
export function weighCandidates(query: string, candidates: readonly Candidate[], measure: Measure): Weighing {
  const bestScore = Math.max(0, ...candidates.map(({ score }) => score));
  const match = createEntryMatcher(query, measure);
  const entries = candidates
    .slice(0, ENTRY_CANDIDATES)
    .filter(({ entry }) => entry.question)
    .map((candidate) => ({ entry: candidate.entry, match: match(candidate, bestScore) }))
    .toSorted((a, b) => b.match.same - a.match.same || closeness(b.match) - closeness(a.match));
  const documents = weighDocuments(
    query,
    candidates.filter(({ entry }) => !entry.question),
    measure,
  );
  const weighedEntries = entries.map(
    ({ entry, match }): Weighed => ({ entry, covered: match.covered, asked: match.asked }),
  );
  const [best, next] = entries;
  if (best && (best.match.same === 1 || documents.order.length === 0 || candidates[0]?.entry.question)) {
    const siblings = next !== undefined && next.entry.category === best.entry.category;
    const { value, sufficient } = entryConfidence({ best: best.match, next: next?.match, siblings });
    const elsewhere = isAboutElsewhere(query, best.entry);
    return {
      order: [...weighedEntries, ...documents.order],
      confidence: elsewhere ? 0 : value,
      sufficient: sufficient && !elsewhere,
      same: best.match.same === 1,
    };
  }
  return { ...documents, order: [...documents.order, ...weighedEntries], same: false };
}

function weighDocuments(query: string, candidates: readonly Candidate[], measure: Measure): Omit<Weighing, "same"> {
  // Most bases hold editors' entries only: the question is not read, nor anything learned loaded, for documents that are not there.
  if (candidates.length === 0) return { order: [], confidence: 0, sufficient: false };
  const learned = loadLearnedRanking();
  const question = readForRanking(query, measure);
  const ranked = rankDocuments(question, candidates, { measure, learned });
  const [first, second] = ranked;
  if (!first) return { order: [], confidence: 0, sufficient: false };
  const { quote, grounds } = judgeFirst(question, [first, second], { measure, learned });
  const { value, sufficient } = documentConfidence(grounds, learned.grounds);
  const order = ranked.map(({ candidate, signs }, i): Weighed => {
    const covered = Math.max(...COVERED.map((sign) => signs[sign] as number));
    return { entry: candidate.entry, covered, ...(i === 0 ? { quote } : {}) };
  });
  // A place alone asks nothing.
  const saysMore = question.words.some(({ word }) => namedPlaces(word).size === 0);
  return { order, confidence: saysMore ? value : 0, sufficient: sufficient && saysMore };
}

/** What the first document would be quoted with, and what speaks for trusting it. */
export function judgeFirst(
  question: RankedQuestion,
  [first, second]: readonly [RankedCandidate, RankedCandidate?],
  { measure, learned }: { measure: Measure; learned: Pick<LearnedRanking, "windows"> },
): { quote: string; grounds: Float64Array } {
  const { text } = first.candidate.entry;
  const { quote, covered: quoted } = quoteOf(text, question, DOCUMENT_QUOTE, learned.windows);
  const known = question.words.filter(({ word }) => measure.knows(word)).reduce((sum, { weight }) => sum + weight, 0);
  const grounds = groundsOf({ question, first, second, quoted, known: known / question.wordTotal });
  return { quote, grounds };
}

/** Another city's or country's rules are asked for, of which the entry does not speak. */
function isAboutElsewhere(query: string, { question = "", similar, text }: Entry): boolean {
  const places = otherPlacesIn(query);
  if (places.length === 0) return false;
  const words = [question, ...similar, text].join("\n");
  return places.some((place) => !words.includes(place));
}
