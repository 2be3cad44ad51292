import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { WINDOW_SIGNS } from "../quoting/windows.ts";
import { GROUNDS } from "./grounds.ts";
import { SIGNS } from "./signs.ts";

const FILE = join(import.meta.dirname, "data/ranking.json");

/** What was learned, each a weight for one sign, in the order of the signs. */
export interface LearnedRanking {
  /** Of policy papers, and of official replies to letters, which are found by other signs. */
  papers: Float64Array;
  replies: Float64Array;
  /** Of papers again, for their order behind the first. */
  behind: Float64Array;
  /** Of what is quoted. */
  windows: Float64Array;
  /** Of how sure the first document is. */
  grounds: Float64Array;
}

const weights = (names: readonly string[]) =>
  z.record(z.string(), z.number()).transform((named, context): Float64Array => {
    const missing = names.filter((name) => named[name] === undefined);
    if (missing.length === 0) return Float64Array.from(names, (name) => named[name] as number);
    context.addIssue({ code: "custom", message: `lacks ${missing.join(", ")}` });
    return z.NEVER;
  });

const file = z.object({
  papers: weights(SIGNS),
  replies: weights(SIGNS),
  behind: weights(SIGNS),
  windows: weights(WINDOW_SIGNS),
  grounds: weights(GROUNDS),
});

let shipped: LearnedRanking | undefined;

/** The weights as `knowledge train` wrote them. Throws when the file does not fit this version's signs. */
export function loadLearnedRanking(): LearnedRanking {
  if (shipped) return shipped;
  const result = file.safeParse(JSON.parse(readFileSync(FILE, "utf8")));
  if (!result.success)
    throw new Error(`${FILE} does not fit; run \`knowledge train\` again: ${z.prettifyError(result.error)}`);
  shipped = result.data;
  return shipped;
}

const DIGITS = 4;
const named = (names: readonly string[], learned: Float64Array): Record<string, number> =>
  Object.fromEntries(names.map((name, i) => [name, Number((learned[i] as number).toPrecision(DIGITS))]));

/** The content of the file. */
export function writeLearnedRanking({ papers, replies, behind, windows, grounds }: LearnedRanking): string {
  const content = {
    papers: named(SIGNS, papers),
    replies: named(SIGNS, replies),
    behind: named(SIGNS, behind),
    windows: named(WINDOW_SIGNS, windows),
    grounds: named(GROUNDS, grounds),
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}
