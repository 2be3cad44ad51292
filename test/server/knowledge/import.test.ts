import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openFolder } from "../../../server/media/folder.ts";
import { openDatabase } from "../../../server/store/sqlite/database.ts";
import { createImportTable } from "../../../server/store/sqlite/knowledge/import-table.ts";
import { createKnowledgeStore } from "../../../server/store/sqlite/knowledge-store.ts";
import { docx, paragraph, pdf } from "../../knowledge/import/office-files.ts";
import { type Answer, knowledgeCity, SAUNA } from "./knowledge-city.ts";

const city = knowledgeCity();
const { get, post, put, upload } = city;

/** The import as it stands when nothing is going on any more. */
async function settled(id: string): Promise<Answer["body"]> {
  await city.house().knowledgeRooms.imports.idle();
  return (await get(`/imports/${id}`)).body;
}
async function uploaded(name: string, bytes: Uint8Array | string): Promise<Answer["body"]> {
  const answer = await upload(name, bytes);
  expect(answer.status).toBe(201);
  expect(answer.body.state).toBe("reading");
  return settled(answer.body.id);
}
const rowsOf = async (id: string, query = "") => (await get(`/imports/${id}/rows${query}`)).body.rows;
const entryOf = async (id: string) => (await get(`/entries/${id}`)).body;
const waiting = () => {
  try {
    return readdirSync(join(city.dataDir(), "knowledge-imports"));
  } catch {
    return [];
  }
};

const table = (rows: string[]) => `编号,问题,答案,来源\n${rows.join("\n")}\n`;
const patch = (path: string, body: unknown) => city.call("PATCH", `/knowledge${path}`, "ed", body);

