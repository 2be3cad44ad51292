import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { handoffOf, handsBack, inQueue, liu, mends, says, seenBy, sweep, takes, wang } from "./operator.ts";
import {
  bot,
  check,
  citizen,
  handoffSettings,
  type Line,
  never,
  photo,
  pickClassIfAsked,
  press,
  transcript,
  withHouse,
} from "./transcript.ts";

const MINUTE = 60_000;
const WATER = "望京西园四区北门路面积水好几天了";

/** A clock that runs, and that a test can set forward. */
let ahead = Date.parse("2026-03-02T10:00:00+08:00") - Date.now();
const forward = (ms: number): Line =>
  check(() => {
    ahead += ms;
  });
const clock = { now: () => new Date(Date.now() + ahead) };

withHouse({ clock, handoff: handoffSettings("Mon-Sun 08:00-20:00") });

/** Ten o'clock of the next morning: nothing of an earlier transcript is due any more. */
const morning: Line = check(async ({ house }) => {
  const day = 86_400_000;
  const midnight = Math.floor((clock.now().getTime() + 8 * 60 * MINUTE) / day) * day - 8 * 60 * MINUTE;
  ahead += midnight + day + 10 * 60 * MINUTE - clock.now().getTime();
  await house.reception.sweep();
});
const silence: Line = check(async (talk) => expect(talk.heard.slice(talk.since)).toEqual([]));
const isQueued = (times: number): Line => check(async (talk) => expect(await inQueue(talk)).toBe(times));

describe("转人工", () => {
  transcript("市民要找人：进队列一次，说排第几；再说一次不重复排", [
    morning,
    citizen("我要转人工"),
    bot(/已经记下来[\s\S]*(第 1 位|前面还有 \d+ 位)[\s\S]*不等了[\s\S]*12345/),
    isQueued(1),
    citizen("人工"),
    bot(/已经在为您转工作人员/),
    isQueued(1),
  ]);

  transcript("同一条消息送来三次，队列里只有一个", [
    morning,
    citizen("转人工", { id: "redelivered" }),
    citizen("转人工", { id: "redelivered" }),
    silence,
    citizen("转人工", { id: "redelivered" }),
    silence,
    isQueued(1),
  ]);

  transcript("连着两次没听懂：请人来；听懂一次就重新算", [
    morning,
    citizen("呜呜哇哇"),
    bot(/没太明白/),
    citizen("你好"),
    citizen("啊吧啊吧"),
    bot(/没太明白/),
    isQueued(0),
    citizen("嘟嘟噜噜"),
    bot(/没太明白/),
    bot(/连着两次没明白.*请工作人员来帮您/),
    isQueued(1),
    check(async (talk) => {
      const { open } = await talk.house.reception.queue(wang);
      const line = open.find(({ handoff }) => handoff.from.conversationId === talk.from.conversationId);
      expect(line?.handoff.reason).toBe("not-understood");
    }),
  ]);

  transcript("重新打开页面不算没听懂，也不算听懂", [
    morning,
    citizen("呜呜哇哇"),
    citizen({ kind: "joined" }),
    isQueued(0),
    citizen("嘟嘟噜噜"),
    bot(/连着两次没明白/),
  ]);

  transcript("等的时候接着填，填好照样提交", [
    morning,
    citizen(WATER),
    pickClassIfAsked,
    citizen("转人工"),
    bot(/正在为您转工作人员/),
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/请核对/),
    citizen("确认"),
    bot(/受理编号/),
    isQueued(1),
  ]);

  transcript("不想等了就不等，没填完的接着问", [
    morning,
    citizen(WATER),
    pickClassIfAsked,
    citizen("转人工"),
    citizen("不等了"),
    bot(/不转人工了/),
    bot(/称呼和电话/),
    isQueued(0),
  ]);

  transcript("服务时间以外：说明时间，给工单和电话，愿望留下", [
    morning,
    forward(12 * 60 * MINUTE),
    citizen("转人工"),
    bot(/已经记下来.*不在人工服务时间（每天 08:00–20:00）.*12345（24 小时）[\s\S]*登记成工单/),
    isQueued(0),
    check(async ({ house, from }) => {
      const wishes = await house.store.records("wish-for-human", 5);
      expect(wishes.some((wish) => wish.from.conversationId === from.conversationId)).toBe(true);
    }),
    press("登记成工单"),
    bot(/什么事/),
    citizen("转人工"),
    bot(/接着填完提交/),
    bot(/什么事/),
  ]);

  transcript("服务时间以外两次没听懂：也给出路，不是每句都说", [
    morning,
    forward(12 * 60 * MINUTE),
    citizen("呜呜哇哇"),
    never(/人工服务时间/),
    citizen("嘟嘟噜噜"),
    bot(/连着两次没明白.*不在人工服务时间/),
    citizen("咕咕叽叽"),
    never(/人工服务时间/),
  ]);
});

