import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BOT_ALIAS, OTHER_ROOM, ROOM } from "../../fakes/wechaty-platform.ts";
import { openWechatyTown, type WechatyTown } from "./wechaty-town.ts";

let town: WechatyTown;
beforeAll(async () => {
  town = await openWechatyTown();
});
afterAll(() => town.close());

describe("群里的一件小事", () => {
  beforeEach(() => {
    town.house().database.raw.exec("DELETE FROM small_matters");
    town.heard();
  });

  it("@我说的事记成小事，请有名有姓的网格员来看，限时", async () => {
    await town.call("wang", "3号楼电梯坏了，停了两天");
    const [said = ""] = town.heard();
    expect(said).toMatch(/1 号小事，请网格员王芳来看，11月26日 11:00 前/);
    expect(town.platform.said.at(-1)?.mentions).toEqual(["wang", "fang"]);
    expect(await town.matters()).toMatchObject([
      { number: 1, state: "open", author: "wang", gridWorker: "王芳", community: "朝阳区望京街道望京西园四区" },
    ]);
  });

  it("叫它的群昵称也行，用全角的＠也行", async () => {
    await town.group("wang", `＠${BOT_ALIAS}　3号楼电梯坏了，停了两天`);
    expect(await town.matters()).toMatchObject([{ state: "open", lines: [{ text: "3号楼电梯坏了，停了两天" }] }]);
  });

  it("网格员说修好了，记为群里解决；提出人说没好，接着办，再说好了才算完", async () => {
    await town.call("wang", "3号楼电梯坏了，停了两天");
    await town.group("fang", "电梯已经修好了");
    expect(await town.matters()).toMatchObject([{ state: "solved", solvedBy: "grid-worker" }]);
    await town.group("wang", "还没修好呢");
    expect(await town.matters()).toMatchObject([{ state: "open" }]);
    await town.group("wang", "已解决，谢谢");
    expect(await town.matters()).toMatchObject([{ state: "solved", solvedBy: "author" }]);
    expect(town.heard().at(-1)).toMatch(/记为已解决/);
  });

  it("旁人说解决了不算；没人提起的话不算", async () => {
    await town.call("wang", "3号楼电梯坏了，停了两天");
    town.heard();
    await town.group("li", "已解决");
    await town.group("fang", "修好了吗");
    await town.group("fang", "水管修好了");
    expect(await town.matters()).toMatchObject([{ state: "open" }]);
    expect(town.heard()).toEqual([]);
  });

  it("同时有几件，问是哪一件，回编号", async () => {
    await town.call("wang", "3号楼电梯坏了，停了两天");
    await town.call("li", "小区北门路灯不亮了");
    await town.group("fang", "已解决");
    expect(town.heard().at(-1)).toMatch(/哪一件.*\n1 号：“3号楼电梯坏了.*\n2 号：“小区北门路灯/s);
    await town.group("li", "2");
    expect((await town.matters()).map(({ state }) => state)).toEqual(["open", "open"]);
    await town.group("fang", "2");
    expect((await town.matters()).map(({ state }) => state)).toEqual(["open", "solved"]);
    await town.group("fang", "1号已经解决了");
    expect((await town.matters()).map(({ state }) => state)).toEqual(["solved", "solved"]);
  });

  it("提出人可以撤回；闲聊里的“算了”不算", async () => {
    await town.call("wang", "3号楼电梯坏了，停了两天");
    await town.group("wang", "算了");
    expect(await town.matters()).toMatchObject([{ state: "open" }]);
    await town.call("wang", "撤回");
    expect(await town.matters()).toMatchObject([{ state: "withdrawn" }]);
  });

  it("引用那条消息说已解决，就是那一件", async () => {
    await town.call("wang", "3号楼电梯坏了，停了两天");
    await town.call("li", "小区北门路灯不亮了");
    await town.group("fang", "「王五：3号楼电梯坏了，停了两天」\n- - - - - - - - - - - - - - -\n已解决");
    expect((await town.matters()).map(({ state }) => state)).toEqual(["solved", "open"]);
  });

  it("邻居说同一件事，并到一起；另一栋楼的电梯是另一件", async () => {
    await town.call("wang", "3号楼的电梯坏了，停在一层不动");
    await town.call("li", "3号楼电梯坏了，停在一层不动");
    expect(town.heard().at(-1)).toMatch(/已经是 1 号小事/);
    await town.call("zhao", "5号楼的电梯坏了，停在一层不动");
    expect((await town.matters()).map(({ number }) => number)).toEqual([1, 2]);
  });
});

