import { UnreadableFile } from "../../../knowledge/import/fault.ts";
import { detectFormat } from "../../../knowledge/import/format.ts";
import { readLimits } from "../../../knowledge/import/limits.ts";
import { asError } from "../../log.ts";
import { safeFileName } from "../../media/file-name.ts";
import {
  clearRows,
  createImportTable,
  type ImportRow,
  type ImportSettings,
  type RowCounts,
  type RowFilter,
} from "../../store/sqlite/knowledge/import-table.ts";
import type { Editor } from "../life.ts";
import { type Choice, type ChoiceRefusal, judgeChoice } from "./choice.ts";
import type { ImportParts } from "./parts.ts";
import { createRunner } from "./runner.ts";
import { settingsFault } from "./settings.ts";

/** Why something was not done with an import. Nothing was changed. */
export type ImportRefusal =
  | { kind: "not-found" }
  | { kind: "unreadable"; message: string }
  | { kind: "bad-settings"; message: string }
  /** It is in another state, so this cannot be done now. */
  | { kind: "wrong-state"; state: ImportRow["state"] }
  | ChoiceRefusal;

export type ImportOutcome = { kind: "done"; id: string } | ImportRefusal;

/**
 * Files on their way into the knowledge base: read and compared in a thread, looked at by editors, and then imported as drafts. A start
 * is one commit and cannot be taken back: all chosen rows come in, some at a time, and nobody sees some of them only, because everybody
 * who looks waits until they are in. What has begun goes on after a restart.
 */