describe("a file of an editor", () => {
  it("is looked at first, and becomes drafts only when it is started", async () => {
    const ready = await uploaded("云梯.csv", table(["i1,云梯怎么领？,到站领。,云梯办法", "i2,云梯几点开？,,云梯办法"]));
    expect(ready).toMatchObject({
      state: "ready",
      fileName: "云梯.csv",
      by: "ed",
      format: "CSV 表格",
      total: 2,
      done: 2,
      counts: { faults: 1, chosen: 1 },
      columns: [
        { name: "编号", field: "id" },
        { name: "问题", field: "question" },
        { field: "text", samples: ["到站领。", ""] },
        { field: "source.title" },
      ],
    });
    expect(await rowsOf(ready.id)).toMatchObject([
      { seq: 0, place: "第 2 行", chosen: true, content: { id: "i1", question: "云梯怎么领？" }, faults: [] },
      { seq: 1, place: "第 3 行", chosen: false, faults: ["答案（正文）是空的"] },
    ]);
    expect((await get("/entries/i1")).status).toBe(404);
    expect((await post(`/imports/${ready.id}/start`, "ed")).status).toBe(200);
    expect(await settled(ready.id)).toMatchObject({
      state: "done",
      done: 1,
      total: 1,
      result: { imported: 1, leftOut: 1 },
    });
    expect(await entryOf("i1")).toMatchObject({
      status: "draft",
      head: { state: "draft", author: { username: "ed" }, version: 1 },
    });
    expect((await get("/entries/i2")).status).toBe(404);
    expect(waiting()).toEqual([]);
  });

  it("is never answered from before somebody else has published it", async () => {
    const { id } = await uploaded("a.csv", table(["i3,公共云梯站几点开门？,早上九点开门。,云梯办法"]));
    await post(`/imports/${id}/start`, "ed");
    await settled(id);
    expect(await city.ask("公共云梯站几点开门？")).not.toContain("九点");
    await city.advance("i3", 1, "published");
    expect(await city.ask("公共云梯站几点开门？")).toContain("九点");
    await city.house().knowledgeStore.withdraw("i3");
  });

  it("of Word and PDF is shown section by section", async () => {
    const lines = ["云梯管理办法", "第一条 【申请条件】年满18周岁。", "第二条 每月补贴300元。"];
    const word = await uploaded("a.docx", docx(lines.map((line) => paragraph(line)).join("")));
    expect(word).toMatchObject({
      state: "ready",
      kind: "document",
      document: { title: "云梯管理办法" },
      counts: { chosen: 2 },
    });
    expect(await rowsOf(word.id)).toMatchObject([
      { place: "第一条", content: { question: "云梯的申请条件是什么？", source: { article: "第一条" } } },
      { place: "第二条", content: { text: "第二条 每月补贴300元。" } },
    ]);
    expect(await uploaded("a.pdf", pdf([lines]))).toMatchObject({ state: "ready", counts: { chosen: 2 } });
  });

  it("is shown beside what contradicts it", async () => {
    await city.entry("draft", { question: "桑拿房一次收多少钱？", text: "每次收30元。" });
    const { id } = await uploaded("a.csv", table([`i4,请问桑拿房一次收多少钱,每次收50元。,办法`]));
    const [row] = await rowsOf(id, "?only=contradictions");
    expect(row).toMatchObject({
      place: "第 2 行",
      findings: [
        {
          kind: "contradiction",
          with: { in: "base", name: "桑拿房一次收多少钱？" },
          differs: [{ kind: "amount", ours: "每次收50元。", theirs: "每次收30元。" }],
        },
      ],
    });
  });

  it("is read by another mapping, and with values for all rows", async () => {
    const { id, columns } = await uploaded("a.csv", "甲,乙\n云梯谁管？,站里管。\n");
    expect(columns.map((column: { field: string | null }) => column.field)).toEqual([null, null]);
    const body = { mapping: ["question", "text"], defaults: { "source.title": "云梯办法", owner: "云梯局" } };
    expect((await patch(`/imports/${id}`, body)).body.state).toBe("reading");
    expect(await settled(id)).toMatchObject({ state: "ready", counts: { faults: 0, chosen: 1 } });
    expect((await rowsOf(id))[0].content).toMatchObject({ source: { title: "云梯办法" }, owner: "云梯局" });
  });

  it("brings what is there already as new versions, once", async () => {
    const lines = table(["i6,云梯多高？,三米。,云梯办法"]);
    for (const text of [lines, lines.replace("三米", "五米"), lines.replace("三米", "五米")]) {
      const { id } = await uploaded("a.csv", text);
      await post(`/imports/${id}/start`, "ed");
      await settled(id);
    }
    expect(
      (await get("/entries/i6/versions")).body.versions.map((version: { version: number }) => version.version),
    ).toEqual([2, 1]);
  });

  it("that a restart has interrupted goes on by itself", async () => {
    const { id } = await uploaded("a.csv", table(["i7,云梯多重？,十斤。,云梯办法"]));
    const { database, knowledgeRooms } = city.house();
    await knowledgeRooms.stop();
    await database.write(() => createImportTable(database).move(id, "ready", "importing", new Date()));
    expect((await get("/entries/i7")).status).toBe(404);
    await city.reopen();
    await city.house().knowledgeRooms.sweep();
    expect(await settled(id)).toMatchObject({ state: "done", result: { imported: 1 } });
    expect((await get("/entries/i7")).status).toBe(200);
  });

  it("that was being read at a restart is read again, from its sealed copy", async () => {
    const { database, seal, knowledgeRooms } = city.house();
    await knowledgeRooms.stop();
    const table_ = createImportTable(database);
    const bytes = Buffer.from(table(["i8,云梯多长？,三米。,云梯办法"]));
    await openFolder(join(city.dataDir(), "knowledge-imports")).write("left", seal.closeFile(bytes, "left"));
    await database.write(() =>
      table_.add({ id: "left", by: "ed", fileName: "a.csv", settings: { defaults: {} }, at: new Date() }),
    );
    await city.reopen();
    await city.house().knowledgeRooms.sweep();
    expect(await settled("left")).toMatchObject({ state: "ready", counts: { chosen: 1 } });
  });

  it("that is cancelled leaves nothing", async () => {
    const { id } = await uploaded("a.csv", table(["i9,云梯多宽？,一尺。,云梯办法"]));
    expect((await post(`/imports/${id}/cancel`, "ed")).body.state).toBe("cancelled");
    expect(await rowsOf(id)).toEqual([]);
    expect((await post(`/imports/${id}/start`, "ed")).body.error.code).toBe("wrong-state");
    expect((await get("/entries/i9")).status).toBe(404);
  });

  it("is cancelled while it is read", async () => {
    const { body } = await upload("a.csv", table(["j1,云梯多宽？,一尺。,云梯办法"]));
    expect((await post(`/imports/${body.id}/cancel`, "ed")).status).toBe(200);
    expect(await settled(body.id)).toMatchObject({ state: "cancelled" });
    expect(waiting()).not.toContain(body.id);
  });
});