describe("人工接待中", () => {
  transcript("接待员的话带着身份，机器人不插话，交还以后接着问", [
    morning,
    citizen(WATER),
    pickClassIfAsked,
    citizen("转人工"),
    takes(wang),
    bot(/工作人员 \d+ 号来了/),
    says(wang, "您好，请问具体是几号楼？"),
    bot(/^工作人员 \d+ 号：您好，请问具体是几号楼？$/),
    never(/王芳/),
    citizen("三号楼门口"),
    silence,
    citizen("我的工单"),
    silence,
    citizen("取消"),
    silence,
    mends(wang, "地点", "望京西园四区3号楼门口"),
    handsBack(wang, "地点已核实"),
    bot(/工作人员已处理完/),
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/3号楼门口/),
    check(async ({ house }) => {
      const { ended } = await house.reception.queue(wang);
      expect(ended[0]).toMatchObject({ state: "ended", ending: "returned", note: "地点已核实" });
    }),
  ]);

  transcript("接待员看得到：说过什么、听懂了什么、答过什么、表里有什么", [
    morning,
    citizen("失业金能领几个月"),
    citizen(`${WATER}，我叫张小明，电话13800000000`),
    pickClassIfAsked,
    citizen("转人工"),
    check(async (talk) => {
      const { open } = await talk.house.reception.queue(liu);
      const line = open.find(({ handoff }) => handoff.from.conversationId === talk.from.conversationId);
      expect(line?.subject).toContain("积水");
      expect(JSON.stringify(line)).not.toMatch(/13800000000|张小明/);
    }),
    takes(wang),
    citizen("喂"),
    check(async (talk) => {
      const { lines, summary, form } = await seenBy(talk, wang);
      expect(lines.filter(({ by }) => by === "citizen").map(({ text }) => text)).toEqual(
        expect.arrayContaining(["失业金能领几个月", "转人工", "喂"]),
      );
      expect(summary.understood).toContainEqual({ label: "意图", value: "反映诉求" });
      expect(summary.tried.join()).toMatch(/称呼和电话|号码/);
      expect(form?.rows.find(({ label }) => label === "内容")?.value).toContain("积水");
      expect(form?.rows.find(({ label }) => label === "联系方式")?.value).toMatch(/13800000000.*尚未同意/);
    }),
  ]);

  transcript("两个人同时接，只有一个接到，另一个知道是谁", [
    morning,
    citizen("转人工"),
    check(async (talk) => {
      const id = await handoffOf(talk);
      const outcomes = await Promise.all([wang, liu].map((user) => talk.house.reception.take(user, id)));
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["done", "taken-by"]);
      expect(outcomes).toContainEqual(expect.objectContaining({ by: expect.objectContaining({ username: "wang" }) }));
      expect((await talk.house.reception.say(liu, id, { key: "x", text: "我来" })).kind).toBe("not-yours");
      expect((await talk.house.reception.read(liu, id)).kind).toBe("not-yours");
    }),
  ]);

  transcript("没有接的人看不到内容，看过的都有记录", [
    morning,
    citizen("转人工"),
    check(async (talk) =>
      expect((await talk.house.reception.read(wang, await handoffOf(talk))).kind).toBe("not-yours"),
    ),
    takes(wang),
    check(async (talk) => {
      await seenBy(talk, wang);
      const { handoff } = await seenBy(talk, wang);
      const acts = await talk.house.store.staffActs(handoff.id);
      expect(acts.map(({ by, deed }) => [by, deed])).toEqual([
        ["wang", "take"],
        ["wang", "read"],
      ]);
    }),
  ]);

  transcript("接待中遇到危险：照样先说该打给谁", [
    morning,
    citizen("转人工"),
    takes(wang),
    citizen("楼道着火了，都是烟"),
    bot(/119/),
    never(/类型|称呼和电话/),
  ]);

  transcript("市民说结束人工，就回到机器人", [
    morning,
    citizen(WATER),
    pickClassIfAsked,
    citizen("转人工"),
    takes(wang),
    citizen("结束人工。"),
    bot(/人工服务已结束/),
    bot(/称呼和电话/),
    isQueued(0),
  ]);

  transcript("接待中发的照片和没回的话都留在记录里", [
    morning,
    citizen("转人工"),
    takes(wang),
    citizen(photo("就是这里")),
    silence,
    check(async (talk) => {
      const { lines } = await seenBy(talk, wang);
      const last = lines.findLast(({ by }) => by === "citizen");
      expect(last).toMatchObject({ text: "就是这里", media: [{ name: "现场.jpg" }] });
    }),
  ]);

  transcript("同一句话点了两次，市民只看到一次", [
    morning,
    citizen("转人工"),
    takes(wang),
    check(async (talk) => {
      const id = await handoffOf(talk);
      const key = randomUUID();
      await talk.house.reception.say(wang, id, { key, text: "请稍等" });
      await talk.house.reception.say(wang, id, { key, text: "请稍等" });
      await talk.listen();
      expect(talk.heard.filter(({ text }) => text.includes("请稍等"))).toHaveLength(1);
    }),
  ]);

  transcript("改的时候市民已经改过：请重新看", [
    morning,
    citizen(WATER),
    pickClassIfAsked,
    citizen("转人工"),
    takes(wang),
    check(async (talk) => {
      const { handoff } = await seenBy(talk, wang);
      const change = { key: "s", name: "place", value: "望京街道", was: "别处" };
      expect((await talk.house.reception.edit(wang, handoff.id, change)).kind).toBe("stale");
    }),
  ]);
});

