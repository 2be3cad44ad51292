import { readFileSync } from "node:fs";
import { join } from "node:path";

/** How characters sound, as far as a typing mistake goes: without tones, and with what many people do not tell apart taken for one. */
export interface Sounds {
  /** One sign for how the character is usually read; the character itself when it is not known. */
  usual(character: string): string;
  /** The same for its other readings. */
  others(character: string): readonly string[];
}

const SYLLABLES = join(import.meta.dirname, "data", "syllables.txt");

/** zh and z, ing and in and the like are mixed up by southern speakers and by those who type as they speak. */
export const folded = (syllable: string): string =>
  syllable
    .replace(/^([zcs])h/, "$1")
    .replace(/^n(?=[^g])/, "l")
    .replace(/([ei])ng$/, "$1n");

/** Reads the table that ships with it; see generate-syllables.ts. `fold`: takes syllables for one that are mixed up. */
export function loadSounds({ file = SYLLABLES, fold = folded } = {}): Sounds {
  const signs = new Map<string, string>();
  const usual = new Map<string, string>();
  const others = new Map<string, string[]>();
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const [syllable = "", often = "", seldom = ""] = line.split(" ");
    const key = fold(syllable);
    const sign = signs.get(key) ?? String.fromCharCode(1 + signs.size);
    signs.set(key, sign);
    for (const character of often) usual.set(character, sign);
    for (const character of seldom) others.set(character, [...(others.get(character) ?? []), sign]);
  }
  return {
    usual: (character) => usual.get(character) ?? character,
    others: (character) => others.get(character) ?? [],
  };
}
