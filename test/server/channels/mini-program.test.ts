import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { png } from "../media/samples.ts";
import { freshMsgId, type MiniProgramTown, openMiniProgramTown } from "./mini-program-town.ts";

const SEND = "/cgi-bin/message/custom/send";
const COMPLAINT = "朝阳区望京西园四区楼下餐馆油烟很大，每天晚上都呛人，希望尽快处理";

let town: MiniProgramTown;
beforeAll(async () => {
  town = await openMiniProgramTown();
});
afterAll(() => town.close());

let people = 0;
const someone = () => `oCitizen${++people}-${"x".repeat(16)}`;

async function filed(citizen: string): Promise<string> {
  await town.say(citizen, COMPLAINT);
  await town.hears(citizen, /称呼和电话/);
  await town.say(citizen, "王女士 13912345678");
  await town.hears(citizen, /请核对您的诉求/);
  await town.say(citizen, "1");
  return /受理编号 (\d{14})/.exec(await town.hears(citizen, /受理编号 \d{14}/))?.[1] ?? "";
}

describe("小程序客服：从一句话到受理编号", () => {
  it("走完一件诉求，分享的工单卡片就是查进度", async () => {
    const citizen = someone();
    await town.enter(citizen);
    await town.hears(citizen, /您好/);
    const number = await filed(citizen);
    expect(JSON.stringify(town.server().house.desk?.ticket(number)?.ticket)).toContain(COMPLAINT);
    const card = { MsgType: "miniprogrampage", Title: "我的工单", AppId: town.host.appId, MsgId: freshMsgId() };
    await town.say(citizen, { ...card, PagePath: `pages/ticket/ticket?number=${number}` });
    await town.hears(citizen, new RegExp(`${number}.*油烟`, "s"));
  });

  it("一个回合的话合成一条，不超过五条", async () => {
    const citizen = someone();
    await town.say(citizen, COMPLAINT);
    await town.hears(citizen, /称呼和电话/);
    await town.server().house.idle();
    expect(town.heard(citizen)).toHaveLength(1);
  });

  it("图片取来存好；取不到的，告诉市民；没见过的类型也有回话；没有话的事件不打扰", async () => {
    const citizen = someone();
    town.host.media.set("picture-1", { type: "image/png", bytes: png });
    town.host.fail("/cgi-bin/media/get", -1, 42_001);
    await town.say(citizen, {
      MsgType: "image",
      PicUrl: "http://mmbiz.qpic.cn/x/0",
      MediaId: "picture-1",
      MsgId: freshMsgId(),
    });
    await town.hears(citizen, /照片|图片|附件/);
    expect(town.count("SELECT count(*) FROM media WHERE channel = 'mini-program'")).toBe(1);
    await town.say(citizen, { MsgType: "image", MediaId: "gone", MsgId: freshMsgId() });
    await town.hears(citizen, /没有收到/);
    await town.say(citizen, { MsgType: "hologram", MsgId: freshMsgId() });
    await town.hears(citizen, /看不懂这类消息/);
    const before = town.heard(citizen).length;
    await town.say(citizen, { MsgType: "event", Event: "subscribe_msg_popup_event" });
    await town.server().house.idle();
    expect(town.heard(citizen)).toHaveLength(before);
  });
});

describe("推不出去的话", () => {
  it("五条说完了就不再问平台，话留到下次来时先说，只说一次", async () => {
    const citizen = someone();
    const number = await filed(citizen);
    await town.server().house.idle();
    const asked = town.host.calls.get(SEND) ?? 0;
    const before = town.heard(citizen).length;
    // One after the other: what waits together is said in one message.
    for (let step = 0; step < 6; step += 1) {
      await town.server().house.recordUpdate(news(number, `u-${step}`, `第 ${step} 次进展`));
      await town.server().house.idle();
    }
    const sent = (town.host.calls.get(SEND) ?? 0) - asked;
    expect(sent).toBeLessThanOrEqual(5);
    expect(town.heard(citizen).length - before).toBe(sent);
    expect(town.logged()).toMatch(/job-dead .*no more messages are allowed.*next visit/);
    await town.say(citizen, "你好");
    const back = await town.hears(citizen, /您不在的时候/);
    const all = town.heard(citizen).join("\n");
    for (let step = 0; step < 6; step += 1) expect(all.split(`第 ${step} 次进展`)).toHaveLength(2);
    expect(back).toMatch(/您不在的时候.*进展/s);
  });

  it.each([
    ["45015 过了 48 小时", 45_015],
    ["45047 条数用完", 45_047],
  ])("平台说 %s：留到下次，之前不再去问", async (_name, code) => {
    const citizen = someone();
    town.host.fail(SEND, code);
    await town.say(citizen, "你好");
    await expect.poll(() => town.logged(), { timeout: 10_000 }).toMatch(/next visit/);
    await town.server().house.idle();
    await town.enter(citizen);
    await town.hears(citizen, /您不在的时候/);
  });

  it("当天额度用完、令牌不认：以后再发，市民再来时赶紧发", async () => {
    const citizen = someone();
    town.host.fail(SEND, 45_009);
    await town.say(citizen, "你好");
    await expect.poll(() => town.logged(), { timeout: 10_000 }).toMatch(/job-retry .*45009/);
    town.host.fail(SEND, 40_001, 40_001);
    await town.say(citizen, "在吗");
    await expect.poll(() => town.logged(), { timeout: 10_000 }).toMatch(/job-retry .*40001/);
    town.host.recover(SEND);
    await town.say(citizen, "你好");
    await town.hears(citizen, /您好/);
  });
});

const news = (number: string, id: string, text: string) =>
  ({ id, number, status: "in-progress", at: new Date().toISOString(), unit: "望京街道", text }) as const;