describe("时间到了", () => {
  transcript("一直没有人接：告诉市民一次，给工单，还在排队", [
    morning,
    citizen("转人工"),
    forward(6 * MINUTE),
    sweep,
    bot(/都在忙，还在为您排队[\s\S]*登记成工单/),
    forward(30 * MINUTE),
    citizen("你好"),
    sweep,
    never(/都在忙/),
    isQueued(1),
    takes(wang),
    bot(/来了/),
  ]);

  transcript("接了却不说话：回到机器人，告诉市民，接待员看得到是收回的", [
    morning,
    citizen(WATER),
    pickClassIfAsked,
    citizen("转人工"),
    takes(wang),
    says(wang, "您好"),
    citizen("在吗"),
    forward(3 * MINUTE),
    citizen("人呢"),
    forward(3 * MINUTE),
    sweep,
    bot(/抱歉，工作人员暂时没能回复[\s\S]*再找人工/),
    bot(/称呼和电话/),
    isQueued(0),
    check(async ({ house }) => expect((await house.reception.queue(wang)).ended[0]?.ending).toBe("silent")),
    citizen("匿名"),
    bot(/请核对/),
    press("再找人工"),
    bot(/正在为您转工作人员/),
  ]);

  transcript("接待员答过了，市民不再说话：过后回到机器人", [
    morning,
    citizen("转人工"),
    takes(wang),
    says(wang, "办好了"),
    forward(10 * MINUTE),
    sweep,
    isQueued(1),
    forward(21 * MINUTE),
    sweep,
    bot(/人工服务已结束/),
    isQueued(0),
    citizen("你好"),
    bot(/您好/),
  ]);

  transcript("几个进程一起到点，只说一次", [
    morning,
    citizen("转人工"),
    forward(6 * MINUTE),
    check(async (talk) => {
      await Promise.all([1, 2, 3].map(() => talk.house.reception.sweep()));
      await talk.listen();
      expect(talk.heard.filter(({ text }) => text.includes("都在忙"))).toHaveLength(1);
    }),
  ]);
});
