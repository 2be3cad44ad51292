import type { Region, Regions } from "../../places/regions.ts";
import { normalize } from "../../text/normalize.ts";
import type { Entry } from "../entry.ts";
import { askedFor, audienceStanding, groupsOf } from "./audience.ts";
import { isWholeCity, regionStanding, type Standing } from "./standing.ts";

/** What is known of where and for whom somebody asks, beside the question itself; names as people write them. */
export interface ToldScope {
  region?: string | undefined;
  audience?: string | undefined;
}

/** How an entry stands to where and for whom somebody asks. */
export interface Scope {
  region: Standing;
  /** How small the region is that fits, in digits of its code. */
  depth: number;
  audience: Standing;
}

export interface AskedScope {
  region?: Region | undefined;
  /** Where or for whom is asked, and not only of what. */
  isKnown: boolean;
  /** The groups that are asked for. */
  groups: readonly string[];
  /** The question without the names of regions. */
  bare: string;
  scopeOf(entry: Entry): Scope;
  /** The question in words that the entry would be asked with there: "朝阳区高龄津贴怎么领" for the entry of 朝阳区. */
  wordings(entry: Entry): readonly string[];
}

/** Whether an entry holds for some region or some people only. */
export const isForSome = ({ region, audience }: Pick<Entry, "region" | "audience">): boolean =>
  !isWholeCity(region) || groupsOf(audience) !== undefined;

export const holds = ({ region, audience }: Scope): boolean => region !== "other" && audience !== "other";

/** What the question itself says counts before what was `told` earlier. */
export function askedScope(question: string, told: ToldScope, regions: Regions): AskedScope {
  const mentioned = regions.mentionedIn(question);
  const region = mentioned?.region ?? (told.region === undefined ? undefined : regionIn(told.region, regions));
  const asked = { region, question: normalize(question) };
  const wanted = askedFor(question, told.audience);
  const bare = mentioned?.without ?? question;
  const known = new Map<Entry, Scope>();

  function read(entry: Entry): Scope {
    const listed = isWholeCity(entry.region) ? [] : regions.listed(entry.region ?? "");
    const { standing, depth } = regionStanding(entry.region, listed, asked);
    return { region: standing, depth, audience: audienceStanding(entry.audience, wanted) };
  }

  return {
    region,
    isKnown: region !== undefined || wanted?.said === true || told.audience !== undefined,
    groups: wanted?.groups ?? [],
    bare,
    scopeOf(entry) {
      const scope = known.get(entry) ?? read(entry);
      known.set(entry, scope);
      return scope;
    },
    wordings(entry) {
      const names = isWholeCity(entry.region) ? [] : [entry.region ?? ""];
      const people = groupsOf(entry.audience) === undefined ? [] : [entry.audience ?? ""];
      const leads = [...names, ...people, ...(names.length > 0 ? people.map((one) => names[0] + one) : [])];
      return [...new Set([question, bare, ...leads.map((lead) => lead + bare)])];
    },
  };
}

/** Of an entry for several regions the first one. */
const regionIn = (words: string, regions: Regions): Region | undefined =>
  regions.mentionedIn(words)?.region ?? regions.listed(words)[0];
