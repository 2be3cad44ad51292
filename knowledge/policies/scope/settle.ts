import type { Entry } from "../entry.ts";
import { holds, type Scope } from "./asked-scope.ts";
import type { Standing } from "./standing.ts";

/** What became of the versions of the entry that fits the words best. */
export interface Settled {
  /** All of them, the best by words first. */
  versions: readonly Entry[];
  /** The one that holds; none where nothing does, or where the citizen has to say. */
  chosen?: Entry;
  /** One of each region or audience, between which only the citizen can decide. */
  undecided?: { respect: "region" | "audience"; entries: readonly Entry[] };
  /** They hold instead of the chosen one where or for whom it may turn out to be. */
  apart: readonly Entry[];
}

type Part = "region" | "audience";

/** Chooses among versions of one matter, the best by words first: what is for the asked region and people before what is for all. */
export function settle(versions: readonly Entry[], scopeOf: (entry: Entry) => Scope): Settled {
  const holding = versions.filter((entry) => holds(scopeOf(entry)));
  if (holding.length === 0) return { versions, apart: [] };
  const standing = (part: Part, wanted: Standing) => (entry: Entry) => scopeOf(entry)[part] === wanted;
  const here = smallest(holding.filter(standing("region", "fits")), scopeOf);
  const everywhere = holding.filter(standing("region", "whole"));
  const maybe = holding.filter(standing("region", "open"));
  const isSure = (entry: Entry) => scopeOf(entry).audience !== "open";
  const sureHere = here.some(isSure) || !everywhere.some(isSure) || valuesOf(here, "audience").length > 1;
  if (here.length > 0 && sureHere) return byAudience({ versions, group: here, apart: [] }, standing);
  if (everywhere.length > 0) return byAudience({ versions, group: everywhere, apart: [...here, ...maybe] }, standing);
  if (valuesOf(maybe, "region").length === 1) return byAudience({ versions, group: maybe, apart: [] }, standing);
  return { versions, undecided: { respect: "region", entries: oneOfEach(maybe, "region", isSure) }, apart: [] };
}

function byAudience(
  { versions, group, apart }: { versions: readonly Entry[]; group: readonly Entry[]; apart: readonly Entry[] },
  standing: (part: Part, wanted: Standing) => (entry: Entry) => boolean,
): Settled {
  const [fitting] = group.filter(standing("audience", "fits"));
  if (fitting) return { versions, chosen: fitting, apart };
  const [forAll] = group.filter(standing("audience", "whole"));
  const maybe = group.filter(standing("audience", "open"));
  if (forAll) return { versions, chosen: forAll, apart: [...apart, ...maybe] };
  const [first, ...others] = oneOfEach(maybe, "audience", () => true);
  if (others.length === 0) return { versions, ...(first ? { chosen: first } : {}), apart };
  return { versions, undecided: { respect: "audience", entries: first ? [first, ...others] : others }, apart };
}

function smallest(entries: readonly Entry[], scopeOf: (entry: Entry) => Scope): Entry[] {
  const depth = Math.max(0, ...entries.map((entry) => scopeOf(entry).depth));
  return entries.filter((entry) => scopeOf(entry).depth === depth);
}

const valuesOf = (entries: readonly Entry[], part: Part): string[] => [
  ...new Set(entries.map((entry) => entry[part] ?? "")),
];

/** The first of each value, one that `isBetter` before others. */
function oneOfEach(entries: readonly Entry[], part: Part, isBetter: (entry: Entry) => boolean): Entry[] {
  return valuesOf(entries, part).flatMap((value) => {
    const same = entries.filter((entry) => (entry[part] ?? "") === value);
    return same.find(isBetter) ?? same[0] ?? [];
  });
}
