import { open, readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { CheckedRow } from "../../knowledge/import/check.ts";
import { UnreadableFile } from "../../knowledge/import/fault.ts";
import type { Entry } from "../../knowledge/policies/entry.ts";
import { inThread } from "../knowledge/import/in-thread.ts";
import type { KnowledgeStore } from "../store/sqlite/knowledge-store.ts";
import { InputError } from "./json-lines.ts";

const HEAD = 512;
const MOST_FAULTS = 20;

/** Whether a file is read line by line as JSON, whatever it is called: one that is empty too. */
export async function isJsonLines(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    const start = buffer
      .subarray(0, bytesRead)
      .toString("utf8")
      .replace(/^\ufeff/, "")
      .trimStart();
    return start === "" || start.startsWith("{");
  } finally {
    await handle.close();
  }
}

/**
 * Imports a file that editors have. All of it or nothing: faults of its rows throw one InputError that names them. `report` gets what
 * people should know besides.
 */
export async function* knowledgeImportFile(options: {
  file: string;
  databaseFile: string;
  publish: boolean;
  store: KnowledgeStore;
  report(line: string): void;
}): AsyncGenerator<{ imported: number; status: Entry["status"] }> {
  const { publish, store, report } = options;
  const status = publish ? "published" : "draft";
  const rows = await checkedRows(options);
  refuseFaults(rows);
  for (const line of rows.flatMap(contradictionsOf)) report(line);
  const entries = rows.flatMap(({ content }) => (content ? [{ ...content, status } as const] : []));
  yield { imported: await store.importEntries(entries, { publish }), status };
}

async function checkedRows(options: { file: string; databaseFile: string; report(line: string): void }) {
  const { file, databaseFile: database, report } = options;
  const rows: CheckedRow[] = [];
  const bytes = await readFile(file);
  try {
    for await (const said of inThread({ kind: "check", bytes, name: basename(file), defaults: {}, database })) {
      if (said.kind === "summary") for (const note of said.summary.notes) report(note);
      if (said.kind === "rows") rows.push(...said.rows.map(({ body }) => JSON.parse(body) as CheckedRow));
    }
  } catch (cause) {
    throw cause instanceof UnreadableFile ? new InputError(cause.message, { cause }) : cause;
  }
  return rows;
}

const contradictionsOf = ({ place, findings }: CheckedRow): string[] =>
  findings.flatMap((finding) => {
    if (finding.kind !== "contradiction") return [];
    const { ours, theirs } = finding.differs[0];
    return [`${place}：与“${finding.with.name}”说法不一：${ours} ／ ${theirs}`];
  });

function refuseFaults(rows: readonly CheckedRow[]): void {
  const faulty = rows.filter(({ faults }) => faults.length > 0);
  if (faulty.length === 0) return;
  const told = faulty.slice(0, MOST_FAULTS).map(({ place, faults }) => `${place}：${faults.join("；")}`);
  const more = faulty.length > MOST_FAULTS ? [`还有 ${faulty.length - MOST_FAULTS} 行有错误`] : [];
  throw new InputError([...told, ...more, "没有导入任何内容。"].join("\n"));
}
