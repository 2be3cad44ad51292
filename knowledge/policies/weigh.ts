import { closeness, documentConfidence, entryConfidence } from "./confidence.ts";
import { otherPlacesIn } from "./elsewhere.ts";
import type { Entry } from "./entry.ts";
import type { Candidate } from "./entry-index.ts";
import { createEntryMatcher, type EntryMatch } from "./entry-match.ts";
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
  /** What it was weighed by; editors' entries only. */
  match?: EntryMatch;
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

/** What decides between entries that answer the same question for different regions or people. */
export interface Versions {
  /** In what words of the question the entry is measured: those in which it fits best count. */
  wordings(entry: Entry): readonly string[];
  /** Given the entries as they fit the words, best first: the versions of the first among them, and the one that holds, if any does. */
  settle(entries: readonly Entry[]): { versions: readonly Entry[]; chosen?: Entry | undefined };
}

/** In UTF-16 units. Of a document only its passage is shown. */
export const DOCUMENT_QUOTE = 400;
/** Of the candidates of a search so many are weighed as editors' entries, versions beside them; documents are ranked among all. */
export const ENTRY_CANDIDATES = 8;
const COVERED = [SIGNS.indexOf("covered"), SIGNS.indexOf("wordsCovered")];

/**
 * Weighs the candidates of a search (best first) against the query. Editors' entries and bare documents are weighed apart; the better kind leads.
 * `versions`: where entries for some region or people only are among them.
 */
export function weighCandidates(
  query: string,
  candidates: readonly Candidate[],
  measure: Measure,
  versions?: Versions,
): Weighing {
  const entries = matchEntries(query, candidates, measure, versions);
  const documents = weighDocuments(
    query,
    candidates.filter(({ entry }) => !entry.question),
    measure,
  );
  const [best] = entries;
  if (best && (best.match.same === 1 || documents.order.length === 0 || candidates[0]?.entry.question)) {
    const settled = versions?.settle(entries.map(({ entry }) => entry)) ?? {
      versions: [best.entry],
      chosen: best.entry,
    };
    const next = entries.find(({ entry }) => !settled.versions.includes(entry));
    const siblings = next !== undefined && next.entry.category === best.entry.category;
    const { value, sufficient } = entryConfidence({ best: best.match, next: next?.match, siblings });
    const elsewhere = isAboutElsewhere(query, best.entry);
    const first = entries.filter(({ entry }) => entry === settled.chosen);
    const order = [...first, ...entries.filter(({ entry }) => entry !== settled.chosen)];
    return {
      order: [...order.map(weighed), ...documents.order],
      confidence: elsewhere ? 0 : value,
      sufficient: sufficient && !elsewhere,
      same: best.match.same === 1,
    };
  }
  return { ...documents, order: [...documents.order, ...entries.map(weighed)], same: false };
}

interface MatchedEntry {
  entry: Entry;
  match: EntryMatch;
}

const weighed = ({ entry, match }: MatchedEntry): Weighed => ({
  entry,
  covered: match.covered,
  asked: match.asked,
  match,
});

const byFit = (a: EntryMatch, b: EntryMatch): number => b.same - a.same || closeness(b) - closeness(a);

/** Editors' entries among the candidates, best first. */
function matchEntries(
  query: string,
  candidates: readonly Candidate[],
  measure: Measure,
  versions: Versions | undefined,
): MatchedEntry[] {
  const bestScore = Math.max(0, ...candidates.map(({ score }) => score));
  const matchers = new Map<string, ReturnType<typeof createEntryMatcher>>();
  const matcherOf = (wording: string) => {
    const matcher = matchers.get(wording) ?? createEntryMatcher(wording, measure);
    matchers.set(wording, matcher);
    return matcher;
  };
  const matchOf = (candidate: Candidate): EntryMatch => {
    const wordings = versions?.wordings(candidate.entry) ?? [query];
    const matches = wordings.map((wording) => matcherOf(wording)(candidate, bestScore));
    return matches.reduce((best, one) => (byFit(best, one) > 0 ? one : best));
  };
  return candidates
    .slice(0, versions ? candidates.length : ENTRY_CANDIDATES)
    .filter(({ entry }) => entry.question)
    .map((candidate) => ({ entry: candidate.entry, match: matchOf(candidate) }))
    .toSorted((a, b) => byFit(a.match, b.match));
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