describe("a file of many rows, taken in piece by piece", () => {
  const ROWS = 1_200;
  const tableOf = (prefix: string, say: string) =>
    table(
      Array.from(
        { length: ROWS },
        (_, i) => `${prefix}-${i},${prefix}第${i}号云梯怎么领？,${say}${i}号站领。,云梯办法`,
      ),
    );
  /** As whoever reads the database itself has it; `rows`: hidden ones too. */
  const inDatabase = (prefix: string, from: "knowledge_entries" | "knowledge_entry_rows") =>
    city
      .house()
      .database.raw.prepare(`SELECT count(*) FROM ${from} WHERE id LIKE ?`)
      .pluck()
      .get(`${prefix}-%`) as number;
  const listed = async (prefix: string) =>
    (await get(`/entries?q=${encodeURIComponent(`${prefix}第`)}`)).body.total as number;
  const piece = () => new Promise((resolve) => setTimeout(resolve, 1));

  async function ready(prefix: string, say = "到"): Promise<string> {
    return (await uploaded("a.csv", tableOf(prefix, say))).id;
  }
  /** Waits until some of it is in, and not all. */
  async function inTheMiddle(id: string, prefix: string): Promise<void> {
    await post(`/imports/${id}/start`, "ed");
    while (inDatabase(prefix, "knowledge_entry_rows") === 0) await piece();
    expect(inDatabase(prefix, "knowledge_entry_rows")).toBeLessThan(ROWS);
  }

  it("is not there for anybody before all of it is", async () => {
    const id = await ready("整");
    await inTheMiddle(id, "整");
    expect(inDatabase("整", "knowledge_entries")).toBe(0);
    expect((await city.house().knowledgeStore.changedSince(0)).entries.some(({ id }) => id.startsWith("整"))).toBe(
      false,
    );
    expect(await listed("整")).toBe(ROWS);
    expect((await get(`/entries/整-${ROWS - 1}`)).status).toBe(200);
    expect(await settled(id)).toMatchObject({ state: "done", done: ROWS, result: { imported: ROWS, leftOut: 0 } });
  });

  it("goes on after a restart, every row once", async () => {
    const id = await ready("断");
    await inTheMiddle(id, "断");
    await city.house().knowledgeRooms.stop();
    const left = inDatabase("断", "knowledge_entry_rows");
    expect([left > 0 && left < ROWS, inDatabase("断", "knowledge_entries")]).toEqual([true, 0]);
    expect((await post(`/imports/${id}/cancel`, "ed")).body.error.code).toBe("wrong-state");
    await city.reopen();
    expect(await listed("断")).toBe(ROWS);
    await city.house().knowledgeRooms.sweep();
    expect(await settled(id)).toMatchObject({ state: "done", result: { imported: ROWS, leftOut: 0 } });
    const { raw } = city.house().database;
    const versions = raw.prepare("SELECT count(*) FROM knowledge_versions WHERE entry_id LIKE '断-%'").pluck();
    expect(versions.get()).toBe(ROWS);
    expect(waiting()).not.toContain(id);
  });

  it("is taken in by two processes at once, every row once", async () => {
    await settledTwice("双", await ready("双"));
    await settledTwice("双", await ready("双", "改到"));
    const { raw } = city.house().database;
    const versions = raw.prepare("SELECT count(*) FROM knowledge_versions WHERE entry_id LIKE '双-%' AND version = ?");
    expect([1, 2, 3].map((version) => versions.pluck().get(version))).toEqual([ROWS, ROWS, 0]);
    expect((await entryOf(`双-${ROWS - 1}`)).head).toMatchObject({ version: 2, state: "draft" });
  });

  async function settledTwice(prefix: string, id: string): Promise<void> {
    const file = join(city.dataDir(), "jiesu.sqlite");
    const other = openDatabase({ file, migrationsDir: "server/store/sqlite/migrations" });
    try {
      await post(`/imports/${id}/start`, "ed");
      await Promise.all([createKnowledgeStore({ database: other }).settled(), city.house().knowledgeStore.settled()]);
      expect(inDatabase(prefix, "knowledge_entries")).toBe(ROWS);
      expect(await settled(id)).toMatchObject({ state: "done", result: { imported: ROWS, leftOut: 0 } });
    } finally {
      await other.close();
    }
  }

  it("loses nobody's words: what was saved before lies under it, what comes meanwhile beside it", async () => {
    const first = await ready("词");
    await post(`/imports/${first}/start`, "ed");
    await settled(first);
    const last = `词-${ROWS - 1}`;
    const of = (text: string) => ({ question: "云梯怎么领？", text, similar: [], source: { title: "云梯办法" } });
    const second = await ready("词", "改到");
    expect((await put(`/entries/${last}`, "ed2", { base: 1, content: of("先写的话。") })).status).toBe(200);
    await post(`/imports/${second}/start`, "ed");
    const late = await put(`/entries/${last}`, "ed2", { base: 2, content: of("后写的话。") });
    expect([late.status, late.body.error.code]).toEqual([409, "conflict"]);
    const { versions } = (await get(`/entries/${last}/versions`)).body;
    expect(versions.map((one: { version: number; state: string }) => `${one.version} ${one.state}`)).toEqual([
      "4 aside",
      "3 draft",
      "2 superseded",
      "1 superseded",
    ]);
    const textOf = async (version: number) => (await get(`/entries/${last}/versions/${version}`)).body.content.text;
    expect([await textOf(2), await textOf(4)]).toEqual(["先写的话。", "后写的话。"]);
  });

  it("imports those rows only that were chosen, in whatever number", async () => {
    const id = await ready("选");
    const rows = Array.from({ length: ROWS }, (_, seq) => seq).filter((seq) => seq % 3 === 0);
    await post(`/imports/${id}/start`, "ed", { rows, except: [0] });
    expect(await settled(id)).toMatchObject({ state: "done", result: { imported: rows.length - 1 } });
    expect([(await get("/entries/选-0")).status, (await get("/entries/选-1")).status]).toEqual([404, 404]);
    expect((await get(`/entries/选-${rows.at(-1)}`)).status).toBe(200);
  });
});

