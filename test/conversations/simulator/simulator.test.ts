import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OutboundMessage } from "../../../bots/model/index.ts";
import { evaluateIntake } from "../../../server/commands/evaluate-intake.ts";
import { compose } from "../../../server/compose.ts";
import type { House } from "../../../server/house.ts";
import { createLogger } from "../../../server/log.ts";
import { answerTo, type CitizenRecord, questionIn } from "../../../server/simulation/citizen.ts";
import { converse } from "../../../server/simulation/converse.ts";
import { createListeningChannel } from "../../../server/simulation/listening-channel.ts";

const record = (letter: string): CitizenRecord => ({
  id: `sim-${letter.slice(0, 12)}`,
  letter,
  place: "朝阳区望京街道望京西园四区社区",
  contact: "王女士 13800000000",
  pick: (codes) => codes[0],
});

const offering = (...ids: string[]): OutboundMessage => ({
  kind: "choices",
  text: "问一句",
  choices: ids.map((id) => ({ id, label: id })),
});

async function all(lines: AsyncIterable<object>): Promise<object[]> {
  const found: object[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

describe("模拟市民看得懂问题", () => {
  it.each([
    [["intake/anonymous"], "contact"],
    [["intake/no-place"], "place"],
    [["intake/category/010101", "intake/category/none"], "category"],
    [["intake/confirm/r1", "intake/edit"], "summary"],
    [["emergency/file", "emergency/no"], "emergency"],
  ])("%j 是 %s", (ids, question) => {
    expect(questionIn([offering(...ids)]).question).toBe(question);
  });

  it("看最后一个问题，不看前面的答复", () => {
    expect(questionIn([offering("question/helpful/e1"), offering("intake/anonymous")]).question).toBe("contact");
  });

  it("分类选自己认得的，都不认得就都不选", () => {
    const knows = { ...record("路灯坏了"), pick: (codes: string[]) => codes.find((code) => code === "030101") };
    const said = [offering("intake/category/010101", "intake/category/030101", "intake/category/none")];
    expect(answerTo(knows, said)).toMatchObject({ choiceId: "intake/category/030101" });
    expect(answerTo({ ...knows, pick: () => undefined }, said)).toMatchObject({ choiceId: "intake/category/none" });
  });
});

describe("模拟市民从开口到工单", () => {
  let dataDir: string;
  let house: House;
  const channel = createListeningChannel();
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "jiesu-simulator-"));
    house = await compose({
      dataDir,
      secretKey: "k".repeat(40),
      log: createLogger("silent"),
      channels: () => [channel],
    });
    house.start();
  });
  afterAll(async () => {
    await house.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it.each([
    "小区门口的路灯坏了一个多月，晚上一片漆黑，打过电话没人来修，希望尽快修好。",
    "孩子学校食堂的饭菜不新鲜，好几个孩子吃了拉肚子，学校一直不给说法，请有关部门查一查。",
    "公司拖欠我三个月工资，老板电话不接，希望帮我要回来。",
    "尊敬的领导：您好！我们村的路坑坑洼洼，一下雨就没法走，反映过很多次都没有结果，催了又催也没有人管，请领导派人看看。",
    "建议在地铁口增加共享单车停放点，现在乱停乱放，行人过不去。",
  ])("不多问、不重问：%s", async (letter) => {
    const course = await converse(house, channel, record(letter));
    expect(course.number).toMatch(/^\d{14}$/);
    expect(course.askedTwice).toEqual([]);
    expect(course.turns).toBeLessThanOrEqual(5);
  });

  it("险情、法定途径也能走到头", async () => {
    expect((await converse(house, channel, record("楼道里着火了，烟很大，快来人！"))).number).toMatch(/^\d{14}$/);
  });
});

describe("evaluate intake", () => {
  async function* lines(...letters: object[]) {
    for (const letter of letters) yield JSON.stringify(letter);
  }

  it("给出完成率、轮数、重问和分类", async () => {
    const input = lines(
      { id: "a", title: "路灯不亮", text: "小区门口的路灯坏了一个多月，晚上一片漆黑，希望尽快修好。", label: "甲" },
      { id: "b", title: "欠薪", text: "公司拖欠我三个月工资，希望帮我要回来。", label: "乙" },
    );
    const [result] = await all(evaluateIntake({ input, labelOf: () => "甲" }));
    expect(result).toMatchObject({
      task: "intake",
      letters: 2,
      completionRate: 1,
      questionsAskedTwice: 0,
      firstLevel: { n: 2, accuracy: 0.5 },
    });
  });

  it("没有信、信的样子不对，都说清楚", async () => {
    await expect(all(evaluateIntake({ input: lines(), labelOf: () => "甲" }))).rejects.toThrow(/no letter/);
    await expect(all(evaluateIntake({ input: lines({ id: "a" }), labelOf: () => "甲" }))).rejects.toThrow(/line 1/);
  });
});
