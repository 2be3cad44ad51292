import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ChannelHouse, type Citizen, openChannelHouse } from "./channel-house.ts";

const MINUTE_MS = 60_000;
const WRONG = "ZZZZ2222";
const UNUSABLE = /这个关联码现在用不了/;

let town: ChannelHouse;
beforeAll(async () => {
  town = await openChannelHouse({ publicUrl: "https://12345.example.gov.cn" });
});
afterAll(() => town.close());

async function codeOf(citizen: Citizen): Promise<string> {
  const said = await citizen.say("关联账号");
  const code = /关联码：([2-9A-HJ-NP-Z]{8})\n/.exec(said)?.[1];
  if (!code) throw new Error(`no code in: ${said}`);
  return code;
}

async function linked(one: Citizen, other: Citizen): Promise<void> {
  await other.say(await codeOf(one));
  expect(await other.press("确认关联")).toMatch(/已关联/);
}

const couple = () => [town.citizen("web"), town.citizen("telegram")] as const;

describe("一个人，几个渠道", () => {
  it("要关联码：一句话说明，八个字符，十分钟，链接在 # 后面带着码", async () => {
    const said = await town.citizen("web").say("我在微信也用过");
    expect(said).toMatch(
      /两边都能查到自己的诉求[\s\S]*10 分钟[\s\S]*关联码：[2-9A-HJ-NP-Z]{8}\n只能用一次，不要给别人/,
    );
    const code = /关联码：(\w{8})/.exec(said)?.[1];
    expect(said).toContain(`https://12345.example.gov.cn/#link=${code}`);
  });

  it.each(["绑定", "换了手机", "我换手机了。", "之前在公众号上登记过", "我在网页也用过", "绑定账号"])(
    "“%s”也给码",
    async (said) => {
      expect(await town.citizen("web").say(said)).toMatch(/关联码：/);
    },
  );

  it.each(["我在网站上买的东西坏了，商家不退", "换了手机号还能查吗", "小区换了手机信号基站，辐射大"])(
    "“%s”说的是别的事",
    async (said) => {
      expect(await town.citizen("web").say(said)).not.toMatch(/关联码/);
    },
  );

  it("另一边发码，确认之后两边是一个人，先前那边也知道了", async () => {
    const [web, telegram] = couple();
    const code = await codeOf(web);
    expect(await telegram.say(code)).toMatch(/这个码来自网页上的一个账号[\s\S]*\[确认关联\] \[不关联\]/);
    expect(await telegram.press("确认关联")).toMatch(/已关联网页上的账号/);
    expect(await web.told(/您的账号已与 Telegram 上的一个账号关联；如非本人操作，回复“解除关联”/)).toHaveLength(1);
    expect(await web.say("关联账号")).toMatch(/您已经关联了 Telegram 上的账号/);
  });

  it("证明之前，另一边的编号、电话、内容一个字都不出现；证明之后都能查、能催、能补充、能撤回", async () => {
    const [web, telegram] = couple();
    const number = await web.file();
    const code = await codeOf(web);
    const before = [
      await telegram.say(number),
      await telegram.say("我的工单"),
      await telegram.say(`关联 ${code}`),
    ].join("\n");
    expect(before).toMatch(/没有在您的诉求里找到编号/);
    expect(before).not.toMatch(/积水|望京|王女士|138/);
    await telegram.say("是的");
    expect(await telegram.say("我的工单")).toMatch(/望京西园四区北门路面积水/);
    expect(await telegram.say(`催办 ${number}`)).toMatch(/催办已经送到/);
    await telegram.say(`补充 ${number}`);
    expect(await telegram.say("昨晚又有老人滑倒")).toMatch(/补充已经送到/);
    await telegram.say(`撤回 ${number}`);
    await telegram.press("确定撤回");
    expect(await telegram.told(new RegExp(`${number} 已撤回`))).toHaveLength(1);
    expect(await web.told(new RegExp(`${number} 已撤回`))).toHaveLength(1);
  });

  it("关联之后，登记编号和每条进展两边各说一次", async () => {
    const [web, telegram] = couple();
    await linked(web, telegram);
    const number = await telegram.file();
    await town.house().desk?.handle({ role: "admin", name: "测试员" }, number, "accept");
    await town.house().desk?.handle({ role: "admin", name: "测试员" }, number, "reply", "今天下午抽水。");
    for (const account of [web, telegram]) {
      expect(await account.told(new RegExp(`登记成功，受理编号 ${number}`))).toHaveLength(1);
      expect(await account.told(new RegExp(`${number} 有进展`))).toHaveLength(1);
      expect(await account.told(/今天下午抽水/)).toHaveLength(1);
    }
  });

  it("同一件事在另一边再说：认得出是自己的那张工单", async () => {
    const [web, telegram] = couple();
    const number = await web.file("望京西园四区7号楼下的路灯坏了半个月，晚上一片漆黑，希望修好");
    await linked(web, telegram);
    expect(await telegram.say("望京西园四区7号楼下的路灯坏了半个月，晚上一片漆黑，希望修好")).toContain(number);
  });

  it("错的、过期的、用过的、换掉的码：一样的一句话，分不出是哪一种", async () => {
    const [web, telegram] = couple();
    const replaced = await codeOf(web);
    const expired = await codeOf(web);
    const answers = [await telegram.say(`关联 ${WRONG}`), await telegram.say(replaced)];
    town.clock.pass(10 * MINUTE_MS + 1);
    answers.push(await telegram.say(expired));
    const used = await codeOf(web);
    await town.citizen("line").say(used);
    const line = town.citizen("line");
    await line.say(used);
    await line.press("确认关联");
    answers.push(await telegram.say(used));
    expect(answers[0]).toMatch(UNUSABLE);
    expect(new Set(answers).size).toBe(1);
    expect(await telegram.say("关联账号")).not.toMatch(/已经关联了/);
  });

  it("码过了十分钟才确认：不关联", async () => {
    const [web, telegram] = couple();
    await telegram.say(await codeOf(web));
    town.clock.pass(11 * MINUTE_MS);
    expect(await telegram.say("确认关联")).toMatch(UNUSABLE);
  });

  it("两个人同时确认同一个码：只成一个，另一个知道没成", async () => {
    const [web, telegram] = couple();
    const line = town.citizen("line");
    const code = await codeOf(web);
    await telegram.say(code);
    await line.say(code);
    const said = await Promise.all([telegram.say("确认关联"), line.say("确认关联")]);
    expect(said.filter((words) => /已关联网页上的账号/.test(words))).toHaveLength(1);
    expect(said.filter((words) => UNUSABLE.test(words))).toHaveLength(1);
  });

  it("平台把同一条消息又送一次：什么也不变", async () => {
    const [web, telegram] = couple();
    const code = await codeOf(web);
    await telegram.say(code, { id: "code" });
    await telegram.say(code, { id: "code" });
    await telegram.say("确认关联", { id: "yes" });
    expect(await telegram.say("确认关联", { id: "yes" })).toBe("");
    expect(await web.told(/您的账号已与 Telegram/)).toHaveLength(1);
  });

  it("要码和用码之间、用码和确认之间重启：照样能成", async () => {
    const [web, telegram] = couple();
    const code = await codeOf(web);
    await town.restart();
    expect(await telegram.say(code)).toMatch(/这个码来自网页/);
    await town.restart();
    expect(await telegram.say("好的")).toMatch(/已关联网页上的账号/);
  });

  it("解除关联：哪边说都行，两边从此各看各的，新消息不再过去", async () => {
    const [web, telegram] = couple();
    const number = await web.file();
    await linked(web, telegram);
    expect(await web.say("解除关联")).toMatch(/已解除关联/);
    expect(await telegram.told(/您在网页上的账号已解除关联/)).toHaveLength(1);
    expect(await telegram.say(number)).toMatch(/没有在您的诉求里找到/);
    await town.house().desk?.handle({ role: "admin", name: "测试员" }, number, "accept");
    expect(await web.told(new RegExp(`${number} 有进展`))).toHaveLength(1);
    expect(await telegram.told(new RegExp(`${number} 有进展`))).toHaveLength(0);
    expect(await telegram.say("解除关联")).toMatch(/没有关联别的账号/);
  });

  it("填表填到一半来关联：表还在，关联完接着问", async () => {
    const [web, telegram] = couple();
    await telegram.say("望京西园四区北门路面积水好几天了，希望尽快排水");
    expect(await telegram.say(await codeOf(web))).toMatch(/这个码来自网页/);
    expect(await telegram.say("确认关联")).toMatch(/已关联[\s\S]*称呼和电话/);
  });

  it("不关联、取消、自己的码、已经关联的码", async () => {
    const [web, telegram] = couple();
    const code = await codeOf(web);
    expect(await web.say(code)).toMatch(/这是您自己的关联码/);
    await telegram.say(code);
    expect(await telegram.say("不关联")).toMatch(/没有关联/);
    await telegram.say(code);
    expect(await telegram.say("取消")).toMatch(/先不关联/);
    await telegram.say(`绑定：${code.toLowerCase()}`);
    await telegram.say("确认");
    expect(await telegram.say(await codeOf(web))).toMatch(/已经关联了/);
  });

  it("猜码：错五次就不再看，对的码也一样，一小时后再来；别人照常", async () => {
    const [web, telegram] = couple();
    const code = await codeOf(web);
    for (let index = 0; index < 5; index++) expect(await telegram.say(`关联 GUESS22${index}`)).toMatch(UNUSABLE);
    expect(await telegram.say(code)).toMatch(/试的次数太多了/);
    expect(await town.citizen("line").say(code)).toMatch(/这个码来自网页/);
    town.clock.pass(61 * MINUTE_MS);
    expect(await telegram.say(await codeOf(web))).toMatch(/这个码来自网页/);
  });

  it("要码要得太勤：请过一小时再试", async () => {
    const web = town.citizen("web");
    for (let index = 0; index < 5; index++) await codeOf(web);
    expect(await web.say("关联账号")).toMatch(/过一小时再试/);
  });

  it("码只以摘要留在表里，关联和解除各有记录", async () => {
    const [web, telegram] = couple();
    const code = await codeOf(web);
    const { raw } = town.house().database;
    const rows = raw.prepare("SELECT * FROM link_codes").all();
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(code);
    await telegram.say(code);
    await telegram.say("确认关联");
    await telegram.say("解除关联");
    const deeds = (await town.house().store.accountActs(telegram.from)).map(({ deed }) => deed);
    expect(deeds).toEqual(["link", "unlink"]);
  });
});
