import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Entry } from "../../../knowledge/policies/entry.ts";
import type { SearchableKnowledgeBase } from "../../../knowledge/policies/knowledge-base.ts";
import { createSegmenter, type Segmenter } from "../../../knowledge/text/segment.ts";
import { openDatabase, type SqliteDatabase } from "../../../server/store/sqlite/database.ts";
import { openKnowledge } from "../../../server/understanding.ts";

const migrationsDir = join(import.meta.dirname, "../../../server/store/sqlite/migrations");
const at = new Date("2026-11-22T10:00:00+08:00");
const known = createSegmenter();

const SUBJECTS = ["失业金", "居住证", "养犬登记", "供暖费", "公租房", "护照", "结婚证", "车位", "退税", "低保"];
const STREETS = ["东一街", "东二街", "西三里", "南四巷", "北五胡同", "中六坊", "左七园", "右八村", "上九屯", "下十湾"];

/** Some thousand entries, each about a subject in a street; every fiftieth is long enough to have passages. */
const entry = (i: number, text = ""): Entry => {
  const [subject, street] = [SUBJECTS[i % 10], STREETS[Math.floor(i / 10) % 10]];
  const more = i % 50 === 0 ? `${street}第${i}号窗口办理${subject}，需要携带有关证明。`.repeat(20) : "";
  return {
    id: `e${i}`,
    question: `${street}第${i}号怎么办理${subject}？`,
    text: text || `在${street}第${i}号窗口办理${subject}。${more}`,
    similar: [],
    source: { title: "办事指南" },
    status: "published",
  };
};
const MANY = 1500;
const all = Array.from({ length: MANY }, (_, i) => entry(i));

/** Counts the texts that are cut into words, which is what takes long at a start. */
function countingSegmenter(): Segmenter & { texts: number } {
  return {
    texts: 0,
    segment(text) {
      this.texts += 1;
      return known.segment(text);
    },
  };
}

let dir: string;
let opened: { database: SqliteDatabase; knowledge: SearchableKnowledgeBase }[];

function open(segmenter: Segmenter = known) {
  const lines: { event: string; reason: unknown }[] = [];
  const note = (event: string, fields?: Record<string, unknown>) => void lines.push({ event, reason: fields?.reason });
  const log = { debug: note, info: note, warn: note, error: note };
  const database = openDatabase({ file: join(dir, "jiesu.sqlite"), migrationsDir });
  const house = openKnowledge({ database, segmenter, clock: { now: () => new Date() }, dataDir: dir, log });
  opened.push({ database, ...house });
  return { ...house, lines };
}

async function closeAll() {
  for (const { knowledge, database } of opened) {
    await knowledge.close();
    await database.close();
  }
  opened = [];
}

const keptFile = () => join(dir, "knowledge-index/published.index");
const questions = [
  "东一街第0号怎么办理失业金",
  "南四巷怎么办护照",
  "哪里办结婚证",
  "下十湾第99号低保",
  "今天天气怎么样",
];
const askAll = async (knowledge: SearchableKnowledgeBase) => ({
  answers: await Promise.all(questions.map((question) => knowledge.answer(question, at))),
  hits: await Promise.all(questions.map((question) => knowledge.search(question, 10, at))),
});

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "jiesu-kept-"));
  opened = [];
  const { knowledge, knowledgeStore } = open();
  await knowledgeStore.importEntries(all, { publish: true });
  await knowledge.refresh();
  await closeAll();
});
afterEach(async () => {
  await closeAll();
  rmSync(dir, { recursive: true });
});

