import type { Candidate } from "./entry-index.ts";
import type { Measure } from "./measure.ts";
import { type ReadEntry, type ReadQuestion, readQuestion, type TellingWord } from "./telling.ts";

/** How well a query and an editors' entry fit, each number from 0 to 1. Words count the more the rarer they are in the base. */
export interface EntryMatch {
  /** Telling words that the query and the nearest way of asking share, out of those of both. */
  likeness: number;
  /** Telling words of the query that stand in one and the same way of asking. */
  said: number;
  /** Telling words of the query that stand in some way of asking. */
  asked: number;
  /** Telling words of the query that stand anywhere in the entry. */
  covered: number;
  /** Telling words of the nearest way of asking that stand in the query. */
  returned: number;
  /** Telling words of the query that no entry knows. */
  unknown: number;
  /** What the query is after (how much, where, how long …) and some way of asking is after too. */
  aspect: number;
  /** The same for the nearest way of asking. */
  sameAspect: number;
  /** The search's score as a share of the best candidate's. */
  found: number;
  /** 1: the query names something of the trade (居住证, 社保卡) of which the entry does not speak. */
  stranger: number;
  /** 1: an editors' own wording, letter for letter. */
  same: number;
}

/** What a word is worth where only a synonym of it stands, and where only pairs of its characters do. */
const BY_SYNONYM = 0.9;
const BY_PAIRS = 0.6;
/** A word that is there to a smaller part is not there. */
const ABSENT_BELOW = 0.36;

type IsThere = (term: string) => boolean;
type Share = (words: readonly TellingWord[], isThere: IsThere) => number;

/** How much of a word is there, from 0 to 1. */
function presence({ word, concepts, pairs }: TellingWord, isThere: IsThere): number {
  if (isThere(word)) return 1;
  if (concepts.some(isThere)) return BY_SYNONYM;
  return pairs.length === 0 ? 0 : (BY_PAIRS * pairs.filter(isThere).length) / pairs.length;
}

/** The share of the words' weight that is there. */
const shareBy =
  (rarity: Measure["rarity"]): Share =>
  (words, isThere) => {
    let there = 0;
    let all = 0;
    for (const one of words) {
      const weight = rarity(one.word);
      there += weight * presence(one, isThere);
      all += weight;
    }
    return all === 0 ? 0 : there / all;
  };

/** Neither for nor against where nothing in particular is wanted. */
const NOTHING_WANTED = 0.5;

const overlap = <T>(wanted: ReadonlySet<T>, given: ReadonlySet<T>): number =>
  wanted.size === 0 ? NOTHING_WANTED : [...wanted].filter((one) => given.has(one)).length / wanted.size;

interface Comparison {
  way: ReadQuestion;
  there: number;
  returned: number;
  likeness: number;
}

/** Both ways at once: a short question inside a long one and a long one around it are less alike than two of one extent. */
function compare(query: ReadQuestion, way: ReadQuestion, share: Share): Comparison {
  const there = share(query.words, (term) => way.terms.has(term));
  const returned = share(way.words, (term) => query.terms.has(term));
  const both = there + returned;
  return { way, there, returned, likeness: both === 0 ? 0 : (2 * there * returned) / both };
}

/** Prepares measuring entries against one query. `bestScore` is the highest score of the search. */
export function createEntryMatcher(
  text: string,
  measure: Measure,
): (candidate: Candidate, bestScore: number) => EntryMatch {
  const share = shareBy(measure.rarity);
  const query = readQuestion(text, measure.segmenter, measure.concepts);
  const unknown = query.words.length === 0 ? 0 : 1 - share(query.words, measure.knows);
  return ({ entry, score }, bestScore) => ({
    ...matchEntry(query, measure.read(entry), share),
    unknown,
    found: bestScore === 0 ? 0 : score / bestScore,
  });
}

function matchEntry(query: ReadQuestion, entry: ReadEntry, share: Share): Omit<EntryMatch, "unknown" | "found"> {
  const compared = entry.ways.map((way) => compare(query, way, share));
  const nearest = compared.reduce((best, one) => (one.likeness > best.likeness ? one : best));
  const isAsked = (term: string) => entry.ways.some((way) => way.terms.has(term));
  const isKnown = (term: string) => isAsked(term) || entry.text.has(term);
  const anyAspect = new Set(entry.ways.flatMap((way) => [...way.aspects]));
  return {
    likeness: nearest.likeness,
    returned: nearest.returned,
    said: Math.max(...compared.map(({ there }) => there)),
    asked: share(query.words, isAsked),
    covered: share(query.words, isKnown),
    aspect: overlap(query.aspects, anyAspect),
    sameAspect: overlap(query.aspects, nearest.way.aspects),
    stranger: query.words.some((one) => one.isName && presence(one, isKnown) < ABSENT_BELOW) ? 1 : 0,
    same: query.letters !== "" && entry.ways.some((way) => way.letters === query.letters) ? 1 : 0,
  };
}
