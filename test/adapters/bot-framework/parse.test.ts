import { type Activity, TurnContext } from "botbuilder";
import { describe, expect, it } from "vitest";
import { originOf, type ParsedActivity, parseActivity } from "../../../adapters/bot-framework/index.ts";
import {
  botIn,
  plainActivity,
  teamsActivity,
  teamsGroupActivity,
  teamsPress,
  webChatPress,
} from "../../fakes/bot-framework-activities.ts";

const SERVICE = "https://smba.trafficmanager.net/cn/";
const NOW = new Date("2026-03-01T08:00:00Z");
const read = (activity: unknown) => parseActivity(activity, NOW);
const teams = (fields: object) => teamsActivity("u", SERVICE, fields);
const webchat = (fields: object) => plainActivity("webchat", "c1", "https://webchat.botframework.com/", fields);
const emulator = (fields: object) => plainActivity("emulator", "e1|livechat", "http://localhost:53126", fields);

function heart(parsed: ParsedActivity | undefined): object | undefined {
  if (parsed?.kind === "said") return parsed.content;
  if (parsed?.kind === "files") return { files: parsed.files, ...(parsed.text ? { text: parsed.text } : {}) };
  return parsed?.kind === "silent" ? { silent: parsed.what } : parsed && { kind: parsed.kind };
}

const data = {
  choice: "intake/confirm",
  label: "确认提交",
  msteams: { text: "确认提交", value: { choice: "intake/confirm", label: "确认提交" } },
};
const pressed = { kind: "choice", choiceId: "intake/confirm", label: "确认提交" };
const image = { contentType: "image/png", contentUrl: `${SERVICE}v3/attachments/0-a/views/original`, name: "灯.png" };
const download = {
  downloadUrl: "https://contoso-my.sharepoint.com/personal/x/download.aspx?t=1",
  uniqueId: "1",
  fileType: "pdf",
};
const teamsFile = {
  contentType: "application/vnd.microsoft.teams.file.download.info",
  content: download,
  name: "证明.pdf",
  contentUrl: "https://contoso-my.sharepoint.com/x",
};
const html = { contentType: "text/html", content: "<p>路灯坏了</p>" };

describe("读懂 Teams、网页聊天、模拟器和别的渠道送来的活动", () => {
  it.each<[string, unknown, object]>([
    [
      "Teams 的话",
      teams({ text: "路灯坏了\u00a0三天", textFormat: "plain", attachments: [html] }),
      { kind: "text", text: "路灯坏了 三天" },
    ],
    [
      "私聊里点名机器人",
      teams({
        text: "<at>接诉即办</at> 路灯坏了",
        entities: [{ type: "mention", mentioned: { id: botIn("msteams") }, text: "<at>接诉即办</at>" }],
      }),
      { kind: "text", text: "路灯坏了" },
    ],
    ["Teams 按卡片的按钮", teamsPress("u", SERVICE, data), pressed],
    ["网页聊天按卡片的按钮", webChatPress("c1", SERVICE, data), pressed],
    ["值是文本的按钮", webchat({ value: JSON.stringify(data) }), pressed],
    ["值不是选项", teams({ text: "你好", value: { choice: "不是选项" } }), { kind: "text", text: "你好" }],
    [
      "图片",
      teams({ attachments: [image, html], text: "就是这盏" }),
      { files: [{ url: image.contentUrl, isOpen: false, name: "灯.png" }], text: "就是这盏" },
    ],
    [
      "Teams 的文件",
      teams({ attachments: [teamsFile] }),
      { files: [{ url: download.downloadUrl, isOpen: true, name: "证明.pdf" }] },
    ],
    [
      "卡片不是文件",
      teams({
        attachments: [
          { contentType: "application/vnd.microsoft.card.hero", contentUrl: "https://a.example/", content: {} },
        ],
      }),
      { kind: "unsupported", what: "attachment" },
    ],
    [
      "坐标",
      webchat({ entities: [{ type: "GeoCoordinates", latitude: 39.99, longitude: 116.48, name: "望京" }] }),
      { kind: "location", point: { latitude: 39.99, longitude: 116.48, label: "望京" } },
    ],
    [
      "地点",
      webchat({ entities: [{ type: "Place", name: "望京", geo: { latitude: 39.99, longitude: 116.48 } }] }),
      { kind: "location", point: { latitude: 39.99, longitude: 116.48, label: "望京" } },
    ],
    [
      "不在地球上的坐标",
      webchat({ entities: [{ type: "GeoCoordinates", latitude: 139, longitude: 1 }], text: "这里" }),
      { kind: "text", text: "这里" },
    ],
    ["改过的话", teams({ type: "messageUpdate", text: "是三单元" }), { kind: "text", text: "（更正）是三单元" }],
    ["空的话", teams({ text: " " }), { kind: "unsupported", what: "unknown" }],
    ["半个字符", teams({ text: "灯\ud83d" }), { kind: "text", text: "灯\ufffd" }],
    [
      "模拟器里的市民来了",
      emulator({ type: "conversationUpdate", membersAdded: [{ id: "user-1" }] }),
      { kind: "joined" },
    ],
    ["装上了机器人", teams({ type: "installationUpdate", action: "add" }), { kind: "joined" }],
    ["卸下了机器人", teams({ type: "installationUpdate", action: "remove" }), { silent: "installationUpdate" }],
    [
      "有人离开",
      teams({ type: "conversationUpdate", membersRemoved: [{ id: "x" }] }),
      { silent: "conversationUpdate" },
    ],
    ["点赞", teams({ type: "messageReaction", reactionsAdded: [{ type: "like" }] }), { silent: "messageReaction" }],
    ["正在输入", webchat({ type: "typing" }), { silent: "typing" }],
    ["事件", webchat({ type: "event", name: "webchat/join" }), { silent: "event" }],
    ["没见过的", teams({ type: "hologram" }), { silent: "hologram" }],
    ["名字古怪的", teams({ type: "a b\n" }), { silent: "unknown" }],
    ["机器人自己的回声", webchat({ from: { id: "jiesu-bot", role: "bot" }, text: "您好" }), { silent: "message" }],
    ["程序的调用", teams({ type: "invoke", name: "adaptiveCard/action", value: {} }), { kind: "invoke" }],
    ["群里没有点名", teamsGroupActivity("u", SERVICE, "楼道灯坏了", false), { silent: "message" }],
    ["群里点了名", teamsGroupActivity("u", SERVICE, "我叫王小明", true), { kind: "called" }],
  ])("%s", (_name, activity, expected) => {
    expect(heart(read(activity))).toEqual(expected);
  });

  it.each([
    undefined,
    null,
    1,
    "活动",
    [],
    {},
    { type: "message" },
    { ...teams({}), serviceUrl: "file:///etc/passwd" },
    { ...teams({}), conversation: null },
    { ...teams({}), channelId: "a|b" },
  ])("不是活动：%j", (json) => {
    expect(read(json)).toBeUndefined();
  });

  it("群里点名的话，一个字也不留下", () => {
    expect(JSON.stringify(read(teamsGroupActivity("u", SERVICE, "我叫王小明，电话13912345678", true)))).not.toMatch(
      /王小明|1391234/,
    );
  });

  it("去掉点名的办法和 botbuilder 的一样", () => {
    const activity = teamsGroupActivity("u", SERVICE, "路灯坏了", true);
    const known = TurnContext.removeRecipientMention({ ...activity } as unknown as Activity).trim();
    const own = read({ ...activity, conversation: { conversationType: "personal", id: "a:1" } });
    expect(heart(own)).toEqual({ kind: "text", text: known });
  });
});