describe("an index that was kept", () => {
  it("gives the same answers after a start, without reading the entries again", async () => {
    const segmenter = countingSegmenter();
    const restarted = open(segmenter);
    expect(await restarted.knowledge.refresh()).toBe(0);
    expect(restarted.knowledge.size()).toBe(MANY);
    expect(segmenter.texts).toBeLessThan(MANY / 10);
    const after = await askAll(restarted.knowledge);
    rmSync(join(dir, "knowledge-index"), { recursive: true });
    const built = open();
    await built.knowledge.refresh();
    expect(after).toEqual(await askAll(built.knowledge));
    expect(after.answers[0]?.kind).toBe("answered");
    expect(restarted.lines).toEqual([]);
  });

  it("knows what was changed while nobody ran", async () => {
    const { knowledgeStore } = open();
    await knowledgeStore.withdraw("e0");
    await knowledgeStore.importEntries([entry(1, "改在网上办理。"), entry(MANY)], { publish: true });
    await closeAll();
    const { knowledge } = open();
    expect(await knowledge.refresh()).toBe(3);
    expect(knowledge.size()).toBe(MANY);
    expect(await knowledge.entry("e0", at)).toBeUndefined();
    const hits = await knowledge.search("东一街第0号怎么办理失业金", 100, at);
    expect(hits.map(({ id }) => id)).not.toContain("e0");
    expect((await knowledge.entry("e1", at))?.text).toBe("改在网上办理。");
    expect(await knowledge.entry(`e${MANY}`, at)).toBeDefined();
  });

  it.each([
    ["a byte is damaged", (bytes: Buffer) => Buffer.from(bytes).fill(7, 2000, 2001), /checksum/],
    ["it is cut off", (bytes: Buffer) => bytes.subarray(0, 5001), /cut off/],
    ["it is something else", () => Buffer.from("This is no index, but a text of some length."), /./],
    ["it is empty", () => Buffer.alloc(0), /cut off/],
  ])("is built anew, with one line in the log, when %s", async (_, damage, reason) => {
    writeFileSync(keptFile(), damage(readFileSync(keptFile())));
    const { knowledge, lines } = open();
    expect(await knowledge.refresh()).toBe(MANY);
    expect((await knowledge.answer(questions[0] as string, at)).kind).toBe("answered");
    await knowledge.close();
    expect(lines).toEqual([{ event: "knowledge.index-discarded", reason: expect.stringMatching(reason) }]);
    const next = open();
    expect(await next.knowledge.refresh()).toBe(0);
  });

  it("is built anew when texts are cut into other words than before", async () => {
    const { knowledge, lines } = open(createSegmenter({ words: ["研究生命起源"] }));
    expect(await knowledge.refresh()).toBe(MANY);
    expect(lines).toEqual([{ event: "knowledge.index-discarded", reason: expect.stringContaining("another version") }]);
  });

  it("is built anew when the entries were put back from an older copy and went another way", async () => {
    cpSync(join(dir, "jiesu.sqlite"), join(dir, "older.sqlite"));
    const { knowledge, knowledgeStore } = open();
    await knowledgeStore.importEntries(
      all.map(({ id }, i) => ({ ...entry(i, "先改成这样。"), id })),
      { publish: true },
    );
    await knowledge.refresh();
    await knowledge.caughtUp();
    await closeAll();
    for (const name of readdirSync(dir)) if (name.startsWith("jiesu.sqlite")) rmSync(join(dir, name));
    cpSync(join(dir, "older.sqlite"), join(dir, "jiesu.sqlite"));
    const restored = open();
    await restored.knowledgeStore.importEntries([...all.map((_, i) => entry(i, "后改成那样。")), entry(MANY)], {
      publish: true,
    });
    await restored.knowledge.refresh();
    expect(restored.knowledge.size()).toBe(MANY + 1);
    expect((await restored.knowledge.entry("e7", at))?.text).toBe("后改成那样。");
  });

  it("serves several processes that use one folder, each of which sees what the others change", async () => {
    const [one, other] = [open(), open()];
    await Promise.all([one.knowledge.refresh(), other.knowledge.refresh()]);
    const more = Array.from({ length: 1200 }, (_, i) => entry(MANY + i));
    await one.knowledgeStore.importEntries(more, { publish: true });
    await Promise.all([one.knowledge.refresh(), other.knowledge.refresh()]);
    await Promise.all([one.knowledge.caughtUp(), other.knowledge.caughtUp()]);
    expect([one.knowledge.size(), other.knowledge.size()]).toEqual([MANY + 1200, MANY + 1200]);
    await closeAll();
    const next = open();
    expect(await next.knowledge.refresh()).toBe(0);
    expect(next.knowledge.size()).toBe(MANY + 1200);
    expect(readdirSync(join(dir, "knowledge-index"))).toEqual(["published.index"]);
  });

  it("never answers from a withdrawn entry, while many others are still to be read", async () => {
    const { knowledge, knowledgeStore } = open();
    await knowledge.refresh();
    const writer = open();
    await writer.knowledgeStore.importEntries(
      all.map((_, i) => entry(i, "已经改了。")),
      { publish: true },
    );
    await writer.knowledgeStore.withdraw("e0");
    // The time after which a base looks for changes.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const answer = await knowledge.answer(questions[0] as string, at);
    const sources = answer.kind === "answered" ? answer.sources : answer.nearest;
    expect(sources.map(({ entryId }) => entryId)).not.toContain("e0");
    expect((await knowledge.entry("e5", at))?.text).toBe("已经改了。");
    expect(await knowledgeStore.lastChange()).toBeGreaterThan(MANY);
  });
});
