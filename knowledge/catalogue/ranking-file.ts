import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { DOUBTS, SIGNALS } from "./evidence.ts";
import type { Ranking } from "./ranking.ts";

const DATA_DIR = join(import.meta.dirname, "data");
const FILE = "ranking.json";

const weighed = z.object({ mean: z.number(), spread: z.number().positive(), weight: z.number() });
const ranking = z.object({
  signals: z.record(z.enum(SIGNALS), weighed),
  doubts: z.record(z.enum(DOUBTS), weighed),
});

/**
 * The weights as learned by `catalogue train`, from the folder of a city's catalogue; those shipped when it has none, for they hold for any
 * catalogue in a fashion. Throws when the file does not fit this version's signals.
 */
export function loadRanking(dir: string = DATA_DIR): Ranking {
  const own = join(dir, FILE);
  const file = existsSync(own) ? own : join(DATA_DIR, FILE);
  const result = ranking.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!result.success) {
    throw new Error(`${file} does not fit; run \`catalogue train\` again: ${z.prettifyError(result.error)}`);
  }
  return result.data;
}

/** The content of a ranking file. */
export const writeRanking = (learned: Ranking): string => `${JSON.stringify(learned, undefined, 2)}\n`;
