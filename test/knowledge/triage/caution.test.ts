import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mayBeDanger } from "../../../knowledge/triage/danger/caution.ts";

describe("没有明说的危险", () => {
  it.each([
    "有人拿着长刀在菜市场晃悠",
    "老人倒在地上半天没动静",
    "孩子找不到了",
    "河里涨水漫进院子了",
    "隔壁一直有人惨叫",
    "屋里有刺鼻的味道",
  ])("值得提一句电话：%s", (text) => expect(mayBeDanger(text)).toBe(true));

  it.each([
    "物业费太贵了",
    "去年这里出过车祸，一直没装护栏",
    "担心孩子以后触电，能不能把电箱锁上",
    "火灾保险怎么赔",
    "网贷催收天天打我电话",
  ])("不用提：%s", (text) => expect(mayBeDanger(text)).toBe(false));

  it("平常的诉求很少提到", () => {
    const file = join(import.meta.dirname, "../catalogue/probe/held-out.jsonl");
    const texts = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => String(JSON.parse(line).text));
    expect(texts.filter(mayBeDanger).length / texts.length).toBeLessThan(0.06);
  });

  it("很长的文字也读得完", () => {
    expect(mayBeDanger("水".repeat(100_000))).toBe(false);
  });
});