export interface KnowledgeImports {
  create(by: Editor, file: { bytes: Uint8Array; name: string }): Promise<ImportOutcome>;
  find(id: string): (ImportRow & { counts: RowCounts }) | undefined;
  /** Newest first. */
  list(): ImportRow[];
  rows(id: string, filter: RowFilter): { seq: number; chosen: boolean; body: string }[];
  /** Reads the file again with other settings. */
  adjust(id: string, settings: ImportSettings): Promise<ImportOutcome>;
  start(id: string, choice: Choice): Promise<ImportOutcome>;
  /** Nothing of it is imported, unless it was started before. */
  cancel(id: string): Promise<ImportOutcome>;
  /** As `KnowledgeStore.settled`. */
  settled(): Promise<void>;
  /** Goes on with what has been left, at first with everything, and forgets what ended long ago. */
  sweep(): Promise<void>;
  /** Resolves when nothing is being read or imported. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

const NEWEST = 50;
const CHOSEN_AT_ONCE = 1_000;
const SWEEP_MS = 60_000;
/** Longer than anything takes: whoever was at it is gone. */
const LEFT_MS = 10 * 60_000;
/** The last moment that a date can name (ECMA-262, 21.4.1.1). */
const FOR_EVER = 8.64e15;
const FORGET_MS = 30 * 86_400_000;

class Refused extends Error {
  readonly refusal: ImportRefusal;
  constructor(refusal: ImportRefusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

function refuse(refusal: ImportRefusal): never {
  throw new Refused(refusal);
}

export function createKnowledgeImports(parts: ImportParts): KnowledgeImports {
  const { database, folder, seal, store, clock, log, newId } = parts;
  const table = createImportTable(database);
  const runner = createRunner({ ...parts, table });
  let sweptAt: number | undefined;
  let takingIn: Promise<void> = Promise.resolve();

  function known(id: string, ...states: ImportRow["state"][]): ImportRow {
    const found = table.find(id) ?? refuse({ kind: "not-found" });
    if (!states.includes(found.state)) refuse({ kind: "wrong-state", state: found.state });
    return found;
  }

  async function attempt(id: string, work: () => Promise<void> | void): Promise<ImportOutcome> {
    try {
      await work();
      return { kind: "done", id };
    } catch (error) {
      if (error instanceof Refused) return error.refusal;
      throw error;
    }
  }

  async function create(by: Editor, file: { bytes: Uint8Array; name: string }): Promise<ImportOutcome> {
    const fileName = safeFileName(file.name) ?? "file";
    try {
      detectFormat(file.bytes, fileName, readLimits);
    } catch (error) {
      if (error instanceof UnreadableFile) return { kind: "unreadable", message: error.message };
      throw error;
    }
    const id = newId();
    await folder.write(id, seal.closeFile(file.bytes, id));
    const settings: ImportSettings = { defaults: {} };
    await database.write(() => table.add({ id, by: by.username, fileName, settings, at: clock.now() }));
    runner.add(id);
    return { kind: "done", id };
  }

  async function adjust(id: string, settings: ImportSettings): Promise<ImportOutcome> {
    const outcome = await attempt(id, () =>
      database.write(() => {
        const { summary } = known(id, "ready");
        const message = settingsFault(settings, summary?.columns);
        if (message !== undefined) refuse({ kind: "bad-settings", message });
        table.set(id, settings);
        table.move(id, "ready", "reading", clock.now());
      }),
    );
    if (outcome.kind === "done") runner.add(id);
    return outcome;
  }

  /** Notes some rows at a time what is to be imported; of two who start, the one who began last goes on. */
  async function choose(id: string, choice: Choice): Promise<void> {
    const turn = await database.write(() => table.takeTurn(known(id, "ready").id, "ready", clock.now()));
    const judged = judgeChoice(choice, { size: table.size(id), faulty: table.faulty(id) });
    if (judged.kind !== "wanted") refuse(judged);
    const { wanted } = judged;
    const own = () => {
      const found = known(id, "ready");
      if (found.turn !== turn) refuse({ kind: "wrong-state", state: "importing" });
    };
    for (let from = 0; from < table.size(id); from += CHOSEN_AT_ONCE) {
      const to = from + CHOSEN_AT_ONCE;
      const some = wanted.filter((seq) => seq >= from && seq < to);
      await database.write(() => {
        own();
        table.choose(id, from, to, some);
      });
    }
    await database.write(() => {
      own();
      table.progress(id, 0, wanted.length, clock.now());
      table.move(id, "ready", "importing", clock.now());
    });
  }

  async function start(id: string, choice: Choice): Promise<ImportOutcome> {
    const outcome = await attempt(id, () => choose(id, choice));
    if (outcome.kind === "done") takeInBehind([id]);
    return outcome;
  }

  const underWay = () => table.inState("importing", new Date(FOR_EVER)).map(({ id }) => id);

  /** Sealed files go when their rows are in, whichever process did that. */
  async function takeIn(ids: readonly string[]): Promise<void> {
    await store.settled();
    for (const id of ids) if (table.find(id)?.state === "done") await folder.remove(id);
  }

  function takeInBehind(ids: readonly string[]): void {
    takingIn = takingIn
      .then(() => takeIn(ids))
      .catch((error: unknown) => log.error("knowledge.import-failed", { ids: ids.join(" "), error: asError(error) }));
  }

  async function cancel(id: string): Promise<ImportOutcome> {
    const outcome = await attempt(id, () =>
      database.write(() => {
        const { state } = known(id, "reading", "ready");
        table.move(id, state, "cancelled", clock.now());
      }),
    );
    if (outcome.kind !== "done") return outcome;
    runner.abort(id);
    await clearRows({ table, database }, id);
    await folder.remove(id);
    return outcome;
  }

  async function forget(now: number): Promise<void> {
    for (const id of table.ended(new Date(now - FORGET_MS))) {
      await clearRows({ table, database }, id);
      await database.write(() => table.remove(id));
      await folder.remove(id);
    }
  }

  return {
    create,
    adjust,
    start,
    cancel,
    find(id) {
      const found = table.find(id);
      return found && { ...found, counts: table.counts(id) };
    },
    list: () => table.newest(NEWEST),
    rows: table.rows,
    async settled() {
      if (table.isUnderWay()) await takeIn(underWay());
    },
    async sweep() {
      const now = clock.now().getTime();
      if (sweptAt !== undefined && now - sweptAt < SWEEP_MS) return;
      // At the first look nobody of this process is at anything: all of it was left by a process that ended.
      const since = new Date(sweptAt === undefined ? FOR_EVER : now - LEFT_MS);
      sweptAt = now;
      for (const { id } of table.inState("reading", since)) runner.add(id);
      takeInBehind(underWay());
      await forget(now);
    },
    async idle() {
      await runner.idle();
      await takingIn;
    },
    async stop() {
      await store.stop();
      await runner.stop();
      await takingIn;
    },
  };
}
