import { normalize } from "../text/normalize.ts";
import type { Segmenter } from "../text/segment.ts";
import { type DivisionRecord, loadTerritories } from "./divisions.ts";
import { isConfirmed, longestNames, type Mention, mentionsIn } from "./mentions.ts";
import { type NameEntry, nameTable } from "./names.ts";
import { divisionTree, isWithin } from "./tree.ts";
import { wordEdges } from "./word-edges.ts";

/** A district or subdistrict as a territory that rules hold for. `name` in full: 朝阳区, 朝阳区望京街道. */
export interface Region {
  code: string;
  name: string;
}

/** A region that a text names. `without`: the text, normalised, without its name. */
export interface MentionedRegion {
  region: Region;
  without: string;
}

export interface Regions {
  /** The one region that a text speaks of, the smallest it names; `undefined` where it names none, or several. */
  mentionedIn(text: string): MentionedRegion | undefined;
  /** The region that the words are a name of and nothing else: 海淀, 朝阳区望京街道. */
  named(words: string): Region | undefined;
  /** The regions that a list names: "朝阳区、海淀区". Empty where any part of it is not the name of one. */
  listed(list: string): Region[];
}

const CITY = /^(?:北京市?|本市)/u;
/** "朝阳区全区" and "海淀区范围内" name no more than the district. */
const EXTENT = /(?:全区|全域|辖区|境内|区域内?|范围内?|内)$/u;
const SEPARATORS = /[、,，;；/|\s]+|[和及与或]/u;

function createRegions(divisions: readonly DivisionRecord[], segmenter: Segmenter): Regions {
  const table = nameTable(divisions, []);
  const longest = longestNames(table);
  const tree = divisionTree(divisions);

  const regionOf = (code: string): Region => {
    const { district, subdistrict } = tree.branch(code);
    return { code, name: `${district?.name ?? ""}${subdistrict?.name ?? ""}` };
  };

  function codesOf(words: string): string[] {
    let codes: string[] = [];
    for (let rest = words; rest !== ""; ) {
      const name = beginningOf(rest, table);
      if (name === undefined) return [];
      codes = narrowed(codes, table.get(name)?.codes ?? []);
      rest = rest.slice(name.length);
    }
    return codes;
  }

  const plain = (words: string) => normalize(words).replace(CITY, "").replace(EXTENT, "");

  function named(words: string): Region | undefined {
    const [code, ...others] = codesOf(plain(words));
    return code !== undefined && others.length === 0 ? regionOf(code) : undefined;
  }

  return {
    named,
    mentionedIn(source) {
      const text = normalize(source);
      const all = mentionsIn(text, table, longest, wordEdges(text, segmenter));
      const mentions = all.filter((one) => isDistrict(one) || isSure(one, text, all));
      const code = lowest(mentions);
      return code === undefined ? undefined : { region: regionOf(code), without: cut(text, mentions) };
    },
    listed(list) {
      const parts = normalize(list).split(SEPARATORS).filter(Boolean);
      const codes = parts.map((part) => codesOf(plain(part)));
      return codes.some((some) => some.length === 0) ? [] : [...new Set(codes.flat())].map(regionOf);
    },
  };
}

const LONGEST_NAME = 12;
const DISTRICT_CODE = 6;

function beginningOf(words: string, table: ReadonlyMap<string, NameEntry>): string | undefined {
  for (let end = Math.min(words.length, LONGEST_NAME); end >= 2; end--) {
    if (table.has(words.slice(0, end))) return words.slice(0, end);
  }
  return undefined;
}

/** 八里庄街道 is in two districts, 海淀区八里庄街道 in one. What does not lie in what was named before is a contradiction. */
const narrowed = (above: readonly string[], codes: readonly string[]): string[] =>
  above.length === 0 ? [...codes] : codes.filter((code) => above.some((one) => isWithin(code, one)));

/** The smallest of the divisions that are named, if all lie in one another. */
function lowest(mentions: readonly Mention[]): string | undefined {
  let codes: string[] = [];
  for (const { entry } of mentions.toSorted((a, b) => shortest(a) - shortest(b))) {
    codes = narrowed(codes, entry.codes);
    if (codes.length === 0) return undefined;
  }
  return codes.length === 1 ? codes[0] : undefined;
}

const isDistrict = ({ entry }: Mention): boolean => entry.codes.every((code) => code.length === DISTRICT_CODE);

/** 温泉 and 古城 are subdistricts only where the words around them say so. */
const isSure = (mention: Mention, text: string, all: readonly Mention[]): boolean =>
  mention.entry.strength === "strong" || isConfirmed(mention, text, all);

const shortest = ({ entry }: Mention): number => Math.min(...entry.codes.map((code) => code.length));

function cut(text: string, mentions: readonly Mention[]): string {
  const rest = mentions.toReversed().reduce((all, { start, end }) => all.slice(0, start) + all.slice(end), text);
  return rest.replace(CITY, "").replace(/^的/u, "");
}

/** The shipped city's, read at the first call (some 20 ms). */
export function loadRegions(segmenter: Segmenter): () => Regions {
  let regions: Regions | undefined;
  return () => {
    regions ??= createRegions(loadTerritories(), segmenter);
    return regions;
  };
}