describe("谁在哪里说的", () => {
  const envelope = (activity: unknown) => {
    const parsed = read(activity);
    if (parsed?.kind !== "said") throw new Error(`was ${parsed?.kind}`);
    return parsed.envelope;
  };

  it("同一个活动编号不变；别的渠道、别的聊天、别的活动都不同", () => {
    const one = teams({ id: "1", text: "你好" });
    expect(envelope(one).id).toBe(envelope(structuredClone(one)).id);
    const others = [
      { ...one, id: "2" },
      { ...one, conversation: { id: "a:other" } },
      { ...one, channelId: "webchat" },
      { ...one, type: "messageUpdate" },
    ];
    expect(new Set([one, ...others].map((each) => envelope(each).id)).size).toBe(5);
  });

  it("没有编号的活动，凭它说的话认", () => {
    const one = { ...teams({ text: "你好" }), id: undefined };
    expect(envelope(one).id).toBe(envelope(structuredClone(one)).id);
    expect(envelope({ ...one, text: "再见" }).id).not.toBe(envelope(one).id);
  });

  it("一次打开的几个通知是同一条消息：欢迎一次", () => {
    const added = (...ids: string[]) => teams({ type: "conversationUpdate", membersAdded: ids.map((id) => ({ id })) });
    const all = [
      added(botIn("msteams")),
      added("29:u", botIn("msteams")),
      teams({ type: "installationUpdate", action: "add-upgrade" }),
    ];
    expect(new Set(all.map((each) => envelope(each).id)).size).toBe(1);
    expect(new Set(all.map((each) => envelope(each).userId))).toEqual(new Set(["msteams|29:u"]));
  });

  it("网页聊天里谁都可以自称是谁：只认聊天，别人冒不了 Teams 的名", () => {
    const pretending = envelope(webchat({ from: { id: "29:u" }, text: "我的工单" }));
    expect(pretending.userId).toBe("webchat|c1");
    expect(envelope(teams({ text: "我的工单" })).userId).toBe("msteams|29:u");
  });

  it("地址和 botbuilder 的会话引用一致", () => {
    const activity = teams({ text: "你好" });
    const known = TurnContext.getConversationReference(activity as unknown as Activity);
    const { address } = envelope(activity);
    expect(known).toMatchObject({
      serviceUrl: address.serviceUrl,
      channelId: address.channelId,
      conversation: address.conversation,
      bot: address.bot,
      user: address.user,
    });
  });

  it("令牌要担保的，是活动自己说的渠道和地址", () => {
    expect(originOf(teams({}))).toEqual({ channelId: "msteams", serviceUrl: SERVICE });
    expect(originOf("活动")).toBeUndefined();
  });
});
