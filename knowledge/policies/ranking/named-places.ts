import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Which provinces a text speaks of, by how often it names them or a city of theirs. */
export type NamedPlaces = ReadonlyMap<string, number>;

/** `# province` lines, then lines `city TAB areas`; see knowledge/places/parsing. */
const DIVISIONS = join(import.meta.dirname, "../../places/parsing/data/divisions.txt");
const RANK = /(?:(?:壮族|回族|维吾尔)?自治区|[\p{Script=Han}]{0,6}自治州|特别行政区|省|市|地区|盟)$/u;

/** Letters that are made public may have their places masked by a letter and a number: A市, B12县. What shares the letter lies together. */
const MASKED = /(?<![a-z0-9])([a-z])\d{0,2}(?=[市区县])/g;

const shortOf = (name: string): string => {
  const short = name.replace(RANK, "");
  return short.length >= 2 ? short : name;
};

function provincesByName(): Map<string, string> {
  const provinces = new Map<string, string>();
  let province = "";
  for (const line of readFileSync(DIVISIONS, "utf8").split("\n")) {
    if (line.startsWith("# ")) {
      province = shortOf(line.slice(2).trim());
      provinces.set(province, province);
      continue;
    }
    const [city = ""] = line.split("\t");
    if (city !== "") provinces.set(shortOf(city), province);
  }
  return provinces;
}

let table: { provinces: Map<string, string>; pattern: RegExp } | undefined;

function loaded() {
  if (table) return table;
  const provinces = provincesByName();
  const names = [...provinces.keys()].sort((a, b) => b.length - a.length);
  table = { provinces, pattern: new RegExp(names.join("|"), "g") };
  return table;
}

/** `text` is normalised. */
export function namedPlaces(text: string): NamedPlaces {
  const { provinces, pattern } = loaded();
  const found = new Map<string, number>();
  const count = (place: string) => found.set(place, (found.get(place) ?? 0) + 1);
  for (const [name] of text.matchAll(pattern)) count(provinces.get(name) as string);
  for (const match of text.matchAll(MASKED)) count(match[1] as string);
  return found;
}

const DIVISION = /(?<![a-z0-9])[a-z]\d{0,2}[市区县]|[\p{Script=Han}]{2,4}?(?:自治区|街道|[省市区县州盟镇乡])/gu;

/** The divisions that a question names, as they stand in it, and the provinces. `question` is normalised. */
export function placeNames(question: string): string[] {
  const { pattern } = loaded();
  return [...new Set([...question.matchAll(DIVISION), ...question.matchAll(pattern)].map(([name]) => name))];
}
