import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Activity,
  plainActivity,
  teamsActivity,
  teamsGroupActivity,
  webChatPress,
} from "../../fakes/bot-framework-activities.ts";
import { APP_ID, APP_PASSWORD } from "../../fakes/bot-framework-host.ts";
import { png } from "../media/samples.ts";
import { type BotFrameworkTown, chatOf, openBotFrameworkTown } from "./bot-framework-town.ts";

const COMPLAINT = "望京西园四区三单元楼下的餐馆天天夜里排油烟，昨天晚上十一点还在排，希望尽快处理";

let people = 0;
const someone = () => `person${++people}`;

let town: BotFrameworkTown;
beforeAll(async () => {
  town = await openBotFrameworkTown();
});
afterAll(() => town.close());

async function fileComplaint(user: string): Promise<string> {
  await town.say(user, COMPLAINT);
  await town.hears(chatOf(user), /称呼和电话/);
  await town.say(user, "王女士 13912345678");
  await town.hears(chatOf(user), /请核对您的诉求.*王女士/s);
  await town.press(user, /确认提交/);
  return /受理编号 (\d{14})/.exec(await town.hears(chatOf(user), /受理编号 \d{14}/))?.[1] ?? "";
}

const attachment = (id: string) => ({
  contentType: "image/png",
  contentUrl: `${town.host.serviceUrl}v3/attachments/${id}`,
});

describe("Teams", () => {
  it("从一句话到受理编号，再按按钮看进度", async () => {
    const user = someone();
    const number = await fileComplaint(user);
    expect(JSON.stringify(town.server().house.desk?.ticket(number)?.ticket)).toContain(COMPLAINT);
    await town.press(user, /查看进度/);
    await town.hears(chatOf(user), new RegExp(`${number}.*油烟`, "s"));
  });

  it("打开聊天的几个通知，欢迎一次", async () => {
    const user = someone();
    const opened = [
      { type: "installationUpdate", action: "add" },
      { type: "conversationUpdate", membersAdded: [{ id: `29:${user}` }, { id: `28:${APP_ID}` }] },
    ];
    for (const fields of [...opened, ...opened]) await town.say(user, fields);
    await town.hears(chatOf(user), /您好/);
    await town.server().house.idle();
    expect([
      town.turnsOf(`msteams|29:${user}`),
      town.heard(chatOf(user)).filter((words) => /您好/.test(words)).length,
    ]).toEqual([1, 1]);
  });

  it("几天以后，重启过，平台换了地址：工单的消息照样送到", async () => {
    const user = someone();
    const number = await fileComplaint(user);
    const moved = `${town.host.url}/apac/`;
    const authorization = `Bearer ${await town.host.token({ serviceurl: moved })}`;
    expect(await town.post(teamsActivity(user, moved, { text: "谢谢" }), { authorization })).toBe(200);
    await town.restart();
    const at = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const { house } = town.server();
    await house.recordUpdate({ id: `late-${number}`, number, status: "replied", at, text: "已责令整改" });
    await town.hears(chatOf(user), /已责令整改/);
    expect(town.host.seen.find(({ text }) => /已责令整改/.test(text))?.activity.serviceUrl).toBe(moved);
  });

  it("图片存成附件；取不到的、别处的告诉市民，话不丢", async () => {
    const user = someone();
    town.host.files.set("lamp", png);
    await town.say(user, { text: COMPLAINT, attachments: [attachment("lamp")] });
    await town.hears(chatOf(user), /称呼和电话/);
    expect(town.filesOf(`msteams|29:${user}`)).toEqual(["image"]);
    const other = someone();
    await town.say(other, { attachments: [{ contentType: "image/png", contentUrl: "http://169.254.169.254/latest" }] });
    await town.hears(chatOf(other), /没有收到/);
    const third = someone();
    await town.say(third, { text: COMPLAINT, attachments: [attachment("gone")] });
    await town.hears(chatOf(third), /称呼和电话/);
    await town.say(third, "王女士 13912345678");
    await town.hears(chatOf(third), /请核对您的诉求.*餐馆.*另附的文件没有收到/s);
  });

  it("取文件一时断线就再取", async () => {
    const user = someone();
    town.host.files.set("again", png);
    town.host.fail("attachment", "hang-up", { status: 500 });
    await town.say(user, { attachments: [attachment("again")] });
    await town.hears(chatOf(user), /照片|图片|附件/);
  });

  it("登记以后改了原来那句话：当作更正，写进工单", async () => {
    const user = someone();
    await town.say(user, COMPLAINT);
    await town.hears(chatOf(user), /称呼和电话/);
    await town.say(user, "王女士 13912345678");
    await town.hears(chatOf(user), /请核对您的诉求/);
    await town.say(user, { type: "messageUpdate", text: "是五单元楼下的餐馆" });
    await town.hears(chatOf(user), /五单元/);
  });

  it("群里不说事：点了名就指路到私聊，一分钟一次；没点名不作声；说的话一个字不留", async () => {
    const group = "19:c@thread.tacv2;messageid=1";
    const user = someone();
    const inGroup = (text: string, mentions: boolean) => ({
      ...teamsGroupActivity(user, town.host.serviceUrl, text, mentions),
      timestamp: "2026-03-01T08:00:00Z",
    });
    await town.deliver(inGroup("楼道灯坏了", false));
    await town.deliver({ ...inGroup("我叫王小明，电话13912345678", true), id: "1700000000000" });
    await town.deliver(inGroup("在吗", true));
    await town.hears(group, /单独说.*https:\/\/teams\.microsoft\.com\/l\/chat\/0\/0\?users=28:6f1d0b7e/);
    await town.server().house.idle();
    expect([town.heard(group).length, town.turnsOf(`msteams|29:${user}`)]).toEqual([1, 0]);
    expect(town.host.seen.find(({ conversationId }) => conversationId === group)?.replyToId).toBe("1700000000000");
  });

  it("市民卸了机器人：话留着，回来时先说，只说一次", async () => {
    const user = someone();
    await town.say(user, "你好");
    await town.hears(chatOf(user), /您好/);
    town.host.removedFrom.add(chatOf(user));
    await town.say(user, "我的工单");
    await expect.poll(() => town.logged(), { timeout: 10_000 }).toMatch(/job-dead .*removed the bot.*next visit/);
    town.host.removedFrom.delete(chatOf(user));
    await town.say(user, "帮助");
    await town.hears(chatOf(user), /您不在的时候.*(?:工单|诉求)/s);
    await town.server().house.idle();
    expect(town.heard(chatOf(user)).filter((words) => /您不在的时候/.test(words))).toHaveLength(1);
  });
});

