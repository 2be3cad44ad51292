import type { Answer } from "../../bots/model/index.ts";
import type { AnswerHelp, Clock, KnowledgeBase } from "../../bots/ports.ts";
import { loadRegions } from "../places/regions.ts";
import { noSynonyms, type OwnSynonyms, rewordings } from "../text/own-synonyms.ts";
import type { Segmenter } from "../text/segment.ts";
import { conceptsBut } from "../text/synonyms.ts";
import { CANDIDATES } from "./candidates.ts";
import type { Entry } from "./entry.ts";
import type { EntryIndex } from "./entry-index.ts";
import { type Explanation, explain } from "./explain.ts";
import { createFollower, type Followed } from "./follower.ts";
import { answerInContext } from "./in-context.ts";
import { judge } from "./judge.ts";
import { measureOf } from "./measure.ts";
import { bestQuote } from "./quote.ts";
import { bestWording } from "./reworded.ts";
import { meantBy } from "./slips/meant.ts";
import { inContextPutRight, withSlipsPutRight } from "./slips/put-right.ts";
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
  /**
   * The ways in which a question is asked of the base, the best of which answers it: as it stands, with its slips put right by the words of any
   * of `indexes`, without the name of a region, and by the editors' synonyms.
   */
  wordings(question: string, indexes: readonly EntryIndex[]): string[];
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
  const regions = loadRegions(segmenter);
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

  /** What a question is asked of, at what time, and what is known of who asks. */
  interface Surroundings {
    from: EntryIndex;
    at: Date;
    told?: AnswerHelp | undefined;
  }

  const asked = (query: string, { from, at, told }: Surroundings) => {
    const day = dayInBeijing(at);
    return { query, index: from, segmenter, accept: (entry: Entry) => isInForce(entry, day), regions, told };
  };

  const wordingIn = (question: string, around: Surroundings) =>
    withSlipsPutRight(question, { index: around.from, segmenter }, (words) =>
      bestWording(words, synonyms.groups, (wording) => judge(asked(wording, around))),
    );

  function answerFrom(question: string, around: Surroundings): Answer {
    const { from, told } = around;
    const judged = (words: string) => wordingIn(words, around).answer;
    const answer =
      inContextPutRight(question, { index: from, segmenter }, (words) =>
        told?.after === undefined
          ? undefined
          : answerInContext({ question: words, after: told.after, segmenter, regions, judge: judged, entry: from.get }),
      ) ?? judged(question);
    const region = regions().mentionedIn(answer.understoodAs ?? question)?.region.name;
    return region === undefined ? answer : { ...answer, region };
  }

  function explainFrom(question: string, around: Surroundings): Explanation {
    const { wording, answer } = wordingIn(question, around);
    const misspelt = answer.misspelt ? { misspelt: answer.misspelt.words } : {};
    return { ...explain(asked(wording, around)), ...misspelt };
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
      return answerFrom(question, { from: index(), at, told: how });
    },
    async explain(question, at) {
      await freshen();
      return explainFrom(question, { from: index(), at });
    },
    wordings(question, indexes) {
      const meant = indexes.flatMap((other) => meantBy(question, other, segmenter).map((one) => one.question));
      const all = [question, ...meant].flatMap((words) => [words, ...rewordings(words, synonyms.groups)]);
      return [...new Set(all.flatMap((words) => [words, regions().mentionedIn(words)?.without ?? words]))];
    },
    withSynonyms: (among) => ({
      answer: async (question, at) => instead(among, () => wordingIn(question, { from: index(), at }).answer),
    }),
    async over(make) {
      await freshen();
      const other = await make(index());
      return {
        index: other,
        answer: async (question, at, how) => answerFrom(question, { from: other, at, told: how }),
        explain: async (question, at) => explainFrom(question, { from: other, at }),
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
