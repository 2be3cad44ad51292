import { describe, expect, it } from "vitest";
import type { Catalogue } from "../../../bots/ports.ts";
import { slotValue } from "../../../bots/slots.ts";
import { statutoryMatterIn } from "../../../knowledge/triage/statutory.ts";
import { createTriage } from "../../../knowledge/triage/triage.ts";
import { dangers, kinds, noDangers, others, progress, questions, requests, slots } from "./sentences.ts";

const noCatalogue: Catalogue = { leaf: () => undefined, rank: () => [] };
const triage = createTriage({ catalogue: noCatalogue });
const at = new Date("2026-11-22T10:00:00+08:00");
const read = (text: string) => triage.read(text, at);

describe("意图", () => {
  it.each([...questions, ...requests, ...progress, ...others])("“$text” 是 $intent", async ({ text, intent }) => {
    expect((await read(text)).intent).toBe(intent);
  });
});

describe("诉求类型", () => {
  it.each(kinds)("“$text” 是 $kind", async ({ text, kind }) => {
    expect((await read(text)).kind).toBe(kind);
  });
});

describe("危险", () => {
  it.each([...dangers, ...noDangers])("“$text” → $danger", async ({ text, danger }) => {
    expect((await read(text)).danger ?? null).toBe(danger);
  });

  it("says so even when the message is put as a question", async () => {
    expect(await read("着火了怎么办")).toMatchObject({ danger: "fire", intent: "request", kind: "emergency" });
  });
});

describe("要素", () => {
  it.each(slots)("“$text” 的 $slot 是 $value", async ({ text, slot, value }) => {
    expect(slotValue(await read(text), slot)).toBe(value);
  });

  it("every slot says where it stands, in the order of the text", async () => {
    const text = "我叫张小明，昨晚11点楼里停水，希望尽快修好，电话 138 1234 5678";
    const { slots } = await read(text);
    expect(slots.map(({ slot, text }) => [slot, text])).toEqual([
      ["name", "张小明"],
      ["occurredAt", "昨晚11点"],
      ["wants", "希望尽快修好"],
      ["phone", "138 1234 5678"],
    ]);
    for (const { start, end, text: words } of slots) expect(text.slice(start, end)).toBe(words);
  });
});

describe("法定途径", () => {
  it.each([
    ["举报街道主任收受贿赂", "discipline"],
    ["我要申请政府信息公开", "disclosure"],
    ["法院判决不公", "litigation"],
    ["路灯不亮", undefined],
  ])("“%s” → %s", (text, matter) => {
    expect(statutoryMatterIn(text)).toBe(matter);
  });
});

it("reads odd text without a fault", async () => {
  for (const text of ["", " ", "\u202e\u200b", "😀😀", "a".repeat(100_000), "？".repeat(5000), "今".repeat(20_000)]) {
    expect(await read(text)).toMatchObject({ categories: [] });
  }
});

it.each(
  "1 一 我 到 ， （ 8点到 ¥1, 1、 一是 另外还有 三天了没 张三 京A a1 1-3- 有人打 我要跳 公司 上海市 年月日 不想 骂我傻".split(
    " ",
  ),
)("comes back from 100,000 characters of “%s”", async (piece) => {
  const text = piece.repeat(Math.ceil(100_000 / piece.length));
  for (const { start, end, text: words } of (await read(text)).slots) expect(text.slice(start, end)).toBe(words);
});
