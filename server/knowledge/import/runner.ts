import { UnreadableFile } from "../../../knowledge/import/fault.ts";
import { asError } from "../../log.ts";
import { clearRows, type ImportRow, type ImportTable } from "../../store/sqlite/knowledge/import-table.ts";
import { inThread } from "./in-thread.ts";
import type { ImportParts } from "./parts.ts";
import type { Said } from "./task.ts";

interface Runner {
  /** Reads it when what came before is done. */
  add(id: string): void;
  abort(id: string): void;
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** A multiple of what the thread says at once. */
const ROWS_A_CHECKPOINT = 4_000;
/** A file at which the process has died this often is not read again. */
const MOST_TRIES = 5;
const BROKEN = "导入时出了错，没有导入任何内容。请再试一次；还不行请联系管理员。";
const GIVEN_UP = "读了几次都没有读完，已经停止，没有导入任何内容。请另存一份或拆成几个文件后再试。";

/** Somebody else has taken over, or it was cancelled: nothing more is to be written. */
class TakenOver extends Error {}

/** Reads one file at a time. Each step is judged again inside its write, so that no two processes keep the rows of one file. */
export function createRunner(parts: ImportParts & { table: ImportTable }): Runner {
  const { database, databaseFile, folder, seal, store, table, clock, log } = parts;
  const aborts = new Map<string, AbortController>();
  let queue: Promise<void> = Promise.resolve();
  let isStopped = false;

  function writeIf<T>(row: ImportRow, turn: number, work: () => T): Promise<T> {
    return database.write(() => {
      const now = table.find(row.id);
      if (now?.turn !== turn || now.state !== row.state) throw new TakenOver();
      return work();
    });
  }

  async function fail(row: ImportRow, turn: number, fault: string): Promise<void> {
    await writeIf(row, turn, () => {
      table.end(row.id, { fault });
      table.move(row.id, row.state, "failed", clock.now(), turn);
    });
    await clearRows(parts, row.id);
    await folder.remove(row.id);
  }

  async function keep(row: ImportRow, turn: number, said: Said, done: number): Promise<number> {
    switch (said.kind) {
      case "summary":
        await clearRows({ table, database: { write: (work) => writeIf(row, turn, work) } }, row.id);
        await writeIf(row, turn, () => table.summarize(row.id, said.summary));
        return 0;
      case "rows":
        await writeIf(row, turn, () => {
          table.keepRows(row.id, said.rows);
          const { total } = table.find(row.id) ?? row;
          table.progress(row.id, done + said.rows.length, total, clock.now());
        });
        if (done % ROWS_A_CHECKPOINT === 0) database.checkpoint();
        return done + said.rows.length;
      default:
        return done;
    }
  }

  async function read(row: ImportRow, turn: number, signal: AbortSignal): Promise<void> {
    const { id, fileName: name, settings } = row;
    // It is held against whole files only.
    await store.settled();
    const bytes = seal.openFile(await folder.read(id), id);
    let done = 0;
    const task = { kind: "check" as const, bytes, name, ...settings, database: databaseFile };
    for await (const said of inThread(task, parts.limits, signal)) done = await keep(row, turn, said, done);
    await writeIf(row, turn, () => {
      table.move(id, "reading", "ready", clock.now(), turn);
    });
  }

  async function work(id: string): Promise<void> {
    const found = table.find(id);
    if (isStopped || found?.state !== "reading") return;
    const turn = await database.write(() => table.takeTurn(id, "reading", clock.now()));
    if (turn === undefined) return;
    const controller = new AbortController();
    aborts.set(id, controller);
    const fault = await carryOut(found, turn, controller.signal);
    aborts.delete(id);
    if (fault !== undefined && !controller.signal.aborted) await fail(found, turn, fault);
  }

  /** The sentence that says why it failed, if it did. */
  async function carryOut(row: ImportRow, turn: number, signal: AbortSignal): Promise<string | undefined> {
    if (row.tries >= MOST_TRIES) return GIVEN_UP;
    try {
      await read(row, turn, signal);
      return undefined;
    } catch (error) {
      if (error instanceof TakenOver || signal.aborted) return undefined;
      if (error instanceof UnreadableFile) return error.message;
      log.error("knowledge.import-failed", { id: row.id, error: asError(error) });
      return BROKEN;
    }
  }

  return {
    add(id) {
      queue = queue
        .then(() => work(id))
        .catch((error: unknown) => {
          if (!(error instanceof TakenOver)) log.error("knowledge.import-failed", { id, error: asError(error) });
        });
    },
    abort: (id) => aborts.get(id)?.abort(),
    idle: () => queue,
    async stop() {
      isStopped = true;
      for (const controller of aborts.values()) controller.abort();
      await queue;
    },
  };
}