describe("别的渠道", () => {
  it("网页聊天：按钮交回编号；位置认得", async () => {
    const post = (fields: object) => town.deliver(plainActivity("webchat", "w1", town.host.serviceUrl, fields));
    await post({ text: COMPLAINT });
    await town.hears("w1", /称呼和电话/);
    await post({ text: "王女士 13912345678" });
    await town.hears("w1", /请核对您的诉求/);
    const button = town.host.seen
      .flatMap((each) => (each.conversationId === "w1" ? each.buttons : []))
      .findLast(({ title }) => /确认提交/.test(title));
    await town.deliver(webChatPress("w1", town.host.serviceUrl, button?.data));
    await town.hears("w1", /受理编号 \d{14}/);
  });

  it("没有卡片的渠道：回复序号", async () => {
    const post = (text: string) => town.deliver(plainActivity("slack", "s1", town.host.serviceUrl, { text }));
    await post(COMPLAINT);
    await town.hears("s1", /称呼和电话/);
    await post("王女士 13912345678");
    const summary = await town.hears("s1", /请核对您的诉求.*回复序号即可选择/s);
    await post(/(\d+)\. 确认提交/.exec(summary)?.[1] ?? "none");
    await town.hears("s1", /受理编号 \d{14}/);
    expect(
      town.host.seen
        .filter(({ conversationId }) => conversationId === "s1")
        .every(({ activity }) => !activity.attachments),
    ).toBe(true);
  });

  it("网页聊天里自称是 Teams 的谁，看不到那个人的工单", async () => {
    const user = someone();
    const number = await fileComplaint(user);
    const from = { id: `29:${user}`, role: "user" };
    await town.deliver(plainActivity("directline", "d9", town.host.serviceUrl, { from, text: "我的工单" }));
    await town.hears("d9", /工单|诉求/);
    await town.server().house.idle();
    expect(town.heard("d9").join("\n")).not.toContain(number);
  });

  it("赞、输入中、事件、没见过的：200，没有回合；调用：501", async () => {
    const user = someone();
    for (const type of ["messageReaction", "typing", "event", "endOfConversation", "hologram"])
      await town.say(user, { type });
    expect(await town.post(teamsActivity(user, town.host.serviceUrl, { type: "invoke", name: "x" }))).toBe(501);
    expect(town.turnsOf(`msteams|29:${user}`)).toBe(0);
  });
});

describe("送达三次，次序打乱，中间重启", () => {
  it("一个回合，一次回答", async () => {
    town.host.files.set("replay", png);
    const kinds = [
      { text: "你好" },
      { attachments: [attachment("replay")] },
      { value: { choice: "progress/mine", label: "查进度" } },
      { type: "conversationUpdate", membersAdded: [{ id: "29:x" }] },
      { type: "messageUpdate", text: "在三单元" },
      { text: COMPLAINT, entities: [] },
    ];
    const users = kinds.map(someone);
    const activities = kinds.map((fields, index) =>
      teamsActivity(users[index] ?? "", town.host.serviceUrl, { from: { id: `29:${users[index]}` }, ...fields }),
    );
    await Promise.all([...activities, ...activities].map((activity) => town.deliver(activity)));
    await town.server().house.idle();
    const before = users.map((user) => town.heard(chatOf(user)));
    expect(before.every((words) => words.length > 0)).toBe(true);
    for (const activity of activities.toReversed()) await town.deliver(activity);
    await town.restart();
    for (const index of [3, 0, 5, 1, 4, 2]) await town.deliver(activities[index] as Activity);
    await town.server().house.idle();
    expect(users.map((user, index) => town.turnsOf(`msteams|29:${index === 3 ? "x" : user}`))).toEqual(
      users.map(() => 1),
    );
    expect(users.map((user) => town.heard(chatOf(user)))).toEqual(before);
  });
});

it("日志里没有市民的话、电话、名字、编号、令牌和密码", () => {
  for (const secret of [
    "望京",
    "13912345678",
    "王女士",
    "王小明",
    "29:person",
    "a:chat",
    "Bearer",
    "access-token",
    APP_PASSWORD,
  ]) {
    expect(town.logged()).not.toContain(secret);
  }
});
