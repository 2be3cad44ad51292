import type { Likeness, LikenessReason } from "../../bots/model/index.ts";
import type { Circumstances, Evidence } from "./evidence.ts";

/**
 * Figures tuned on the half of test/knowledge/matters/pairs.jsonl that is marked "tune", for the most pairs found with at most one in a
 * hundred wrong.
 */
const LEAF_SHARE = 0.9;
const WORDS_SHARE = 0.6;
/** From this likeness on words could not agree more: two people hardly ever use the same ones. */
const WORDS_FULL = 0.4;
const OTHER_NAME = 0.2;
const SAME_COMMUNITY = 0.9;
const UNKNOWN_AREA = 0.9;
const OTHER_NUMBER = 0.1;
const OTHER_GATE = 0.5;
const HOUSE_OF_ONE = 0.9;
/** Without names to compare, the words themselves have to show that it is the same place. */
const NAMELESS = 0.2;
const NAMELESS_WORDS = 0.7;
const NEAR_METRES = 150;
const FAR_METRES = 1_000;
/** After so many days a matter begins to be another one, and after so many more it is. */
const FRESH_DAYS = 7;
const FADING_DAYS = 40;
const ALIKE = 0.5;

/** All of it has to be the same: what it is about, where, and when. So the three are multiplied. */
export function scoreOf(evidence: Evidence): Likeness {
  const words = Math.min(1, evidence.words / WORDS_FULL);
  const about = 1 - (1 - LEAF_SHARE * evidence.leaf) * (1 - WORDS_SHARE * words);
  return { score: about * placeOf(evidence) * freshness(evidence), reasons: reasonsOf(evidence) };
}

/** The highest score that is possible there and then, whatever the words. */
export const ceilingOf = (where: Circumstances): number => placeOf({ ...where, words: 1 }) * freshness(where);

const freshness = ({ daysApart }: Circumstances): number =>
  Math.max(0, 1 - Math.max(0, daysApart - FRESH_DAYS) / FADING_DAYS);

type Place = Circumstances & Pick<Evidence, "words">;

function placeOf(evidence: Place): number {
  const { area, name, metresApart: metres } = evidence;
  if (area === "other") return 0;
  const doubts = [
    area === "unknown" ? UNKNOWN_AREA : 1,
    evidence.isOtherNumber ? OTHER_NUMBER : 1,
    evidence.isOtherGate ? OTHER_GATE : 1,
    evidence.isHouseOfOne ? HOUSE_OF_ONE : 1,
    metres !== undefined && metres > FAR_METRES ? OTHER_NAME : 1,
  ];
  const isNear = metres !== undefined && metres <= NEAR_METRES;
  const known = name === "same" || isNear ? 1 : name === "other" ? OTHER_NAME : nameless(evidence);
  return doubts.reduce((product, doubt) => product * doubt, known);
}

function nameless({ words, isSameCommunity }: Place): number {
  if (isSameCommunity) return SAME_COMMUNITY;
  return NAMELESS + NAMELESS_WORDS * Math.min(1, words / WORDS_FULL);
}

function reasonsOf(evidence: Evidence): LikenessReason[] {
  const { metresApart: metres } = evidence;
  const all: [LikenessReason, boolean][] = [
    ["same-words", evidence.words >= WORDS_FULL / 2],
    ["same-leaf", evidence.leaf >= ALIKE],
    ["other-leaf", evidence.leaf < ALIKE],
    ["same-community", evidence.isSameCommunity],
    ["same-name", evidence.name === "same"],
    ["other-name", evidence.name === "other"],
    ["other-place", evidence.area === "other"],
    ["other-number", evidence.isOtherNumber || evidence.isOtherGate],
    ["near-point", metres !== undefined && metres <= NEAR_METRES],
    ["far-point", metres !== undefined && metres > FAR_METRES],
    ["other-time", evidence.daysApart > FRESH_DAYS],
  ];
  return all.flatMap(([reason, holds]) => (holds ? [reason] : []));
}
