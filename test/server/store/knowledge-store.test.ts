import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Entry } from "../../../knowledge/policies/entry.ts";
import { createKnowledgeBase } from "../../../knowledge/policies/knowledge-base.ts";
import { noSynonyms } from "../../../knowledge/text/own-synonyms.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { openDatabase, type SqliteDatabase } from "../../../server/store/sqlite/database.ts";
import { createAuditTable } from "../../../server/store/sqlite/knowledge/audit-table.ts";
import { createEntryTable } from "../../../server/store/sqlite/knowledge/entry-table.ts";
import { createImportTable } from "../../../server/store/sqlite/knowledge/import-table.ts";
import { createSynonymTable } from "../../../server/store/sqlite/knowledge/synonym-table.ts";
import { createKnowledgeStore } from "../../../server/store/sqlite/knowledge-store.ts";

const migrationsDir = join(import.meta.dirname, "../../../server/store/sqlite/migrations");
const at = new Date("2026-11-22T10:00:00+08:00");
const entry = (id: string, text = "最长二十四个月。"): Entry => ({
  id,
  question: "失业保险金可以领几个月？",
  text,
  similar: [],
  source: { title: "失业保险条例" },
  status: "draft",
});

let dir: string;
let opened: SqliteDatabase[];
const open = () => {
  const database = openDatabase({ file: join(dir, "jiesu.db"), migrationsDir });
  opened.push(database);
  return createKnowledgeStore({ database });
};

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "jiesu-knowledge-"));
  opened = [];
});
afterEach(async () => {
  for (const database of opened) await database.close();
  rmSync(dir, { recursive: true });
});

