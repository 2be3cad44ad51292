import { describe, expect, it } from "vitest";
import { attachMedia, parseActivity, type SpokenActivity } from "../../../adapters/web/index.ts";

const at = new Date("2025-03-01T08:00:00Z");
const parse = (body: unknown, uploaded = false) => parseActivity(body, { at, maxTextLength: 20_000, uploaded });

function spoken(body: unknown, uploaded = false): SpokenActivity {
  const parsed = parse(body, uploaded);
  if (parsed.kind !== "spoken") throw new Error(`expected something said, got ${JSON.stringify(parsed)}`);
  return parsed;
}
const contentOf = (body: object) => spoken({ type: "message", ...body }).content;
const point = { latitude: 39.9, longitude: 116.4 };

describe("Direct Line 活动变成市民的话", () => {
  it.each([
    ["文字", { text: " 路灯坏了 " }, { kind: "text", text: " 路灯坏了 " }],
    ["文字里的选项编号只是文字", { text: "intake/start" }, { kind: "text", text: "intake/start" }],
    [
      "页面按钮：channelData.choiceId，文字是标签",
      { text: "提问政策", channelData: { choiceId: "question/start" } },
      { kind: "choice", choiceId: "question/start", label: "提问政策" },
    ],
    [
      "postBack 按钮：文字就是选项编号",
      { text: "intake/place/3", channelData: { postBack: true } },
      { kind: "choice", choiceId: "intake/place/3", label: undefined },
    ],
    ["postBack 按钮：值在 value", { value: "intake/start" }, { kind: "choice", choiceId: "intake/start" }],
    [
      "messageBack 按钮：值是对象",
      { value: { choiceId: "intake/start" } },
      { kind: "choice", choiceId: "intake/start" },
    ],
    ["imBack 的值是普通文字", { value: "我要投诉" }, { kind: "text", text: "我要投诉" }],
    ["不像选项编号的 choiceId 不算选项", { text: "好", channelData: { choiceId: "好" } }, { kind: "text", text: "好" }],
    [
      "channelData 里的位置",
      { channelData: { location: { ...point, label: "东单" } } },
      { kind: "location", point: { ...point, label: "东单" } },
    ],
    [
      "国内地图上选的位置（GCJ-02）换成 WGS 84",
      { channelData: { location: { latitude: 39.915, longitude: 116.404, label: "天安门", system: "gcj02" } } },
      {
        kind: "location",
        point: { latitude: expect.closeTo(39.9136, 3), longitude: expect.closeTo(116.3978, 3), label: "天安门" },
      },
    ],
    [
      "写明是 WGS 84 的位置照原样",
      { channelData: { location: { ...point, label: "东单", system: "wgs84" } } },
      { kind: "location", point: { ...point, label: "东单" } },
    ],
    [
      "位置旁的话留在标签里",
      { text: "楼下", channelData: { location: { ...point, label: "东单" } } },
      { kind: "location", point: { ...point, label: "东单 楼下" } },
    ],
    [
      "实体 GeoCoordinates",
      { entities: [{ type: "mention" }, { type: "GeoCoordinates", ...point, name: "公园" }] },
      { kind: "location", point: { ...point, label: "公园" } },
    ],
    [
      "实体 Place",
      { entities: [{ type: "Place", name: "公园", geo: { type: "GeoCoordinates", ...point } }] },
      { kind: "location", point: { ...point, label: "公园" } },
    ],
    [
      "网址附件不去下载",
      { attachments: [{ contentType: "image/png", contentUrl: "http://169.254.169.254/x.png" }] },
      { kind: "unsupported", what: "attachment" },
    ],
    [
      "文字和网址附件：话和网址都在",
      { text: "看这里", attachments: [{ contentUrl: "https://e.cn/a.png" }] },
      { kind: "text", text: "看这里\nhttps://e.cn/a.png" },
    ],
    ["读不懂的值", { value: { a: 1 } }, { kind: "unsupported", what: "value" }],
    [
      "null 当作没有",
      { text: "好", value: null, channelData: null, attachments: null, entities: null, from: null },
      { kind: "text", text: "好" },
    ],
  ])("%s", (_name, body, expected) => {
    expect(contentOf(body)).toEqual(expected);
  });

  it.each([
    ["webchat/join", { type: "event", name: "webchat/join" }],
    ["startConversation", { type: "event", name: "startConversation" }],
    ["conversationUpdate", { type: "conversationUpdate", membersAdded: [{ id: "x" }] }],
  ])("%s 是有人进来", (_name, body) => {
    expect(spoken(body).content).toEqual({ kind: "joined" });
  });

  it.each(["typing", "messageReaction", "endOfConversation", "invoke"])("%s 没有说话", (type) => {
    expect(parse({ type })).toEqual({ kind: "ignored" });
  });

  it("别的事件没有说话，未知的类型说不支持", () => {
    expect(parse({ type: "event", name: "telemetry" })).toEqual({ kind: "ignored" });
    expect(spoken({ type: "hologram" }).content).toEqual({ kind: "unsupported", what: "activity:hologram" });
  });

  it.each([
    ["不是对象", [], "malformed"],
    ["没有类型", { text: "x" }, "malformed"],
    ["文字不是文字", { type: "message", text: 5 }, "malformed"],
    ["没听说过的坐标系", { type: "message", channelData: { location: { ...point, system: "bd09" } } }, "malformed"],
    ["不存在的坐标", { type: "message", channelData: { location: { latitude: 999, longitude: 0 } } }, "malformed"],
    ["空话", { type: "message", text: "  " }, "empty"],
    ["太长", { type: "message", text: "长".repeat(20_001) }, "too-long"],
  ])("拒收：%s", (_name, body, reason) => {
    expect(parse(body)).toMatchObject({ kind: "refused", reason });
  });

  it("data: 附件成为文件，话还在", () => {
    const png = Buffer.from("not really").toString("base64");
    const said = spoken({
      type: "message",
      text: "照片",
      attachments: [{ contentUrl: `data:image/png;base64,${png}`, name: "灯.png" }, { contentUrl: "data:,a%20b" }],
    });
    expect(said.files.map(({ bytes, name }) => [Buffer.from(bytes).toString(), name])).toEqual([
      ["not really", "灯.png"],
      ["a b", undefined],
    ]);
    const media = [{ id: "m1", mediaType: "image" as const, mimeType: "image/png", sizeBytes: 10, name: "灯.png" }];
    const whole = attachMedia(said, media);
    expect(whole.content).toEqual({ kind: "media", media, text: "照片" });
    expect(whole.echo.attachments).toEqual([{ contentType: "image/png", contentUrl: "/media/m1", name: "灯.png" }]);
  });

  it("上传时活动里的附件只是名字", () => {
    const said = spoken({ type: "message", attachments: [{ contentType: "image/png", name: "灯.png" }] }, true);
    expect(said.files).toEqual([]);
    expect(attachMedia(said, []).content).toEqual({ kind: "media", media: [], text: undefined });
  });

  it("编号取 clientActivityID，没有时取 id", () => {
    expect(spoken({ type: "message", text: "x", id: "a", channelData: { clientActivityID: "c" } }).key).toBe("c");
    expect(spoken({ type: "message", text: "x", id: "a" }).key).toBe("a");
    expect(spoken({ type: "message", text: "x" }).key).toBeUndefined();
  });

  it("回显带着客户端的编号、自称和服务器的时间；自称 bot 不算", () => {
    const body = {
      type: "message",
      text: "x",
      from: { id: "dl_1", name: "王" },
      channelData: { clientActivityID: "c" },
    };
    expect(spoken(body).echo).toMatchObject({
      type: "message",
      text: "x",
      timestamp: "2025-03-01T08:00:00.000Z",
      from: { id: "dl_1", name: "王", role: "user" },
      channelData: { clientActivityID: "c" },
    });
    expect(spoken({ ...body, from: { id: "bot", role: "bot" } }).echo.from).toMatchObject({ id: "user", role: "user" });
  });

  it("__proto__ 和没有听说过的键不会进来", () => {
    const body = JSON.parse(
      '{"type":"message","text":"x","__proto__":{"a":1},"channelData":{"__proto__":{"b":1},"c":{"d":1}}}',
    );
    const { echo } = spoken(body);
    expect(JSON.stringify(echo)).not.toMatch(/__proto__|"[abcd]"/);
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  it("残缺的代理对不会进入日志", () => {
    expect(contentOf({ text: "灯\ud83d" })).toEqual({ kind: "text", text: "灯\ufffd" });
  });
});
