import { execFileSync } from "node:child_process";
import { freemem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type SubjectName, subjects } from "./subjects.ts";
import { runTrial, type Trial } from "./trial.ts";

const mainFile = join(import.meta.dirname, "../main.ts");
const SIZES = [20_000, 200_000];
const FULL = 1_000_000;
const HEAP_MB = 12_000;
const OUTPUT_BYTES = 64 * 2 ** 20;
const NAMES: Record<SubjectName, string> = {
  ours: "jiesu",
  minisearch: "MiniSearch",
  fts5: "SQLite FTS5",
  exhaustive: "exhaustive BM25F",
};

/** `--sizes 20000,200000`; `--full` adds a million; `--only ours,fts5`. */
export async function runKnowledge(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { sizes: { type: "string" }, full: { type: "boolean" }, only: { type: "string" } },
  });
  const sizes = values.sizes ? values.sizes.split(",").map(Number) : [...SIZES, ...(values.full ? [FULL] : [])];
  if (sizes.some((size) => !Number.isInteger(size) || size < 100))
    throw new Error("--sizes: whole numbers from 100 on");
  const names = (values.only?.split(",") ?? Object.keys(subjects)) as SubjectName[];
  console.log(
    "| entries | | build | held | process | file | query p50 | query p99 | p99 / ours | top 10 | update p50 | update max |",
  );
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const size of sizes) {
    const reference = names.includes("exhaustive") ? trialOf("exhaustive", size) : undefined;
    let ours: Trial | undefined;
    for (const name of names.filter((name) => name !== "exhaustive")) {
      const trial = trialOf(name, size);
      if (name === "ours") ours = trial;
      console.log(line({ name, size, trial, ours, reference }));
    }
  }
}

/** Run by the suite in a process of its own; tells its trial on standard output. */
export async function runKnowledgeTrial([name, size]: string[]): Promise<void> {
  if (!name || !Object.hasOwn(subjects, name)) throw new Error(`there is no search engine "${name}"`);
  console.log(JSON.stringify(runTrial(name as SubjectName, Number(size))));
}

function trialOf(name: SubjectName, size: number): Trial {
  const heapMb = Math.min(HEAP_MB, Math.floor(freemem() / 2 ** 20));
  const flags = ["--expose-gc", `--max-old-space-size=${heapMb}`];
  const output = execFileSync(process.execPath, [...flags, mainFile, "knowledge-trial", name, String(size)], {
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: OUTPUT_BYTES,
  });
  return JSON.parse(output.toString()) as Trial;
}

const ms = (value: number) => `${value.toFixed(value < 1 ? 2 : 1)} ms`;

function line(row: { name: SubjectName; size: number; trial: Trial; ours?: Trial; reference?: Trial }): string {
  const { name, size, trial, ours, reference } = row;
  const ratio = ours ? (trial.queryMs.p99 / ours.queryMs.p99).toFixed(1) : "";
  const cells = [
    size.toLocaleString("en"),
    NAMES[name],
    `${(trial.buildMs / 1000).toFixed(1)} s`,
    `${Math.round(trial.memoryMb.held)} MB`,
    `${Math.round(trial.memoryMb.process)} MB`,
    trial.fileMb ? `${Math.round(trial.fileMb)} MB` : "",
    ms(trial.queryMs.p50),
    ms(trial.queryMs.p99),
    ratio,
    reference ? `${(100 * overlap(trial, reference)).toFixed(1)} %` : "",
    ms(trial.updateMs.p50),
    ms(trial.updateMs.max),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** The share of what is found that the exhaustive scorer has among its best ten, ties with the tenth included. */
function overlap(trial: Trial, reference: Trial): number {
  let agreed = 0;
  let all = 0;
  for (const [query, found] of trial.found.entries()) {
    const best = new Set(reference.found[query]);
    agreed += found.filter((id) => best.has(id)).length;
    all += Math.min(best.size, 10);
  }
  return agreed / all;
}
