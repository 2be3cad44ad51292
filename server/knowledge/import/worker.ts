import { parentPort, workerData } from "node:worker_threads";
import Database from "better-sqlite3";
import { type CheckedRow, checkReading } from "../../../knowledge/import/check.ts";
import { entryRows } from "../../../knowledge/import/entry-cells.ts";
import { UnreadableFile } from "../../../knowledge/import/fault.ts";
import { guessMapping } from "../../../knowledge/import/fields.ts";
import { readLimits } from "../../../knowledge/import/limits.ts";
import { type Reading, readFile } from "../../../knowledge/import/read.ts";
import { writeXlsx } from "../../../knowledge/import/xlsx/write.ts";
import type { Content } from "../../../knowledge/life/content.ts";
import type { Entry } from "../../../knowledge/policies/entry.ts";
import type { FindingKind, KeptRow, Said, Summary, Task } from "./task.ts";

/** The thread that files are read in. It reads the database, never writes it. */
const CHUNK = 500;
const SAMPLES = 5;

function say(said: Said): void {
  parentPort?.postMessage(said);
}

function entriesIn(file: string): Entry[] {
  const raw = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const rows = raw
      .prepare<[], { status: Entry["status"]; body: string }>(
        "SELECT status, body FROM knowledge_entries WHERE status IN ('draft', 'published') ORDER BY change",
      )
      .all();
    return rows.map(({ status, body }) => ({ ...(JSON.parse(body) as Content), status }));
  } finally {
    raw.close();
  }
}

const contentOf = ({ status: _, version: __, ...content }: Entry): Content => content;

function summaryOf(reading: Reading, task: Task & { kind: "check" }, total: number): Summary {
  const { format, notes, kind } = reading;
  switch (reading.kind) {
    case "table": {
      const mapping = task.mapping ?? guessMapping(reading.columns);
      const samples = reading.rows.slice(0, SAMPLES).map(({ cells }) => cells.map((cell) => cell.slice(0, 100)));
      return { format, kind, notes, total, columns: reading.columns, mapping, samples };
    }
    case "document":
      return { format, kind, notes, total, facts: reading.facts };
    case "lines":
      return { format, kind, notes, total };
    default:
      throw new Error(`unknown reading ${JSON.stringify(reading satisfies never)}`);
  }
}

const GRAVEST: readonly FindingKind[] = ["contradiction", "duplicate", "update", "unchanged"];

function keep(row: CheckedRow, seq: number): KeptRow {
  const finding = GRAVEST.find((kind) => row.findings.some((each) => each.kind === kind));
  return { seq, hasFault: row.faults.length > 0, finding, body: JSON.stringify(row) };
}

async function check(task: Task & { kind: "check" }): Promise<void> {
  const { bytes, name, defaults, database } = task;
  const reading = await readFile(bytes, name, readLimits);
  const mapping = reading.kind === "table" ? (task.mapping ?? guessMapping(reading.columns)) : [];
  const base = database === undefined ? [] : entriesIn(database).map(contentOf);
  const rows = checkReading(reading, { mapping, defaults, base });
  say({ kind: "summary", summary: summaryOf(reading, task, rows.length) });
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = rows.slice(start, start + CHUNK).map((row, i) => keep(row, start + i));
    say({ kind: "rows", rows: chunk });
  }
}

// pdf.js leaves promises behind that nobody waits for; what is wrong with a file is told by those that are awaited.
process.on("unhandledRejection", () => undefined);

async function run(task: Task): Promise<void> {
  try {
    if (task.kind === "check") await check(task);
    else say({ kind: "bytes", bytes: writeXlsx("知识库", entryRows(entriesIn(task.database))) });
    say({ kind: "end" });
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    say({ kind: "unreadable", fault: error.fault });
  }
}

await run(workerData as Task);
