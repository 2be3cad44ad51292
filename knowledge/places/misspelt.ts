import type { NameEntry } from "./names.ts";
import type { Sounds } from "./sounds.ts";

/** How a name was mistyped: characters that sound the same, or one that is wrong, missing, too many or swapped with the next. */
export type Slip = "sound" | "character";

export interface Misspelt {
  name: string;
  entry: NameEntry;
  slip: Slip;
}

export interface MisspeltNames {
  /** Lengths of the stretches that can be a misspelt name. */
  shortest: number;
  longest: number;
  /** The names that `written` may have been meant to be: those of the smallest slip. None for a name that is written right. */
  find(written: string): Misspelt[];
}

const SUFFIX = /(?:街道|地区|小区|社区|地铁站|医院|公园|市场|大厦|大学|[区镇乡村站桥])$/;
const PREFIX = /^地铁/;
const TERRITORY = /(?:街道|地区|[区镇乡])$/;
/** Characters that tell neighbours apart: 三区 for 四区 is another place and no mistake. */
const DISTINGUISHING = ["一二三四五六七八九十甲乙丙丁", "东西南北中上下前后内外大小新老"];
const HAN = /^\p{Script=Han}+$/u;
const SHORTEST = 3;
const LONGEST = 12;

export function misspeltNames(table: ReadonlyMap<string, NameEntry>, sounds: Sounds): MisspeltNames {
  const bySound = new Map<string, string[]>();
  const byGap = new Map<string, string[]>();
  const forgiven = new Set<string>();
  const add = (index: Map<string, string[]>, key: string, name: string) => {
    const known = index.get(key);
    if (!known) index.set(key, [name]);
    else if (!known.includes(name)) known.push(name);
  };
  for (const [name, { strength }] of table) {
    if (strength === "weak" || PREFIX.test(name) || name.length < SHORTEST || name.length > LONGEST || !HAN.test(name))
      continue;
    for (const key of soundKeys(name, sounds)) add(bySound, key, name);
    const places = changeable(name);
    if (places.length > 0) forgiven.add(name);
    for (const at of places) {
      add(byGap, gapAt(name, at), name);
      if (!isDistinguishing(name.charAt(at))) add(byGap, without(name, at), name);
    }
  }
  const found = (names: Iterable<string>, slip: Slip): Misspelt[] =>
    [...new Set(names)].map((name) => ({ name, slip, entry: table.get(name) as NameEntry }));
  return {
    shortest: SHORTEST,
    longest: LONGEST,
    find(written) {
      if (!HAN.test(written)) return [];
      const alike = (bySound.get(soundOf(written, sounds)) ?? []).filter((name) => soundsRight(name, written));
      if (alike.length > 0) return found(closest(alike, written), "sound");
      return found(oneOff(written, forgiven, byGap), "character");
    },
  };
}

const stemOf = (name: string): string => name.replace(SUFFIX, "");

const soundOf = (text: string, sounds: Sounds): string => Array.from(text, sounds.usual).join("");

/** The usual reading of all characters, and each other reading of one of them. */
function soundKeys(name: string, sounds: Sounds): string[] {
  const usual = Array.from(name, sounds.usual);
  const others = Array.from(name).flatMap((character, at) =>
    sounds.others(character).map((sign) => usual.with(at, sign).join("")),
  );
  return [usual.join(""), ...others];
}

const differences = (a: string, b: string): number => Array.from(a).filter((one, at) => one !== b.charAt(at)).length;

/** A name of two characters must be right in one of them and in what stands after it; a longer one in half of them. */
function soundsRight(name: string, written: string): boolean {
  const stem = stemOf(name);
  const wrong = differences(stem, written);
  const after = differences(name.slice(stem.length), written.slice(stem.length));
  if (wrong + after === 0 || wrong > stem.length / 2) return false;
  if (stem.length > 2 || wrong === 0) return stem.length + (name.length - stem.length) > 2;
  return after === 0 && TERRITORY.test(name);
}

function closest(names: readonly string[], written: string): string[] {
  const least = Math.min(...names.map((name) => differences(name, written)));
  return names.filter((name) => differences(name, written) === least);
}

/** Places in the name where one wrong character leaves no doubt: four characters of its own, or three and the rank. */
function changeable(name: string): number[] {
  const { length } = stemOf(name);
  const enough = length >= 4 || (length === 3 && /(?:街道|地区|社区)$/.test(name));
  return enough ? Array.from({ length }, (_, at) => at) : [];
}

const gapAt = (text: string, at: number): string => `${text.slice(0, at)}?${text.slice(at + 1)}`;

const without = (text: string, at: number): string => text.slice(0, at) + text.slice(at + 1);

const swapped = (text: string, at: number): string =>
  text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);

const isDistinguishing = (character: string): boolean => DISTINGUISHING.some((group) => group.includes(character));

function oneOff(written: string, forgiven: ReadonlySet<string>, byGap: ReadonlyMap<string, string[]>): string[] {
  const names: string[] = [];
  for (let at = 0; at < written.length; at++) {
    for (const name of byGap.get(gapAt(written, at)) ?? []) {
      if (!isDistinguishing(name.charAt(at)) && !isDistinguishing(written.charAt(at))) names.push(name);
    }
    const turned = swapped(written, at);
    if (turned !== written && forgiven.has(turned)) names.push(turned);
    const shorter = without(written, at);
    if (written.length > 5 && forgiven.has(shorter) && !isDistinguishing(written.charAt(at))) names.push(shorter);
  }
  return [...names, ...(byGap.get(written) ?? [])].filter((name) => name !== written);
}
