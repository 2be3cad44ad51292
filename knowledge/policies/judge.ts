import type { Answer, Between, Source, VersionOf } from "../../bots/model/index.ts";
import { asksSomething } from "./asks.ts";
import { between, betweenVersions } from "./between.ts";
import { type Asked, type Found, findAndWeigh } from "./candidates.ts";
import type { Measure } from "./measure.ts";
import { bestQuote } from "./quote.ts";
import { quoteOf } from "./quoting/quote-of.ts";
import { loadLearnedRanking } from "./ranking/learned.ts";
import { readForRanking } from "./ranking/rank-documents.ts";
import { holds } from "./scope/asked-scope.ts";
import { scopeLabel } from "./scope/label.ts";
import { sourceOf } from "./source.ts";
import { DOCUMENT_QUOTE, type Weighed } from "./weigh.ts";

/** In UTF-16 units. */
const ENTRY_QUOTE = 200;
/** Up to this length the whole text of an entry is the answer; of anything longer its best passage. */
const WHOLE_TEXT = 800;
const NEAREST = 3;
/** What is offered as near must share this much of the telling words. */
const NEAR_FROM = 0.34;

/** Decides whether the base answers the query on the strength of the entries that `accept` lets through. */
export const judge = (asked: Asked): Answer => judgeFound(asked, findAndWeigh(asked));

export function judgeFound({ query }: Pick<Asked, "query">, found: Found): Answer {
  const { order, same, sufficient, measure } = found;
  const answerable = same || isAsking(query, found);
  const confidence = answerable ? found.confidence : 0;
  const best = order[0]?.entry;
  const cite = (weighed: Weighed) => cited(weighed, query, measure);
  const source = order[0] && cite(order[0]);
  if (best && source && answerable && sufficient && isSettled(found)) {
    const text = best.text.length <= WHOLE_TEXT ? best.text : source.quote;
    return { kind: "answered", text, sources: [source], confidence, ...apartFrom(found) };
  }
  const near = order.filter(({ covered }) => covered >= NEAR_FROM);
  const nearest = offered(near, found)
    .slice(0, NEAREST)
    .flatMap((weighed) => cite(weighed) ?? []);
  const which = answerable ? whichOf(query, found) : undefined;
  return { kind: "unsure", nearest, confidence, ...(which ? { between: which } : {}), ...missingIn(found) };
}

/** The one question that would decide: for the region or the people where the matter itself is sure, for the matter among what may hold. */
function whichOf(query: string, { order, confidence, sufficient, inScope }: Found): Between | undefined {
  const { undecided } = inScope?.settled ?? {};
  if (undecided && sufficient) return betweenVersions(undecided);
  return between(
    query,
    order.filter(({ entry }) => !inScope || holds(inScope.scope.scopeOf(entry))),
    confidence,
  );
}

/** With or without the name of a region before it. */
export const isAsking = (query: string, { inScope }: Found): boolean =>
  asksSomething(query) && (!inScope || asksSomething(inScope.scope.bare));

const hasVersions = ({ inScope }: Found): boolean => (inScope?.settled.versions.length ?? 0) > 0;

const isSettled = (found: Found): boolean => !hasVersions(found) || found.inScope?.settled.chosen !== undefined;

function apartFrom({ inScope }: Found): { apart?: VersionOf[] } {
  const apart = inScope?.settled.apart ?? [];
  return apart.length === 0 ? {} : { apart: apart.map((entry) => ({ entryId: entry.id, label: scopeLabel(entry) })) };
}

/** Where the matter is known and only its rules for here are not. */
function missingIn(found: Found): { missingFor?: string } {
  const { inScope, sufficient } = found;
  if (!inScope || !sufficient || !hasVersions(found)) return {};
  const { scope, settled } = inScope;
  if (settled.chosen || settled.undecided) return {};
  const isRegion = settled.versions.every((entry) => scope.scopeOf(entry).region === "other");
  return { missingFor: isRegion && scope.region ? scope.region.name : (scope.groups[0] ?? "") };
}

/** What holds elsewhere is near only where there is nothing else of the matter. */
function offered(near: readonly Weighed[], found: Found): Weighed[] {
  const { inScope } = found;
  if (!inScope) return [...near];
  const nothing = !isSettled(found) && !inScope.settled.undecided;
  return near.filter(
    ({ entry }) => holds(inScope.scope.scopeOf(entry)) || (nothing && inScope.settled.versions.includes(entry)),
  );
}

function cited({ entry, quote }: Weighed, query: string, measure: Measure): Source | undefined {
  if (quote !== undefined) return sourceOf(entry, quote);
  if (entry.question)
    return sourceOf(entry, bestQuote({ ...measure, text: entry.text, query, maxLength: ENTRY_QUOTE }));
  const question = readForRanking(query, measure);
  return sourceOf(entry, quoteOf(entry.text, question, DOCUMENT_QUOTE, loadLearnedRanking().windows).quote);
}