describe("the knowledge store", () => {
  it("gives back what was imported, with the status asked for", async () => {
    const store = open();
    expect(await store.importEntries([entry("a")], { publish: true })).toBe(1);
    expect(await store.importEntries([entry("b")], { publish: false })).toBe(1);
    expect(await store.all()).toEqual([
      { ...entry("a"), status: "published", version: 1 },
      { ...entry("b"), status: "draft", version: 1 },
    ]);
  });

  it("numbers changes in their order, a replaced entry coming last", async () => {
    const store = open();
    await store.importEntries([entry("a"), entry("b")], { publish: true });
    const before = await store.lastChange();
    await store.importEntries([entry("a", "改过。")], { publish: true });
    const changes = await store.changedSince(before);
    expect(changes.entries).toEqual([{ ...entry("a", "改过。"), status: "published", version: 2 }]);
    expect(changes.change).toBe(before + 1);
    expect(await store.changedSince(changes.change)).toEqual({ entries: [], change: changes.change });
  });

  it("keeps a withdrawal where others can see it, and withdraws once", async () => {
    const store = open();
    await store.importEntries([entry("a")], { publish: true });
    const before = await store.lastChange();
    expect(await store.withdraw("a")).toBe(true);
    expect(await store.withdraw("a")).toBe(false);
    expect(await store.withdraw("nobody")).toBe(false);
    expect(await store.all()).toEqual([]);
    expect((await store.changedSince(before)).entries).toMatchObject([{ id: "a", status: "withdrawn" }]);
  });

  it("shows a running knowledge base what another connection imports and withdraws", async () => {
    const reader = createKnowledgeBase({ entries: open(), segmenter: createSegmenter(), refreshEveryMs: 0 });
    const writer = open();
    expect((await reader.answer("失业保险金可以领几个月", at)).kind).toBe("unsure");
    await writer.importEntries([entry("a")], { publish: true });
    expect((await reader.answer("失业保险金可以领几个月", at)).kind).toBe("answered");
    await writer.withdraw("a");
    expect((await reader.answer("失业保险金可以领几个月", at)).kind).toBe("unsure");
  });

  it("asks with the synonyms that another connection has published, as soon as it looks again", async () => {
    const store = open();
    const synonyms = createSynonymTable(opened.at(-1) as SqliteDatabase);
    await store.importEntries([entry("a")], { publish: true });
    const list = () => synonyms.inUse() ?? noSynonyms;
    const options = { entries: store, synonyms: list, segmenter: createSegmenter(), refreshEveryMs: 0 };
    const reader = createKnowledgeBase(options);
    const asked = async () => (await reader.answer("待业救助款可以领几个月", at)).kind;
    expect(await asked()).toBe("unsure");
    open();
    const other = opened.at(-1) as SqliteDatabase;
    const writer = createSynonymTable(other);
    const row = {
      version: 1,
      groups: [["待业救助款", "失业保险金"]],
      off: [],
      writers: ["ed"],
      author: "ed",
      savedAt: at,
    };
    await other.write(() => writer.propose(row));
    expect(await asked()).toBe("unsure");
    await other.write(() => writer.publish(1));
    expect(await asked()).toBe("answered");
  });

  it("takes thousands of entries in one go", async () => {
    const store = open();
    const many = Array.from({ length: 5000 }, (_, i) => entry(`e${i}`));
    expect(await store.importEntries(many, { publish: true })).toBe(5000);
    expect((await store.changedSince(0)).entries.length).toBe(5000);
  });

  it("lets others write while thousands of entries come in, and keeps nothing of how they came", async () => {
    const store = open();
    open();
    const [own, other] = opened.slice(-2) as [SqliteDatabase, SqliteDatabase];
    const many = Array.from({ length: 5000 }, (_, i) => entry(`e${i}`));
    let written = 0;
    let isIn = false;
    const coming = store.importEntries(many, { publish: false }).then(() => {
      isIn = true;
    });
    while (!isIn) {
      await other.write(() => createImportTable(other).isUnderWay());
      written++;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await coming;
    expect(written).toBeGreaterThan(20);
    expect(createImportTable(own).newest(1)).toEqual([]);
    expect(own.raw.prepare("SELECT count(*) FROM knowledge_import_rows").pluck().get()).toBe(0);
    expect(await store.all()).toHaveLength(5000);
  });

  it("brings in all of what was started when the process that brings it ends in the middle", async () => {
    const store = open();
    const own = opened.at(-1) as SqliteDatabase;
    const many = Array.from({ length: 5000 }, (_, i) => entry(`e${i}`));
    const coming = store.importEntries(many, { publish: true });
    await vi.waitFor(() => expect(createImportTable(own).isUnderWay()).toBe(true), { timeout: 10_000, interval: 1 });
    await store.stop();
    await coming;
    expect((await store.changedSince(0)).entries.length).toBeLessThan(5000);
    const next = open();
    await next.settled();
    expect((await next.changedSince(0)).entries.length).toBe(5000);
  });

  it("keeps what is published in use when a draft of it is imported, and nothing new changes nothing", async () => {
    const store = open();
    await store.importEntries([entry("a")], { publish: true });
    const before = await store.lastChange();
    await store.importEntries([entry("a", "草稿。")], { publish: false });
    await store.importEntries([entry("a", "草稿。")], { publish: false });
    expect(await store.all()).toEqual([{ ...entry("a"), status: "published", version: 1 }]);
    expect(await store.lastChange()).toBe(before);
    const versions = createEntryTable(opened[0] as SqliteDatabase).versions("a");
    expect(versions.map(({ version, state, author }) => `${version} ${state} ${author}`)).toEqual([
      "2 draft import",
      "1 published import",
    ]);
    const lines = createAuditTable(opened[0] as SqliteDatabase).lines({ entryId: "a", limit: 9 });
    expect(lines.map(({ deed, version, to }) => `${deed} ${version} ${to}`)).toEqual([
      "import 2 draft",
      "import 1 published",
    ]);
  });

  it("takes over a database of before: each entry becomes version 1, with a record", async () => {
    const older = join(dir, "older");
    mkdirSync(older);
    for (const file of readdirSync(migrationsDir).filter((name) => name < "018"))
      cpSync(join(migrationsDir, file), join(older, file));
    const file = join(dir, "jiesu.db");
    const before = openDatabase({ file, migrationsDir: older });
    const put = before.raw.prepare("INSERT INTO knowledge_entries VALUES (?, ?, ?, ?, ?)");
    for (const [i, status] of (["published", "draft", "withdrawn"] as const).entries()) {
      const { status: _, ...body } = { ...entry(status), validTo: "2030-12-31" };
      put.run(status, i + 1, status, JSON.stringify(body), "2026-11-20T01:02:03.456Z");
    }
    await before.close();
    const store = open();
    expect((await store.all()).map(({ id, status, version }) => `${id} ${status} ${version}`)).toEqual([
      "published published 1",
      "draft draft 1",
    ]);
    expect(await store.lastChange()).toBe(3);
    const table = createEntryTable(opened[0] as SqliteDatabase);
    expect(table.version("published", 1)).toMatchObject({
      state: "published",
      author: "import",
      savedAt: new Date("2026-11-20T01:02:03.456Z"),
      content: { id: "published", validTo: "2030-12-31" },
    });
    expect(table.endedBefore("2031-01-01", 9)).toEqual(["published"]);
    const lines = createAuditTable(opened[0] as SqliteDatabase).lines({ limit: 9 });
    expect(lines.map(({ entryId, deed }) => `${entryId} ${deed}`).sort()).toEqual([
      "draft import",
      "published import",
      "withdrawn import",
    ]);
  });
});
