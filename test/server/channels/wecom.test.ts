import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { png } from "../media/samples.ts";
import { atKf, freshMsgId, kfItem, openWecomTown, type WecomTown } from "./wecom-town.ts";

const COMPLAINT = "朝阳区望京西园四区楼下餐馆油烟很大，每天晚上都呛人，希望尽快处理";

let town: WecomTown;
beforeAll(async () => {
  town = await openWecomTown();
  town.host.media.set("picture", { type: "image/png", bytes: png });
});
afterAll(() => town.close());

let people = 0;
const someone = () => `somebody.${++people}`;
const ticketText = (number: string) => JSON.stringify(town.server().house.desk?.ticket(number)?.ticket);

describe("自建应用：从一句话到受理编号", () => {
  it("走完一件诉求，选项是带序号的文字", async () => {
    const member = someone();
    await town.say(member, { MsgType: "event", Event: "subscribe", EventKey: "" });
    await town.hears(member, /您好/);
    await town.say(member, COMPLAINT);
    await town.hears(member, /称呼和电话/);
    await town.say(member, "王女士 13912345678");
    expect(await town.hears(member, /请核对您的诉求/)).toMatch(/1\. 确认提交/);
    await town.say(member, "1");
    const number = /受理编号 (\d{14})/.exec(await town.hears(member, /受理编号 \d{14}/))?.[1] ?? "";
    expect(ticketText(number)).toContain(COMPLAINT);
    await town.say(member, { MsgType: "event", Event: "click", EventKey: "progress/mine" });
    await town.hears(member, new RegExp(`${number}[\\s\\S]*油烟|油烟[\\s\\S]*${number}`));
  });

  it("头一回打开应用打个招呼，以后再打开不打扰", async () => {
    const member = someone();
    const opening = (CreateTime: number) => ({ MsgType: "event", Event: "enter_agent", EventKey: "", CreateTime });
    await town.say(member, opening(1_772_323_200));
    await town.hears(member, /您好/);
    await town.say(member, opening(1_772_323_260));
    await town.idle();
    expect([town.heard(member).length, town.turnsOf(`app:${member}`)]).toEqual([1, 1]);
  });

  it("没有话的事件谁也不打扰；没见过的消息类型也有回话", async () => {
    const member = someone();
    for (const Event of ["view", "unsubscribe", "LOCATION", "change_contact", "never_heard_of"]) {
      await town.say(member, { MsgType: "event", Event, EventKey: "x" });
    }
    await town.idle();
    expect(town.heard(member)).toEqual([]);
    await town.say(member, { MsgType: "hologram", MsgId: freshMsgId() });
    await town.hears(member, /看不懂这类消息/);
  });

  it("图片存成附件，同时送达三次存一份；取不到的告诉本人", async () => {
    const member = someone();
    const picture = { FromUserName: member, MsgType: "image", MediaId: "picture", MsgId: freshMsgId() };
    await Promise.all([1, 2, 3].map(() => town.platform.post(picture)));
    expect([town.filesOf(`app:${member}`), town.turnsOf(`app:${member}`)]).toEqual([["image"], 1]);
    await town.say(member, { MsgType: "image", MediaId: "gone", MsgId: freshMsgId() });
    await town.hears(member, /没有收到/);
  });

  it("不在应用可见范围里的人：话留着，任务带着原因结束，下次来时先说", async () => {
    const member = someone();
    town.host.strangers.add(member);
    await town.say(member, "你好");
    await expect.poll(() => town.logged(), { timeout: 10_000 }).toMatch(/job-dead .*可见范围.*next visit/);
    town.host.strangers.delete(member);
    await town.say(member, "帮助");
    await town.hears(member, /您不在的时候[\s\S]*您好/);
  });
});

