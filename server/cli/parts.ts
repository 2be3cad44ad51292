/**
 * What the commands have in common. They read lines on standard input and write lines on standard output; everything for people goes to standard
 * error.
 */
import type { Command } from "commander";
import type { LanguageModel } from "../../bots/ports.ts";
import { createSegmenter } from "../../knowledge/text/segment.ts";
import { linesOf } from "../commands/lines.ts";
import { readConfig } from "../config.ts";
import { loadSecretKey } from "../secret-key.ts";
import { openCity } from "../understanding.ts";

export interface Common {
  dataDir?: string;
}

/** A command with the options every command has. */
export const command = (parent: Command, usage: string, description: string): Command =>
  parent
    .command(usage)
    .description(description)
    .option("--data-dir <folder>", "folder of the data (default: DATA_DIR, or ./data)");

export const dataDirOf = (options: Common): string => options.dataDir ?? readConfig().dataDir;

export const cityOf = (options: Common, model?: LanguageModel) =>
  openCity({ segmenter: createSegmenter(), dataDir: dataDirOf(options), model });

export function surroundings(options: Common) {
  const config = readConfig();
  const dataDir = dataDirOf(options);
  const secretKey = loadSecretKey({ configured: config.secretKey, dataDir, warn: tell });
  return { dataDir, secretKey };
}

export const stdin = (): AsyncGenerator<string> => linesOf(() => process.stdin);

/** For people. */
export const tell = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

export const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

export async function print(objects: AsyncIterable<object>): Promise<void> {
  for await (const object of objects) write(JSON.stringify(object));
}