describe("群里说话的分寸", () => {
  it("电话不记，请人撤回；要人身份保密的、要办私事的，请去私聊", async () => {
    await town.call("zhao", "地下车库漏水很严重，联系我 13812345678");
    expect(town.heard().at(-1)).toMatch(/号码我没有记.*私聊/s);
    expect(JSON.stringify(await town.matters())).not.toContain("13812345678");
    await town.call("li", "我要举报5号楼有人私搭乱建");
    expect(town.heard().at(-1)).toMatch(/私聊/);
    await town.call("li", "我的工单到哪了");
    expect(town.heard().at(-1)).toMatch(/私聊/);
  });

  it("从不在群里要电话、姓名、住址", () => {
    const inGroup = town.platform.said.filter(({ to }) => to === ROOM);
    expect(inGroup.length).toBeGreaterThan(10);
    for (const { text } of inGroup) {
      expect(text).not.toMatch(/请(?:留|写|告诉我|提供|输入).{0,6}(?:电话|姓名|称呼|住址|门牌)/);
    }
  });

  it("@我问政策，有依据就答，没有就请去私聊", async () => {
    await town.later(20);
    town.heard();
    await town.call("wang", "失业金领取条件是什么");
    expect(town.heard().at(-1)).toMatch(/依据：《|私聊/);
    await town.call("wang", "量子力学怎么学");
    expect(town.heard().at(-1)).toMatch(/私聊/);
  });

  it("空@一句，说怎么用；谢谢不接话；问多了就不说了", async () => {
    await town.later(20);
    town.heard();
    await town.call("wang", "");
    expect(town.heard()).toEqual([expect.stringMatching(/^我在/)]);
    await town.call("wang", "谢谢");
    expect(town.heard()).toEqual([]);
    for (let times = 0; times < 20; times++) await town.call("wang", "");
    expect(town.heard().length).toBeLessThan(7);
  });

  it("危险先说打什么电话", async () => {
    await town.call("wang", "3号楼着火了，有人困在里面");
    expect(town.heard()).toEqual([expect.stringMatching(/119/)]);
    await town.call("wang", "北门的电线断了，垂在路上会漏电");
    expect(town.heard()).toEqual([expect.stringMatching(/远离/), expect.stringMatching(/号小事/)]);
  });

  it("没有登记过的群，@我只请人私聊，不@我什么也不说、不留", async () => {
    await town.send({ from: "wang", room: OTHER_ROOM, text: "楼道灯坏了" });
    expect(town.heard(OTHER_ROOM)).toEqual([]);
    await town.send({ from: "wang", room: OTHER_ROOM, text: "@小诉 楼道灯坏了" });
    expect(town.heard(OTHER_ROOM)).toEqual([expect.stringMatching(/私聊/)]);
  });
});

describe("群里同意以后", () => {
  it("网格员@我开启，别人不行；开启后不@的报修也记，关闭后不记", async () => {
    await town.later(20);
    town.house().database.raw.exec("DELETE FROM small_matters");
    await town.group("wang", "2号楼楼道灯坏了");
    expect(await town.matters()).toEqual([]);
    town.heard();
    await town.call("li", "开启群内小事");
    expect(town.heard()).toEqual([expect.stringMatching(/网格员来定/)]);
    await town.call("fang", "开启群内小事");
    await town.restart();
    await town.group("wang", "2号楼楼道灯坏了");
    expect(await town.matters()).toHaveLength(1);
    await town.call("fang", "关闭群内小事");
    await town.group("li", "北门井盖松动，一踩就晃");
    expect(await town.matters()).toHaveLength(1);
  });

  it("提出人补的话、发的照片和网格员的话跟着这件事；照片以外的不取", async () => {
    const { png } = await import("../media/samples.ts");
    await town.group("wang", "声控那种，跺脚也不亮");
    await town.group("fang", "我下午过去看看");
    await town.group("wang", "哈哈，谁家有梯子借我用一下");
    await town.send({ from: "wang", room: ROOM, type: 6, file: { name: "灯.png", bytes: png } });
    await town.send({ from: "zhao", room: ROOM, type: 6, file: { name: "猫.png", bytes: png } });
    const [matter] = await town.matters();
    expect(matter?.lines.map(({ by, text }) => `${by} ${text}`)).toEqual([
      "author 2号楼楼道灯坏了",
      "author 声控那种，跺脚也不亮",
      "grid-worker 我下午过去看看",
      "author （发来照片）",
    ]);
    expect(matter?.evidence).toHaveLength(1);
  });
});
