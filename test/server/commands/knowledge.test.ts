import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createKnowledgeBase } from "../../../knowledge/policies/knowledge-base.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { createTriage } from "../../../knowledge/triage/triage.ts";
import { InputError } from "../../../server/commands/json-lines.ts";
import { type KnowledgeVerb, runKnowledgeCommand } from "../../../server/commands/knowledge.ts";
import { placesResolve, triageRead } from "../../../server/commands/understanding.ts";
import { openDatabase, type SqliteDatabase } from "../../../server/store/sqlite/database.ts";
import { createKnowledgeStore } from "../../../server/store/sqlite/knowledge-store.ts";

const migrationsDir = join(import.meta.dirname, "../../../server/store/sqlite/migrations");
const at = new Date("2026-11-22T10:00:00+08:00");
const segmenter = createSegmenter();

let database: SqliteDatabase;
beforeEach(() => {
  database = openDatabase({ file: ":memory:", migrationsDir });
});
afterEach(() => database.close());

async function* lines(texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}
const jsonl = (objects: readonly object[]) => lines(objects.map((object) => JSON.stringify(object)));

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function run(verb: KnowledgeVerb, input: AsyncIterable<string>, options: { publish?: boolean; limit?: number } = {}) {
  const store = createKnowledgeStore({ database });
  const knowledge = createKnowledgeBase({ entries: store, segmenter, refreshEveryMs: 0 });
  return collect(runKnowledgeCommand(verb, { input, at, store, knowledge, ...options }));
}

const entries = [
  { id: "job", question: "失业金能领多久？", text: "最长二十四个月。", source: { title: "失业保险条例" } },
  {
    id: "dog",
    question: "狗证去哪里办？",
    text: "到住所地派出所办理养犬登记。",
    source: { title: "北京市养犬管理规定" },
  },
];

describe("knowledge import", () => {
  it("publishes only when asked to", async () => {
    expect(await run("import", jsonl(entries))).toEqual([{ imported: 2, status: "draft" }]);
    expect(await run("search", jsonl([{ id: 1, query: "狗证" }]))).toEqual([{ id: 1, hits: [] }]);
    expect(await run("import", jsonl(entries), { publish: true })).toEqual([{ imported: 2, status: "published" }]);
    expect(await run("search", jsonl([{ id: 1, query: "狗证" }]))).toMatchObject([{ id: 1, hits: [{ id: "dog" }] }]);
  });

  it.each([
    ["not JSON", ["{}{"], /^line 2: not valid JSON$/],
    ["a missing text", [JSON.stringify({ id: "x" })], /^line 2: text: /],
    ["the same id twice", [JSON.stringify(entries[0])], /^line 2: id: /],
  ])("refuses %s with the number of the line, and imports nothing", async (_, faulty, message) => {
    const input = lines([JSON.stringify(entries[0]), ...faulty]);
    const failed = run("import", input, { publish: true });
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toBeInstanceOf(InputError);
    expect(await createKnowledgeStore({ database }).all()).toEqual([]);
  });
});

describe("knowledge search and answer", () => {
  beforeEach(async () => {
    await run("import", jsonl(entries), { publish: true });
  });

  it("keep the order of the questions and the limit", async () => {
    const queries = [
      { id: "b", query: "狗证去哪办" },
      { id: "a", query: "失业金领多久" },
    ];
    const found = await run("search", jsonl(queries), { limit: 1 });
    expect(found).toMatchObject([
      { id: "b", hits: [{ id: "dog" }] },
      { id: "a", hits: [{ id: "job" }] },
    ]);
  });

  it("answer with quotes, or are unsure", async () => {
    const answers = await run(
      "answer",
      jsonl([
        { id: 1, query: "失业金能领多久" },
        { id: 2, query: "你好" },
      ]),
    );
    expect(answers).toMatchObject([
      {
        id: 1,
        kind: "answered",
        text: "最长二十四个月。",
        sources: [{ id: "job", quote: "最长二十四个月。", title: "失业保险条例" }],
      },
      { id: 2, kind: "unsure", sources: [] },
    ]);
  });

  it("pass over empty lines and take several lines at once", async () => {
    const answers = await run("search", lines(["\n", `{"id":1,"query":"狗证"}\r\n{"id":2,"query":"失业金"}\n`]));
    expect(answers).toMatchObject([{ id: 1 }, { id: 2 }]);
  });

  it("name the line of a faulty question", async () => {
    await expect(run("answer", lines(['{"id":1,"query":"狗证"}', '{"id":2}']))).rejects.toThrow(/^line 2: query/);
  });
});

describe("triage read and places resolve", () => {
  const division = (code: string, name: string) => ({ code, name });
  const gazetteer = {
    resolve: async (text: string) =>
      text.includes("望京")
        ? {
            text: "望京",
            district: division("110105", "朝阳区"),
            subdistrict: division("110105026", "望京街道"),
            confidence: 0.8,
          }
        : undefined,
    candidates: async () => [],
    nearest: async () => ({ text: "", confidence: 0 }),
  };
  const path: [string, string, string] = ["公用服务", "供水", "停水"];
  const other: [string, string, string] = ["其他", "其他", "其他事项"];
  const catalogue = {
    leaf: (code: string) => (code === "999999" ? { code, path: other } : undefined),
    rank: (text: string) => (text.includes("停水") ? [{ code: "020101", path, confidence: 0.7 }] : []),
  };
  const triage = createTriage({ catalogue });

  it("read what the contract names", async () => {
    const input = jsonl([{ id: 7, text: "我姓李，望京昨晚11点停水，希望尽快恢复。13812345678" }]);
    expect(await collect(triageRead({ input, triage, catalogue, gazetteer, at }))).toEqual([
      {
        id: 7,
        kind: "help",
        emergency: false,
        statutory: false,
        category: { code: "020101", path, confidence: 0.7 },
        place: "望京",
        when: "昨晚11点",
        contact: { name: "李", phone: "13812345678" },
        wants: "希望尽快恢复",
        slots: [
          { slot: "name", start: 2, end: 3, text: "李", value: "李" },
          {
            slot: "occurredAt",
            start: 6,
            end: 11,
            text: "昨晚11点",
            value: "昨晚11点",
            period: {
              from: expect.stringMatching(/T23:00:00\+08:00$/),
              to: expect.stringMatching(/T23:00:00\+08:00$/),
            },
          },
          { slot: "wants", start: 14, end: 20, text: "希望尽快恢复", value: "希望尽快恢复" },
          { slot: "phone", start: 21, end: 32, text: "13812345678", value: "13812345678" },
        ],
        matters: [],
      },
    ]);
  });

  it("put what speaks of no matter under the leaf for other matters", async () => {
    const input = jsonl([{ id: 8, text: "你好" }]);
    const [row] = await collect(triageRead({ input, triage, catalogue, gazetteer, at }));
    expect(row).toMatchObject({ id: 8, category: { code: "999999", path: other, confidence: 0 } });
  });

  it("resolve a place down to its lowest division, or say that there is none", async () => {
    const input = jsonl([
      { id: 1, text: "望京停水" },
      { id: 2, text: "你好" },
    ]);
    expect(await collect(placesResolve({ input, gazetteer }))).toEqual([
      { id: 1, district: "朝阳区", subdistrict: "望京街道", community: undefined, code: "110105026", confidence: 0.8 },
      { id: 2, confidence: 0 },
    ]);
  });
});
