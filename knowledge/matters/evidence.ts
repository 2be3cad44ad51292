import type { GeoPoint, Matter } from "../../bots/model/index.ts";
import { normalize } from "../text/normalize.ts";
import type { Segmenter } from "../text/segment.ts";
import { isSameName, namesIn, numbersIn } from "./names.ts";
import { likeness, type Rarity, type WordSet, wordsOf } from "./words.ts";

/** A matter taken apart once, to be compared with many. */
export interface TakenApart {
  matter: Matter;
  /** Read when first asked for: most of what is compared lies elsewhere, and then no word matters. */
  words(): WordSet;
  /** The address in plain form. */
  address: string;
  names: string[];
  numbers: Map<string, Set<string>>;
  toldAt: number;
}

export function takeApart(matter: Matter, segmenter: Segmenter): TakenApart {
  const address = matter.place?.text ?? "";
  let words: WordSet | undefined;
  return {
    matter,
    words() {
      words ??= wordsOf(matter.description, segmenter);
      return words;
    },
    address: normalize(address),
    names: matter.place ? namesIn(matter.place) : [],
    numbers: numbersIn(`${address} ${matter.description.slice(0, 200)}`),
    toldAt: Date.parse(matter.at),
  };
}

/** What speaks for and against two matters being one; every figure 0 to 1 unless it is a yes or no. */
export interface Evidence extends Circumstances {
  words: number;
  /** How well the leaf of the one fits the words of the other; 1 for the same leaf. */
  leaf: number;
}

/** Where and when. */
export interface Circumstances {
  area: "same" | "other" | "unknown";
  isSameCommunity: boolean;
  name: "same" | "other" | "unknown";
  /** Two different numbers of the same kind of thing, and two different gates. */
  isOtherNumber: boolean;
  isOtherGate: boolean;
  /** Only one of the two names a house. */
  isHouseOfOne: boolean;
  metresApart?: number;
  daysApart: number;
}

const DAY_MS = 86_400_000;

export const wordsAlike = (a: TakenApart, b: TakenApart, rarity: Rarity): number =>
  likeness(a.words(), b.words(), `${a.address} ${b.address}`, rarity);

export function circumstances(a: TakenApart, b: TakenApart): Circumstances {
  const [one, two] = [a.matter.place, b.matter.place];
  const metres = one?.point && two?.point ? metresBetween(one.point, two.point) : undefined;
  return {
    area: areaOf(a.matter, b.matter),
    isSameCommunity: one?.community !== undefined && one.community.code === two?.community?.code,
    name: nameOf(a.names, b.names),
    isOtherNumber: ["楼", "单元", "号", "区", "期", "街", "条", "巷"].some((unit) => isOther(a, b, unit)),
    isOtherGate: isOther(a, b, "门"),
    isHouseOfOne: a.numbers.has("楼") !== b.numbers.has("楼"),
    ...(metres === undefined ? {} : { metresApart: metres }),
    daysApart: Math.abs(a.toldAt - b.toldAt) / DAY_MS,
  };
}

/** Compared on the lowest level that both know. */
function areaOf(a: Matter, b: Matter): Evidence["area"] {
  for (const level of ["subdistrict", "district"] as const) {
    const [one, two] = [a.place?.[level]?.code, b.place?.[level]?.code];
    if (one !== undefined && two !== undefined) return one === two ? "same" : "other";
  }
  return "unknown";
}

function nameOf(a: readonly string[], b: readonly string[]): Evidence["name"] {
  if (a.length === 0 || b.length === 0) return "unknown";
  return a.some((one) => b.some((two) => isSameName(one, two))) ? "same" : "other";
}

function isOther(a: TakenApart, b: TakenApart, unit: string): boolean {
  const [one, two] = [a.numbers.get(unit), b.numbers.get(unit)];
  return one !== undefined && two !== undefined && ![...one].some((value) => two.has(value));
}

const METRES_PER_DEGREE = 111_320;

/** On the flat: over the breadth of a city the curve of the earth does not matter. */
function metresBetween(a: GeoPoint, b: GeoPoint): number {
  const north = (a.latitude - b.latitude) * METRES_PER_DEGREE;
  const east = (a.longitude - b.longitude) * METRES_PER_DEGREE * Math.cos((a.latitude * Math.PI) / 180);
  return Math.hypot(north, east);
}
