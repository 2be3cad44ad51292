import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Entry } from "./entry.ts";
import { readImportLine } from "./import-line.ts";

const STARTER_DIR = join(import.meta.dirname, "starter");

/** The entries shipped with the product, published and marked as demonstration. Throws with file and line when one cannot be read. */
export function loadStarterEntries(dir: string = STARTER_DIR): Entry[] {
  const files = readdirSync(dir)
    .filter((file) => file.endsWith(".jsonl"))
    .sort();
  return files.flatMap((file) =>
    readFileSync(join(dir, file), "utf8")
      .split("\n")
      .flatMap((line, i) => (line.trim() === "" ? [] : [readLine(line, `${file} line ${i + 1}`)])),
  );
}

function readLine(line: string, where: string): Entry {
  try {
    return readImportLine(JSON.parse(line), "published");
  } catch (cause) {
    throw new Error(`${where}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