describe("what is not done", () => {
  it("a file that cannot be read: at once where its first bytes tell, and nothing is kept", async () => {
    const before = waiting();
    const answer = await upload("a.doc", Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(100)]));
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain("旧版");
    expect((await upload("a.csv", "")).body.error.message).toContain("空的");
    expect(waiting()).toEqual(before);
    expect(await uploaded("a.pdf", pdf([[], []]))).toMatchObject({
      state: "failed",
      message: expect.stringContaining("扫描件"),
    });
  });

  it("a file that is too big", async () => {
    const answer = await upload("a.csv", Buffer.alloc(50 * 1024 * 1024 + 1, "a"));
    expect(answer.status).toBe(413);
    expect(answer.body.error.message).toContain("50 MB");
  });

  it("rows with faults, no rows, and settings that fit nothing", async () => {
    const { id } = await uploaded("a.csv", table(["k1,一？,答,办法", "k2,二？,,办法"]));
    expect((await post(`/imports/${id}/start`, "ed", { rows: [0, 1] })).body.error).toMatchObject({
      code: "faulty-rows",
    });
    expect((await post(`/imports/${id}/start`, "ed", { except: [0] })).body.error).toMatchObject({
      code: "nothing-chosen",
    });
    expect((await patch(`/imports/${id}`, { mapping: ["question"] })).body.error.message).toContain("4 列");
    expect((await patch(`/imports/${id}`, { mapping: ["question", "question", "text", null] })).status).toBe(400);
    expect((await patch(`/imports/${id}`, { mapping: ["nonsense", null, null, null] })).status).toBe(400);
    expect((await get(`/imports/${id}`)).body.state).toBe("ready");
  });

  it("anything for those who do not keep the knowledge base", async () => {
    expect((await upload("a.csv", "问题,答案\n", "wang")).status).toBe(403);
    expect((await get("/imports", "wang")).status).toBe(403);
    expect((await get("/export?format=xlsx", "wang")).status).toBe(403);
    expect((await city.call("GET", "/knowledge/imports")).status).toBe(401);
    expect((await get("/imports/none")).status).toBe(404);
  });
});

it("exports what is there, so that importing it again changes nothing", async () => {
  await city.entry("draft", {
    ...SAUNA,
    similar: ["=1+1", "甲；乙"],
    owner: "甲局",
    tests: [{ question: "几点？", expect: "this" }],
  });
  const before = (await get("/audit")).body.lines.length;
  for (const format of ["xlsx", "jsonl"]) {
    const bytes = await city.download(`/export?format=${format}`);
    const { id, counts, total } = await uploaded(`export.${format}`, bytes);
    expect(counts).toMatchObject({ faults: 0, unchanged: total });
    await post(`/imports/${id}/start`, "ed");
    expect(await settled(id)).toMatchObject({ state: "done" });
  }
  expect((await get("/audit")).body.lines.length).toBe(before);
});
