import { describe, expect, it } from "vitest";
import { compare } from "../../../knowledge/import/comparing/compare.ts";
import type { Content } from "../../../knowledge/life/content.ts";

const entry = (id: string, question: string, text: string, more: Partial<Content> = {}): Content => ({
  id,
  question,
  text,
  similar: [],
  ...more,
});
const find = (file: Content[], base: Content[] = []) =>
  compare(
    file.map((content, i) => ({ at: i + 2, content })),
    base,
  );

const QUESTION = "云梯补贴是多少？";

describe("a row that says something else than the base", () => {
  it.each([
    ["an amount", "每月补贴300元。", "每月补贴500元。", "amount"],
    ["an amount in other figures", "一次补贴一万元。", "一次补贴5000元。", "amount"],
    ["a share", "按原价的30%补贴。", "按原价的50%补贴。", "share"],
    ["a date", "2024年5月1日前申请。", "2024年6月1日前申请。", "date"],
    ["a time", "最长补贴二十四个月。", "最长补贴12个月。", "duration"],
    ["a number", "每户可申请2次。", "每户可申请3次。", "number"],
    ["a condition", "外地户籍可以申请云梯。", "外地户籍不可以申请云梯。", "condition"],
    ["what is needed", "申请时无需带证件。", "申请时需要带证件。", "condition"],
  ])("is shown with both passages: %s", (_, ours, theirs, kind) => {
    const [findings] = find([entry("new", "请问云梯补贴是多少", ours)], [entry("old", QUESTION, `前言。${theirs}`)]);
    expect(findings).toMatchObject([
      { kind: "contradiction", with: { in: "base", id: "old", name: QUESTION }, differs: [{ kind, ours, theirs }] },
    ]);
  });

  it("is found by a paraphrase, and by nearly the same words", () => {
    const old = entry("old", "云梯补贴标准是什么？", "补贴300元。", { similar: ["云梯能补多少钱"] });
    expect(find([entry("a", "云梯能补多少钱？", "补贴500元。")], [old])[0]).toMatchObject([{ kind: "contradiction" }]);
    expect(find([entry("a", "云梯的补贴标准是什么", "补贴500元。")], [old])[0]).toMatchObject([
      { kind: "contradiction" },
    ]);
  });

  it("is found within the file, too", () => {
    const findings = find([entry("a", QUESTION, "补贴300元。"), entry("b", QUESTION, "补贴500元。")]);
    expect(findings).toMatchObject([[], [{ kind: "contradiction", with: { in: "file", at: 2 } }]]);
  });

  it("is held against the version that the file brings, not against the one it replaces", () => {
    const base = [entry("a", QUESTION, "补贴300元。")];
    const [first, second] = find([entry("a", QUESTION, "补贴500元。"), entry("b", QUESTION, "补贴500元。")], base);
    expect(first).toMatchObject([{ kind: "update", with: { in: "base", id: "a" }, differs: [{ kind: "amount" }] }]);
    expect(second).toMatchObject([{ kind: "duplicate", with: { in: "file", at: 2 } }]);
  });
});

describe("what is no contradiction", () => {
  const none = (ours: Content, theirs: Content) => expect(find([ours], [theirs])[0]).toEqual([]);

  it("another year, another district, other people, another time", () => {
    none(entry("a", "2024年云梯补贴是多少？", "300元。"), entry("b", "2023年云梯补贴是多少？", "200元。"));
    none(entry("a", QUESTION, "300元。", { region: "东区" }), entry("b", QUESTION, "200元。", { region: "西区" }));
    none(entry("a", QUESTION, "300元。", { audience: "个人" }), entry("b", QUESTION, "200元。", { audience: "企业" }));
    none(
      entry("a", QUESTION, "300元。", { validFrom: "2025-01-01" }),
      entry("b", QUESTION, "200元。", { validTo: "2024-12-31" }),
    );
  });

  it("a fuller answer", () => {
    const [findings] = find([entry("a", QUESTION, "补贴300元，二档500元。")], [entry("b", QUESTION, "补贴300元。")]);
    expect(findings).toMatchObject([{ kind: "duplicate" }]);
  });

  it("another question with the same figures", () =>
    none(entry("a", "云梯怎么年检？", "交300元。"), entry("b", QUESTION, "补贴500元。")));
});

it("tells the very same entry, and the same text under another question", () => {
  const text = "到住所地的云梯检测站去办理，每年一次，带上云梯和证件。";
  const base = [entry("a", QUESTION, text), entry("b", "完全不同的事怎么办？", "别的话。")];
  expect(find([entry("a", QUESTION, text)], base)[0]).toMatchObject([{ kind: "unchanged" }]);
  expect(find([entry("c", "年检在哪里？", text)], base)[0]).toMatchObject([{ kind: "duplicate", with: { id: "a" } }]);
});

it("finds the one of ten thousand", () => {
  const base = Array.from({ length: 10_000 }, (_, i) =>
    entry(`b${i}`, `第${i}号设备的保养周期是多久？`, `每${i}天一次。`),
  );
  const [findings] = find([entry("a", "第7777号设备的保养周期是多久", "每8天一次。")], base);
  expect(findings).toMatchObject([{ kind: "contradiction", with: { id: "b7777" } }]);
});
