import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { amr, png } from "../media/samples.ts";
import { freshMsgId, openWechatTown, type WechatTown } from "./wechat-town.ts";

const SEND = "/cgi-bin/message/custom/send";
const COMPLAINT = "朝阳区望京西园四区楼下餐馆油烟很大，每天晚上都呛人，希望尽快处理";

let town: WechatTown;
beforeAll(async () => {
  town = await openWechatTown();
});
afterAll(() => town.close());

let people = 0;
const someone = () => `oCitizen${++people}-${"x".repeat(16)}`;
const text = (openId: string, words: string, msgId = freshMsgId()) => ({
  FromUserName: openId,
  MsgType: "text",
  Content: words,
  MsgId: msgId,
});

describe("公众号：从一句话到受理编号", () => {
  it("用被动回复和客服消息，走完一件诉求", async () => {
    const citizen = someone();
    expect(await town.say(citizen, { MsgType: "event", Event: "subscribe" })).toMatch(/您好/);
    expect(await town.say(citizen, COMPLAINT)).toMatch(/称呼和电话/);
    expect(await town.say(citizen, "王女士 13912345678")).toMatch(/请核对您的诉求/);
    expect(await town.say(citizen, "1")).toMatch(/已经保存/);
    const receipt = await town.hears(citizen, /受理编号 \d{14}/);
    const number = /受理编号 (\d{14})/.exec(receipt)?.[1] ?? "";
    expect(JSON.stringify(town.server().house.desk?.ticket(number)?.ticket)).toContain(COMPLAINT);
    const staff = { role: "admin", name: "测试员" };
    await town.server().house.desk?.handle(staff, number, "accept");
    await town.server().house.desk?.handle(staff, number, "reply", "今天去查看。");
    await town.hears(citizen, /有答复了/);
    const pressed = town.host.seen.flatMap((each) => (each.openId === citizen ? each.menu : []));
    expect(pressed).toContainEqual({ id: `progress/show/${number}`, content: "查看进度" });
    const click = {
      MsgType: "text",
      Content: "查看进度",
      bizmsgmenuid: `progress/show/${number}`,
      MsgId: freshMsgId(),
    };
    await town.say(citizen, click);
    await town.hears(citizen, new RegExp(`${number}.*油烟`, "s"));
  });

  it("菜单点击、扫码、语音识别、位置都听得懂", async () => {
    const citizen = someone();
    expect(await town.say(citizen, { MsgType: "event", Event: "SCAN", EventKey: "1" })).toMatch(/您好/);
    expect(await town.say(citizen, { MsgType: "event", Event: "CLICK", EventKey: "progress/mine" })).toMatch(
      /工单|诉求/,
    );
    const voice = { MsgType: "voice", MediaId: "v", Format: "amr", Recognition: COMPLAINT, MsgId: freshMsgId() };
    expect(await town.say(citizen, voice)).toMatch(/称呼和电话/);
  });

  it("没有话的事件马上空着应答，谁也不打扰", async () => {
    const citizen = someone();
    for (const Event of ["unsubscribe", "VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "never_heard_of"]) {
      expect(await town.say(citizen, { MsgType: "event", Event, EventKey: "x" })).toBeUndefined();
    }
    expect([town.turnsOf(citizen), town.heard(citizen)]).toEqual([0, []]);
  });

  it("没见过的消息类型也有回话", async () => {
    expect(await town.say(someone(), { MsgType: "hologram", MsgId: freshMsgId() })).toMatch(/看不懂这类消息/);
  });
});

describe("平台会重复问", () => {
  it("同时问三次：一个回合，三次一样的回答", async () => {
    const citizen = someone();
    const message = text(citizen, "你好");
    const responses = await Promise.all([1, 2, 3].map(() => town.platform.post(message)));
    const words = await Promise.all(responses.map((response) => town.platform.words(response)));
    expect(new Set(words)).toEqual(new Set([words[0]]));
    expect(words[0]).toMatch(/您好/);
    expect([town.turnsOf(citizen), town.host.seen.filter(({ openId }) => openId === citizen)]).toEqual([1, []]);
  });

  it("第一条还在答，第二条也有答", async () => {
    const citizen = someone();
    const [one, two] = [text(citizen, COMPLAINT), text(citizen, "王女士 13912345678")];
    const responses = await Promise.all([town.platform.post(one), sleep(5).then(() => town.platform.post(two))]);
    const passive = await Promise.all(responses.map((response) => town.platform.words(response)));
    expect(town.turnsOf(citizen)).toBe(2);
    await expect
      .poll(() => [...passive, ...town.heard(citizen)].join("\n"), { timeout: 10_000 })
      .toMatch(/称呼和电话[\s\S]*请核对您的诉求/);
  });

  describe("图片要取很久", () => {
    const GET = "/cgi-bin/media/get";
    const picture = (openId: string) => {
      town.host.heard(openId);
      town.host.media.set(openId, { type: "image/png", bytes: png });
      return { FromUserName: openId, MsgType: "image", MediaId: openId, MsgId: freshMsgId() };
    };
    const pushedTo = (openId: string) => town.host.seen.filter((each) => each.openId === openId);
    afterEach(() => town.host.delay(GET, 0));

    it("头一次问等过了时间，空着应答；再问的还在等，得到回答；只取一次，只有一个回合", async () => {
      const citizen = someone();
      town.host.delay(GET, 4_600);
      const before = town.host.calls.get(GET) ?? 0;
      const message = picture(citizen);
      const first = town.platform.post(message);
      await sleep(1_500);
      const second = town.platform.post(message);
      expect(await town.platform.words(await first)).toBeUndefined();
      expect(await town.platform.words(await second)).toMatch(/照片|图片|附件/);
      expect([town.turnsOf(citizen), (town.host.calls.get(GET) ?? 0) - before, pushedTo(citizen)]).toEqual([1, 1, []]);
    });

    it("过了时间没人再问：话随客服消息来", async () => {
      const citizen = someone();
      town.host.delay(GET, 4_600);
      expect(await town.platform.words(await town.platform.post(picture(citizen)))).toBeUndefined();
      await town.hears(citizen, /照片|图片|附件/);
      expect([town.turnsOf(citizen), pushedTo(citizen).length]).toEqual([1, 1]);
    });

    it("平台等不及挂断了：话随客服消息来，再问时得到空应答", async () => {
      const citizen = someone();
      town.host.delay(GET, 1_000);
      const message = picture(citizen);
      await expect(town.platform.post(message, { signal: AbortSignal.timeout(300) })).rejects.toThrow();
      await town.hears(citizen, /照片|图片|附件/);
      expect(await town.platform.words(await town.platform.post(message))).toBeUndefined();
      expect([town.turnsOf(citizen), pushedTo(citizen).length]).toEqual([1, 1]);
    });
  });
});

describe("市民发来的文件", () => {
  it("图片和没有识别结果的语音存成附件，三次送达存一份", async () => {
    const citizen = someone();
    town.host.media.set("picture-1", { type: "image/png", bytes: png });
    town.host.media.set("voice-1", { type: "audio/amr", bytes: amr });
    const picture = { FromUserName: citizen, MsgType: "image", MediaId: "picture-1", MsgId: freshMsgId() };
    const voice = { FromUserName: citizen, MsgType: "voice", MediaId: "voice-1", Format: "amr", MsgId: freshMsgId() };
    for (const message of [picture, voice]) {
      await Promise.all([1, 2, 3].map(() => town.platform.post(message)));
    }
    expect(town.filesOf(citizen)).toEqual(["image", "voice"]);
    expect(town.turnsOf(citizen)).toBe(2);
  });

  it("一时取不到就再取；token 过期换了再取", async () => {
    const citizen = someone();
    town.host.media.set("picture-2", { type: "image/png", bytes: png });
    town.host.fail("/cgi-bin/media/get", -1, 42_001);
    await town.say(citizen, { MsgType: "image", MediaId: "picture-2", MsgId: freshMsgId() });
    expect(town.filesOf(citizen)).toEqual(["image"]);
  });

  it("取不到的、不收的，告诉市民，话不断", async () => {
    const citizen = someone();
    expect(await town.say(citizen, { MsgType: "image", MediaId: "gone", MsgId: freshMsgId() })).toMatch(/没有收到/);
    town.host.media.set("script", { type: "image/png", bytes: Buffer.from("<svg onload=alert(1)>") });
    expect(await town.say(citizen, { MsgType: "image", MediaId: "script", MsgId: freshMsgId() })).toMatch(
      /看不懂|再发/,
    );
    expect(town.filesOf(citizen)).toEqual([]);
  });
});

describe("推不出去的话", () => {
  async function filed(citizen: string): Promise<string> {
    await town.say(citizen, COMPLAINT);
    await town.say(citizen, "王女士 13912345678");
    await town.say(citizen, "1");
    const receipt = await town.hears(citizen, /受理编号 \d{14}/);
    await town.server().house.idle();
    return /受理编号 (\d{14})/.exec(receipt)?.[1] ?? "";
  }
  const accept = (number: string) =>
    town.server().house.desk?.handle({ role: "admin", name: "测试员" }, number, "accept");

  it("48 小时以外的进展留着，下次来时先说，只说一次", async () => {
    const citizen = someone();
    const number = await filed(citizen);
    town.host.fail(SEND, ...Array.from({ length: 9 }, () => 45_015));
    await accept(number);
    await expect.poll(() => town.logged(), { timeout: 10_000 }).toMatch(/job-dead .*48 hours.*next visit/);
    await town.server().house.idle();
    town.host.recover(SEND);
    const back = await town.say(citizen, "你好");
    expect(back).toMatch(/您不在的时候.*有进展.*\/t\/\d{14}/s);
    expect(await town.say(citizen, "你好")).not.toMatch(/您不在的时候/);
  });

  it("平台停摆时欠下的话，市民再来时随被动回复走", async () => {
    const citizen = someone();
    const number = await filed(citizen);
    town.host.fail(SEND, 45_009, 45_009, 45_009);
    await accept(number);
    await expect.poll(() => town.logged(), { timeout: 10_000 }).toMatch(/45009/);
    const words = await town.say(citizen, "你好");
    town.host.recover(SEND);
    expect(words).toMatch(/有进展/);
  });

  it("五条推过了就不再试，原因写在记录里，下次来时先说", async () => {
    const citizen = someone();
    const number = await filed(citizen);
    const { store } = town.server().house;
    for (let index = 0; index < 5; index++) await store.notePush({ channel: "wechat", userId: citizen });
    const pushed = town.host.seen.length;
    await accept(number);
    await expect.poll(() => town.logged(), { timeout: 10_000 }).toMatch(/job-dead .*not tried: 5 messages.*next visit/);
    expect(town.host.seen).toHaveLength(pushed);
    expect(await town.say(citizen, "你好")).toMatch(/您不在的时候.*有进展/s);
    expect(await store.pushesSince({ channel: "wechat", userId: citizen }, new Date(Date.now() - 1_000))).toBeLessThan(
      6,
    );
  });
});
