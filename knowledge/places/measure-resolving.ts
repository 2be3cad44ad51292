import type { Place } from "../../bots/model/index.ts";
import { isWithin } from "./tree.ts";

/** What a text speaks of: one division by its code, one of several that its words do not tell apart, or no place of the city. */
export interface LabelledPlace {
  code?: string;
  ambiguous?: boolean;
}

export interface ResolvingScore {
  texts: number;
  /** Shares of the texts with a known division of that level in which it was given. */
  district: number;
  subdistrict: number;
  community: number;
  /** Texts for which a wrong division was given as certain; where none could be certain, any that was. */
  wrong: number;
  /** Texts that name no place and were given one. */
  falsePlace: number;
  /** Share of the ambiguous texts for which several readings were offered and none was given as certain. */
  ambiguous: number;
}

/** From here on a dialogue takes a division for granted. */
const CERTAIN = 0.6;

const LEVELS = { district: 6, subdistrict: 9, community: 12 } as const;

/** `readings` is how many places were offered as readings of the text. */
export function measureResolving(
  pairs: readonly { truth: LabelledPlace; found: Place | undefined; readings: number }[],
): ResolvingScore {
  const share = (level: keyof typeof LEVELS): number => {
    const known = pairs.filter(({ truth }) => (truth.code?.length ?? 0) >= LEVELS[level]);
    const right = known.filter(({ truth, found }) => found?.[level]?.code === truth.code?.slice(0, LEVELS[level]));
    return ratio(right.length, known.length);
  };
  const unclear = pairs.filter(({ truth }) => truth.ambiguous);
  const offered = unclear.filter(({ found, readings }) => readings > 1 && (found?.confidence ?? 0) < CERTAIN);
  return {
    texts: pairs.length,
    district: share("district"),
    subdistrict: share("subdistrict"),
    community: share("community"),
    wrong: pairs.filter(({ truth, found }) => found && found.confidence >= CERTAIN && isWrong(truth, found)).length,
    falsePlace: pairs.filter(({ truth, found }) => found && !truth.ambiguous && truth.code === undefined).length,
    ambiguous: ratio(offered.length, unclear.length),
  };
}

/** A place that lies within the true one is no mistake, nor is one around it. */
function isWrong({ code, ambiguous }: LabelledPlace, place: Place): boolean {
  const lowest = (place.community ?? place.subdistrict ?? place.district)?.code ?? "";
  if (code === undefined) return ambiguous === true;
  return !isWithin(lowest, code) && !isWithin(code, lowest);
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000);
