import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { groupsAgree, groupsImport, groupsList, groupsMatters, groupsRemove } from "../../../server/commands/groups.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "jiesu-groups-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const place = () => ({ dataDir, secretKey: "k".repeat(40) });

async function all(lines: AsyncGenerator<object>): Promise<object[]> {
  const got: object[] = [];
  for await (const line of lines) got.push(line);
  return got;
}

async function* linesOf(...values: unknown[]): AsyncGenerator<string> {
  for (const value of values) yield typeof value === "string" ? value : JSON.stringify(value);
}

const importing = (...values: unknown[]) => all(groupsImport({ ...place(), input: linesOf(...values) }));
const FOUR = {
  room: "四区居民群",
  community: "朝阳区望京街道望京西园四区",
  gridWorkers: [{ name: "王芳", id: "fang" }],
};

describe("cli groups", () => {
  it("群机器人的钥匙登记了，看不见", async () => {
    await importing({ ...FOUR, robotKey: "robot-key-of-the-grid" });
    const listed = await all(groupsList(place()));
    expect(listed).toMatchObject([{ hasRobot: true }]);
    expect(JSON.stringify(listed)).not.toContain("robot-key");
    await expect(
      importing({ ...FOUR, robotKey: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x" }),
    ).rejects.toThrow(/robotKey/);
  });

  it("登记群，看得见；不写时限就是一天", async () => {
    expect(await importing(FOUR)).toEqual([{ imported: 1 }]);
    expect(await all(groupsList(place()))).toEqual([
      { ...FOUR, gridWorkers: [{ name: "王芳", userId: "fang" }], hasRobot: false, minutes: 1_440 },
    ]);
    expect(await all(groupsMatters(place()))).toEqual([]);
  });

  it("管理员替群同意、撤销；重新登记不丢同意", async () => {
    await importing(FOUR);
    expect(await all(groupsAgree({ ...place(), room: FOUR.room, agrees: true }))).toEqual([
      { room: FOUR.room, agreed: true },
    ]);
    await importing({ ...FOUR, minutes: 30 });
    expect(await all(groupsList(place()))).toMatchObject([{ minutes: 30, agreed: { by: "administrator" } }]);
    await all(groupsAgree({ ...place(), room: FOUR.room, agrees: false }));
    expect((await all(groupsList(place())))[0]).not.toHaveProperty("agreed");
  });

  it("有一行写错，就一行也不登记，并说是哪一行、错在哪", async () => {
    await expect(importing(FOUR, { ...FOUR, room: "五区", gridWorkers: [{ name: "王芳" }] })).rejects.toThrow(
      /line 2:.*id or wechatName is needed/,
    );
    await expect(importing(FOUR, FOUR)).rejects.toThrow(/line 2: the room stands in an earlier line/);
    await expect(importing({ ...FOUR, minutes: 1 })).rejects.toThrow(/line 1: minutes/);
    await expect(importing("{")).rejects.toThrow(/line 1: not valid JSON/);
    await expect(importing()).rejects.toThrow(/no group to import/);
    expect(await all(groupsList(place()))).toEqual([]);
  });

  it("不再参加的群可以去掉", async () => {
    await importing(FOUR);
    expect(await all(groupsRemove({ ...place(), room: FOUR.room }))).toEqual([{ removed: FOUR.room }]);
    expect(await all(groupsList(place()))).toEqual([]);
  });

  it("没有的群，说没有", async () => {
    await expect(all(groupsAgree({ ...place(), room: "没有", agrees: true }))).rejects.toThrow(/there is no group/);
  });
});
