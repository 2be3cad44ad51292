import type { Answer } from "../../bots/model/index.ts";
import type { Clock, KnowledgeBase } from "../../bots/ports.ts";
import { noSynonyms, type OwnSynonyms, rewordings } from "../text/own-synonyms.ts";
import type { Segmenter } from "../text/segment.ts";
import { conceptsBut } from "../text/synonyms.ts";
import type { Entry } from "./entry.ts";
import type { EntryIndex } from "./entry-index.ts";
import { type Explanation, explain } from "./explain.ts";
import { createFollower, type Followed } from "./follower.ts";
import { answerInContext } from "./in-context.ts";
import { CANDIDATES, judge } from "./judge.ts";
import { measureOf } from "./measure.ts";
import { bestQuote } from "./quote.ts";
import { bestWording } from "./reworded.ts";
import { sourceOf } from "./source.ts";
import { dayInBeijing, isInForce } from "./validity.ts";
import { weighCandidates } from "./weigh.ts";

export interface SearchHit {
  id: string;
  /** Comparable within one search only. */
  score: number;
}

/** A base that can be asked, and asked why. */
export interface Explaining {
  answer: KnowledgeBase["answer"];
  explain(question: string, at: Date): Promise<Explanation>;
}

export interface SearchableKnowledgeBase extends KnowledgeBase, Pick<Explaining, "explain"> {
  /** Another base over this one's index, such as an overlay; made anew whenever it is to see later changes. */
  over<I extends EntryIndex>(make: (index: EntryIndex) => Promise<I>): Promise<Explaining & { index: I }>;
  /** The ways in which a question is asked of the base, the best of which answers it: as it stands, and by the editors' synonyms. */
  wordings(question: string): string[];
  /** The same base, asked with another list of the editors' synonyms. */
  withSynonyms(synonyms: OwnSynonyms): Pick<Explaining, "answer">;
  /** Entries in force at `at`, best first. */
  search(query: string, limit: number, at: Date): Promise<SearchHit[]>;
  /** Takes over what has changed in the source since the last time; how many entries that was. Answers do it by themselves. */
  refresh(): Promise<number>;
  /** When all of it is found too, however much it was. */
  caughtUp(): Promise<void>;
  /** Published entries, whether or not they are in force today. */
  size(): number;
  /** Stops taking over changes; when the index, if it was just being written, is kept. */
  close(): Promise<void>;
}

const REFRESH_EVERY_MS = 500;
const QUOTE_LENGTH = 200;

/**
 * Answers from entries kept elsewhere, of which it holds an index in memory; with a `keeper` the index is taken up again at the next start.
 * What another process changes there is seen at most `refreshEveryMs` later: what is withdrawn is answered no more; what is new is found,
 * if it is much, bit by bit. A source that cannot be read rejects the call: an old answer might be withdrawn by now.
 */
export function createKnowledgeBase(
  options: Followed & {
    segmenter: Segmenter;
    /** The editors' own list that is in use. */
    synonyms?: () => OwnSynonyms;
    clock?: Clock;
    refreshEveryMs?: number;
  },
): SearchableKnowledgeBase {
  const { segmenter } = options;
  const now = () => (options.clock ? options.clock.now() : new Date()).getTime();
  const refreshEveryMs = options.refreshEveryMs ?? REFRESH_EVERY_MS;
  let synonyms = noSynonyms;
  let off: ReadonlySet<string> = new Set();
  const follower = createFollower({ ...options, concepts: (word) => conceptsBut(word, off) });
  const { index } = follower;
  let refreshedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<number> | undefined;

  function use(list: OwnSynonyms): void {
    synonyms = list;
    off = new Set(list.off);
  }

  /** Nothing else runs in between: answering waits for nothing. */
  function instead<T>(list: OwnSynonyms, work: () => T): T {
    const used = synonyms;
    use(list);
    try {
      return work();
    } finally {
      use(used);
    }
  }

  async function takeOver(): Promise<number> {
    const changes = await follower.note();
    use(options.synonyms?.() ?? noSynonyms);
    refreshedAt = now();
    return changes;
  }

  function note(): Promise<number> {
    running ??= takeOver().finally(() => {
      running = undefined;
    });
    return running;
  }

  async function freshen(): Promise<void> {
    if (Math.abs(now() - refreshedAt) >= refreshEveryMs) await note();
    await follower.usable();
  }

  const asked = (query: string, at: Date, from: EntryIndex) => {
    const day = dayInBeijing(at);
    return { query, index: from, segmenter, accept: (entry: Entry) => isInForce(entry, day) };
  };

  const wordingIn = (from: EntryIndex, question: string, at: Date) =>
    bestWording(question, synonyms.groups, (words) => judge(asked(words, at, from)));

  function answerFrom(from: EntryIndex, question: string, at: Date, after: string | undefined): Answer {
    const judged = (words: string) => wordingIn(from, words, at).answer;
    const inContext =
      after !== undefined && answerInContext({ question, after, segmenter, judge: judged, entry: from.get });
    return inContext || judged(question);
  }

  return {
    async refresh() {
      const changes = await note();
      await follower.usable();
      return changes;
    },
    caughtUp: follower.caughtUp,
    close: follower.close,
    size: () => index().size(),
    async answer(question, at, how): Promise<Answer> {
      await freshen();
      return answerFrom(index(), question, at, how?.after);
    },
    async explain(question, at) {
      await freshen();
      return explain(asked(wordingIn(index(), question, at).wording, at, index()));
    },
    wordings: (question) => [question, ...rewordings(question, synonyms.groups)],
    withSynonyms: (among) => ({
      answer: async (question, at) => instead(among, () => wordingIn(index(), question, at).answer),
    }),
    async over(make) {
      await freshen();
      const other = await make(index());
      return {
        index: other,
        answer: async (question, at, how) => answerFrom(other, question, at, how?.after),
        explain: async (question, at) => explain(asked(wordingIn(other, question, at).wording, at, other)),
      };
    },
    async search(query, limit, at) {
      await freshen();
      const day = dayInBeijing(at);
      const candidates = index().search(query, Math.max(limit, CANDIDATES), (entry) => isInForce(entry, day));
      const weighed = weighCandidates(query, candidates, measureOf(index(), segmenter)).order.map(({ entry }) => entry);
      const order = new Set([...weighed, ...candidates.map(({ entry }) => entry)]);
      // The values of editors' entries and of documents cannot be compared; the place in the order can.
      return [...order].slice(0, limit).map(({ id }, rank) => ({ id, score: 1 / (rank + 1) }));
    },
    async entry(id, at) {
      await freshen();
      const entry = index().get(id);
      if (!entry || !isInForce(entry, dayInBeijing(at))) return undefined;
      const query = entry.question ?? "";
      const quote = bestQuote({ text: entry.text, query, maxLength: QUOTE_LENGTH, segmenter, rarity: index().rarity });
      const source = sourceOf(entry, quote);
      return source && { ...source, text: entry.text };
    },
  };
}
