import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { openDatabase } from "../../../server/store/sqlite/database.ts";
import { openKnowledge } from "../../../server/understanding.ts";
import { madeUpEntry } from "./entries.ts";

const mainFile = join(import.meta.dirname, "../main.ts");
const migrationsDir = join(import.meta.dirname, "../../../server/store/sqlite/migrations");
const MB = 2 ** 20;
const BATCH = 2_000;
const QUESTIONS = 200;
const at = new Date("2026-11-27T10:00:00+08:00");
const silent = { debug: () => undefined, info: () => undefined, warn: console.error, error: console.error };

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;

/** `--sizes 20000,200000`: the whole knowledge base over its entries in SQLite, started without and with a kept index, each time in a new process. */
export function runKnowledgeStart(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { sizes: { type: "string", default: "20000" } } });
  for (const size of values.sizes.split(",")) {
    const dir = mkdtempSync(join(tmpdir(), "jiesu-bench-"));
    try {
      for (const step of ["import", "first start", "start", "start", "update"]) {
        const flags = ["--expose-gc", "--max-old-space-size=8000"];
        execFileSync(process.execPath, [...flags, mainFile, "knowledge-step", step, dir, size], { stdio: "inherit" });
      }
    } finally {
      rmSync(dir, { recursive: true });
    }
  }
  return Promise.resolve();
}

/** One step in a process of its own. */
export async function runKnowledgeStep([step, dir, given]: string[]): Promise<void> {
  if (!step || !dir) throw new Error("which step, in which folder?");
  const size = Number(given);
  const database = openDatabase({ file: join(dir, "jiesu.sqlite"), migrationsDir });
  const clock = { now: () => new Date() };
  const house = openKnowledge({ database, segmenter: createSegmenter(), clock, dataDir: dir, log: silent });
  const begun = performance.now();
  if (step === "import") await importAll(house, size);
  else await house.knowledge.refresh();
  console.log(`${size.toLocaleString("en")} entries, ${step}: ${seconds(performance.now() - begun)}`);
  if (step === "start") await askAround(house, size);
  if (step === "update") await update(house, size);
  await house.knowledge.close();
  if (step === "first start") {
    console.log(`  with the index kept: ${seconds(performance.now() - begun)}`);
    console.log(`  the kept index: ${Math.round(statSync(join(dir, "knowledge-index/published.index")).size / MB)} MB`);
  }
  await database.close();
}

type House = ReturnType<typeof openKnowledge>;

async function importAll({ knowledgeStore }: House, size: number): Promise<void> {
  for (let from = 0; from < size; from += BATCH) {
    const entries = Array.from({ length: Math.min(BATCH, size - from) }, (_, i) => madeUpEntry(from + i));
    await knowledgeStore.importEntries(entries, { publish: true });
  }
}

async function askAround({ knowledge }: House, size: number): Promise<void> {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  console.log(`  held: ${Math.round((heapUsed + external) / MB)} MB, process: ${Math.round(rss / MB)} MB`);
  const took: number[] = [];
  for (let i = 0; i < QUESTIONS; i++) {
    const { question = "" } = madeUpEntry(Math.floor((i / QUESTIONS) * size));
    const begun = performance.now();
    await knowledge.answer(question, at);
    took.push(performance.now() - begun);
  }
  took.sort((a, b) => a - b);
  const share = (part: number) => (took[Math.floor(took.length * part)] as number).toFixed(1);
  console.log(`  answering: p50 ${share(0.5)} ms, p99 ${share(0.99)} ms`);
}

/** One entry is published by an editor, then many at once; how long it takes, and for how long nobody else gets their turn. */
async function update({ knowledge, knowledgeStore }: House, size: number): Promise<void> {
  const one: number[] = [];
  for (let i = 0; i < 20; i++) {
    await knowledgeStore.importEntries([madeUpEntry(size + i)], { publish: true });
    const begun = performance.now();
    await knowledge.refresh();
    one.push(performance.now() - begun);
  }
  one.sort((a, b) => a - b);
  console.log(`  one more: p50 ${one[10]?.toFixed(1)} ms, at most ${one.at(-1)?.toFixed(1)} ms`);
  await knowledgeStore.importEntries(
    Array.from({ length: BATCH * 2 }, (_, i) => madeUpEntry(size + 100 + i)),
    { publish: true },
  );
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  const begun = performance.now();
  await knowledge.refresh();
  const noted = seconds(performance.now() - begun);
  await knowledge.caughtUp();
  clearInterval(timer);
  const all = seconds(performance.now() - begun);
  console.log(
    `  ${BATCH * 2} more: noted after ${noted}, all found after ${all}, the longest wait of others ${longest.toFixed(1)} ms`,
  );
}
