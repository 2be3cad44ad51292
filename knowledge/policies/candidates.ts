import type { Regions } from "../places/regions.ts";
import type { Segmenter } from "../text/segment.ts";
import type { Entry } from "./entry.ts";
import type { Candidate, EntryIndex } from "./entry-index.ts";
import { type Measure, measureOf } from "./measure.ts";
import { type AskedScope, askedScope, holds, isForSome, type ToldScope } from "./scope/asked-scope.ts";
import { type Settled, settle } from "./scope/settle.ts";
import { sameMatterBy } from "./scope/versions.ts";
import { hasSource } from "./source.ts";
import { ENTRY_CANDIDATES, type Weighing, weighCandidates } from "./weigh.ts";

/** A question as it is put to a base. */
export interface Asked {
  query: string;
  index: EntryIndex;
  segmenter: Segmenter;
  accept: (entry: Entry) => boolean;
  /** What regions are called; without it entries for some regions only are taken as they are. */
  regions?: (() => Regions) | undefined;
  /** Where and for whom, as far as it was said before. */
  told?: ToldScope | undefined;
}

/** What was found for a question, weighed. */
export interface Found extends Weighing {
  candidates: readonly Candidate[];
  measure: Measure;
  /** Present where entries for some region or people only are among the candidates. */
  inScope?: InScope;
}

/** `excluded`: documents that hold elsewhere or for others; editors' entries that do are weighed, and settled. */
export interface InScope {
  scope: AskedScope;
  settled: Settled;
  excluded: readonly Candidate[];
}

/** Of bare documents the right one may be far down the search's own order. */
export const CANDIDATES = 40;

export function findAndWeigh(asked: Asked): Found {
  const { query, index, segmenter, regions } = asked;
  const measure = measureOf(index, segmenter);
  const found = candidatesOf(asked);
  const plain = { ...weighCandidates(query, found, measure), candidates: found, measure };
  if (!regions) return plain;
  const scope = askedScope(query, asked.told ?? {}, regions());
  const candidates = candidatesIn(scope, asked, plain);
  const matters = scope.bare !== query || candidates.some(({ entry }) => isForSome(entry));
  return matters ? weighInScope(asked, { plain, scope, candidates }) : plain;
}

function weighInScope(
  { query }: Asked,
  { plain, scope, candidates }: { plain: Found; scope: AskedScope; candidates: readonly Candidate[] },
): Found {
  const { measure } = plain;
  const mayHold = ({ entry }: Candidate) => entry.question !== undefined || holds(scope.scopeOf(entry));
  const isSameMatter = sameMatterBy(measure);
  let settled: Settled = { versions: [], apart: [] };
  const weighing = weighCandidates(query, candidates.filter(mayHold), measure, {
    wordings: scope.wordings,
    settle([best, ...others]) {
      const versions = best ? [best, ...others.filter((other) => isSameMatter(best, other))] : [];
      settled = settle(versions, scope.scopeOf);
      return settled;
    },
  });
  const excluded = candidates.filter((one) => !mayHold(one));
  return { ...weighing, candidates, measure, inScope: { scope, settled, excluded } };
}

/** What is weighed: where the search's first are all editors' entries, no more of them; of a base with documents far more. */
export function candidatesOf(
  options: Pick<Asked, "query" | "accept"> & { index: Pick<EntryIndex, "search"> },
): Candidate[] {
  const { query, index, accept } = options;
  const mayAnswer = (entry: Entry) => hasSource(entry) && accept(entry);
  const first = index.search(query, ENTRY_CANDIDATES, mayAnswer);
  return first.every(({ entry }) => entry.question) ? first : index.search(query, CANDIDATES, mayAnswer);
}

/** As many versions of one matter are looked for: a city has no more districts. */
const VERSIONS = 24;

/**
 * What is weighed where it matters for where or for whom somebody asks: known, or some of what was found is for some only. Editors' entries are
 * looked for without the names of regions, which few have in their words, and among those alone that may hold; beside them come the versions of
 * the best one, which are asked as it is. Otherwise what was found.
 */
function candidatesIn(scope: AskedScope, asked: Asked, { candidates: found, order }: Found): readonly Candidate[] {
  if (!scope.isKnown && !found.some(({ entry }) => isForSome(entry))) return found;
  const bare = { ...asked, query: scope.bare };
  const all = scope.bare === asked.query ? found : candidatesOf(bare);
  const accept = (entry: Entry) => asked.accept(entry) && holds(scope.scopeOf(entry));
  const holding = scope.isKnown ? candidatesOf({ ...bare, accept }) : [];
  const versions = versionsOf(order[0]?.entry.question, asked);
  const entries = [...versions, ...all, ...holding].filter(({ entry }) => entry.question);
  const documents = found.filter(({ entry }) => !entry.question);
  const byEntry = new Map([...entries, ...documents].map((one) => [one.entry, one]));
  return [...byEntry.values()].sort((a, b) => b.score - a.score);
}

/** Entries for some only whose words are those of `question`; by the citizen's words they were not found. */
function versionsOf(question: string | undefined, { index, accept }: Asked): Candidate[] {
  if (question === undefined) return [];
  const mayAnswer = (entry: Entry) => hasSource(entry) && accept(entry);
  return index
    .search(question, VERSIONS, mayAnswer)
    .filter(({ entry }) => isForSome(entry))
    .map(({ entry }) => ({ entry, score: 0, passage: 0 }));
}