describe("微信客服：从进来到受理编号", () => {
  it("进来有欢迎语，走完一件诉求，选项是菜单，点得动", async () => {
    const citizen = "wmMainJob";
    await town.enter(citizen);
    await town.hears(atKf(citizen), /您好/);
    expect(town.seenBy(atKf(citizen))).toEqual([expect.objectContaining({ isWelcome: true })]);
    await town.tell(citizen, COMPLAINT);
    await town.hears(atKf(citizen), /称呼和电话/);
    await town.tell(citizen, "王女士 13912345678");
    await town.hears(atKf(citizen), /请核对您的诉求/);
    const confirm = town
      .seenBy(atKf(citizen))
      .flatMap(({ menu }) => menu)
      .find(({ content }) => /确认提交/.test(content));
    expect(confirm).toMatchObject({
      id: expect.stringMatching(/^intake\//),
      content: expect.stringMatching(/^\d+\. /),
    });
    await town.tell(citizen, kfItem(citizen, "text", { content: confirm?.content, menu_id: confirm?.id }));
    const number = /受理编号 (\d{14})/.exec(await town.hears(atKf(citizen), /受理编号 \d{14}/))?.[1] ?? "";
    expect(ticketText(number)).toContain(COMPLAINT);
    await town.tell(citizen, kfItem(citizen, "text", { content: "查看进度", menu_id: `progress/show/${number}` }));
    await town.hears(atKf(citizen), new RegExp(`${number}.*油烟`, "s"));
    expect(town.host.kf.untokened()).toBe(0);
  });

  it("没有欢迎码的进入、接待人员的话、别的事件：什么也不说", async () => {
    const citizen = "wmSilent";
    const enter = { event_type: "enter_session", open_kfid: "wkHotline", external_userid: citizen };
    await town.tell(citizen, { ...kfItem(citizen, "event", enter), origin: 4 });
    await town.tell(citizen, {
      ...kfItem(citizen, "text", { content: "我来接待" }),
      origin: 5,
      servicer_userid: "lisi",
    });
    await town.idle();
    expect([town.heard(atKf(citizen)), town.turnsOf(`kf:${citizen}`)]).toEqual([[], 0]);
  });

  it("欢迎码用不了了：招呼不打了，以后也不补", async () => {
    const citizen = "wmLate";
    town.host.fail("/cgi-bin/kf/send_msg_on_event", 40_029);
    await town.enter(citizen);
    await expect.poll(() => town.logged(), { timeout: 10_000 }).toMatch(/greeting is not said any more/);
    await town.tell(citizen, "帮助");
    await town.idle();
    expect(town.heard(atKf(citizen)).join("\n")).not.toMatch(/您不在的时候/);
  });

  it("两个客服账号、应用里的同名成员，各是各的会话", async () => {
    const citizen = "wmSameName";
    await town.tell(citizen, COMPLAINT);
    await town.hears(atKf(citizen), /称呼和电话/);
    town.host.kf.put("wkOther", kfItem(citizen, "text", { content: "你好" }));
    await town.platform.call("wkOther");
    await town.hears(`wkOther:${citizen}`, /您好/);
    await town.say(citizen, "你好");
    await town.hears(citizen, /您好/);
  });

  it("发出去以后才说没送到的：原因进日志；时限过了的，后面的话留着", async () => {
    const citizen = "wmFailed";
    await town.tell(citizen, "你好");
    await town.hears(atKf(citizen), /您好/);
    const event = { event_type: "msg_send_fail", open_kfid: "wkHotline", external_userid: citizen };
    const failed = (fail_msgid: string, fail_type: number) =>
      town.tell(citizen, { ...kfItem(citizen, "event", { ...event, fail_msgid, fail_type }), origin: 4 });
    await failed("MSG_REFUSED", 10);
    await failed("MSG_LATE", 4);
    await town.idle();
    expect(town.logged()).toMatch(/wecom.kf-send-failed messageId=MSG_REFUSED reason=the citizen refuses/);
    expect(town.logged()).toMatch(/wecom.kf-send-failed messageId=MSG_LATE reason=the 48 hours/);
  });
});
