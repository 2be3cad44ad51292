import { documentWords, queryWords } from "./corpus.ts";
import type { Subject } from "./subject.ts";
import { type SubjectName, subjects } from "./subjects.ts";

const QUERIES = 500;
/** The slower ones have less to do where a query takes a good part of a second. */
const QUERIES_OF_A_MILLION = 200;
/** So many are compared with the exhaustive scorer, which takes its time. */
const COMPARED = 100;
/** As in a server that has been running for a while. */
const WARM_UP_MS = 2_000;
const WARM_UP = 100;
const UPDATES = 50;

export interface Trial {
  buildMs: number;
  memoryMb: { held: number; process: number };
  fileMb: number;
  queryMs: { p50: number; p99: number };
  updateMs: { p50: number; max: number };
  /** For the first queries: the documents found. */
  found: number[][];
}

const at = (sorted: readonly number[], share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
const MB = 2 ** 20;

function* documents(size: number) {
  for (let id = 0; id < size; id++) yield { id, words: documentWords(id) };
}

function timed(work: () => void): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

/** Each is done several times, and the shortest counts: what a busy machine adds is not the engine's. */
const TIMES = 5;
const LONG_MS = 40;

function shortest(work: () => void): number {
  let best = timed(work);
  for (let time = 1; time < TIMES && best < LONG_MS; time++) best = Math.min(best, timed(work));
  return best;
}

const ascending = (a: number, b: number) => a - b;

/** What is held after everything else was let go, in MB: of the heap and beside it; and of the whole process, which also counts what V8 does not give back. */
function memory(): { held: number; process: number } {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: (heapUsed + external) / MB, process: rss / MB };
}

/** Builds one search engine over `size` documents, asks it, and changes it. Alone in its process, so that its memory is its own. */
export function runTrial(name: SubjectName, size: number): Trial {
  documentWords(0);
  const before = memory();
  const begun = performance.now();
  const subject = subjects[name]();
  subject.addAll(documents(size));
  const buildMs = performance.now() - begun;
  const after = memory();
  const memoryMb = { held: after.held - before.held, process: after.process - before.process };
  const fileMb = subject.fileBytes() / MB;
  const count = size < 1_000_000 ? QUERIES : QUERIES_OF_A_MILLION;
  const queries = Array.from({ length: count + WARM_UP }, (_, number) => queryWords(number, size));
  const found = queries.slice(0, COMPARED).map((words) => subject.search(words).map(({ id }) => id));
  if (name === "exhaustive") return { ...empty, buildMs, memoryMb, found };
  warmUp(subject, queries.slice(count));
  const asked = queries
    .slice(0, count)
    .map((words) => shortest(() => subject.search(words)))
    .sort(ascending);
  const updated = Array.from({ length: UPDATES }, (_, number) => timed(() => update(subject, size, number))).sort(
    ascending,
  );
  subject.close();
  return {
    buildMs,
    memoryMb,
    fileMb,
    queryMs: { p50: at(asked, 0.5), p99: at(asked, 0.99) },
    updateMs: { p50: at(updated, 0.5), max: updated.at(-1) as number },
    found,
  };
}

function warmUp(subject: Subject, queries: readonly string[][]): void {
  const end = performance.now() + WARM_UP_MS;
  for (let i = 0; performance.now() < end; i++) subject.search(queries[i % queries.length] as string[]);
}

const empty: Omit<Trial, "buildMs" | "memoryMb" | "found"> = {
  fileMb: 0,
  queryMs: { p50: 0, p99: 0 },
  updateMs: { p50: 0, max: 0 },
};

function update(subject: Subject, size: number, number: number): void {
  const id = size + number;
  const mark = `新${number}词`;
  subject.addOne(id, [...documentWords(id), mark]);
  if (subject.search([mark])[0]?.id !== id) throw new Error(`document ${id} is not found after it was added`);
}
