import { describe, expect, it } from "vitest";
import { parseMessage, type RawMessage, readMention, splitQuote } from "../../../adapters/wechaty/parse.ts";

const NOBODY = { bot: false, others: false };

const raw = (change: Partial<RawMessage> = {}): RawMessage => ({
  id: "m1",
  type: "Text",
  text: "你好",
  sentAt: new Date("2026-11-26T02:00:00Z"),
  isOwn: false,
  isOfficial: false,
  talker: { id: "wang", name: "王五" },
  mentions: NOBODY,
  ...change,
});
const room = { id: "r@chatroom", topic: "四区", botNames: ["小诉助理", "小诉"] };
const inRoom = (text: string, change: Partial<RawMessage> = {}) => parseMessage(raw({ text, room, ...change }));

describe("提到小诉", () => {
  const mentions: [string, string, string][] = [
    ["手机端的空格", "@小诉\u2005电梯坏了", "电梯坏了"],
    ["普通空格", "@小诉 电梯坏了", "电梯坏了"],
    ["全角空格", "@小诉\u3000电梯坏了", "电梯坏了"],
    ["不换行空格", "@小诉\u00a0电梯坏了", "电梯坏了"],
    ["全角的＠", "＠小诉 电梯坏了", "电梯坏了"],
    ["在末尾，没有空格", "电梯坏了@小诉", "电梯坏了"],
    ["在中间", "电梯坏了@小诉\u2005快来", "电梯坏了 快来"],
    ["群昵称", "@小诉助理\u2005电梯坏了", "电梯坏了"],
    ["后面跟标点", "@小诉，电梯坏了", "，电梯坏了"],
    ["换行", "@小诉\n电梯坏了", "电梯坏了"],
    ["两次", "@小诉 @小诉 电梯坏了", "电梯坏了"],
    ["什么也没说", "@小诉\u2005", ""],
  ];
  it.each(mentions)("%s", (_name, text, words) => {
    expect(readMention(text, room.botNames, NOBODY)).toEqual({ mentioned: true, text: words });
  });

  const others: [string, string][] = [
    ["名字相近的人", "@小诉助手 电梯坏了"],
    ["名字更长的人", "@小诉小诉 电梯坏了"],
    ["只是说起", "小诉这个机器人好用吗"],
    ["邮箱", "写信到 a@小诉网.中国"],
    ["别人", "@李四 电梯坏了"],
    ["空的名字", "@ 电梯坏了"],
  ];
  it.each(others)("不是它：%s", (_name, text) => {
    expect(readMention(text, room.botNames, NOBODY).mentioned).toBe(false);
  });

  it("木偶说提到了，就是提到了，叫的是不认得的名字也去掉；木偶说提到的是别人，就信它", () => {
    expect(readMention("@老名字\u2005电梯坏了", room.botNames, { bot: true, others: false })).toEqual({
      mentioned: true,
      text: "电梯坏了",
    });
    expect(readMention("@小诉 电梯坏了", room.botNames, { bot: false, others: true }).mentioned).toBe(false);
  });

  it("名字里有正则符号也不怕，没有名字也不怕", () => {
    expect(readMention("@小诉(12345) 在吗", ["小诉(12345)"], NOBODY).mentioned).toBe(true);
    expect(readMention("@ 在吗", ["", " "], NOBODY).mentioned).toBe(false);
  });
});

describe("引用", () => {
  it("分成引用和话，不留原话是谁说的", () => {
    expect(splitQuote("「王五：3号楼电梯坏了」\n- - - - - - - - - - - - - - -\n已解决")).toEqual({
      quote: "3号楼电梯坏了",
      words: "已解决",
    });
    expect(splitQuote("「王五：第一行\n第二行」\r\n- - - - - -\r\n@小诉 看看")).toEqual({
      quote: "第一行\n第二行",
      words: "@小诉 看看",
    });
    expect(splitQuote("「他说「好」」\n- - - - - -\n嗯")).toEqual({ quote: "他说「好」", words: "嗯" });
  });

  it.each(["「开头的书名号」真好看", "「没有横线」\n好", "- - - - -\n好", "「」", "说「王五：好」\n- - - -\n好"])(
    "只是像引用：%s",
    (text) => {
      expect(splitQuote(text)).toEqual({ words: text });
    },
  );

  it("引用里提到小诉不算提到", () => {
    expect(inRoom("「王五：@小诉 电梯坏了」\n- - - - - -\n真烦")).toMatchObject({
      kind: "in-group",
      text: "真烦",
      quote: "@小诉 电梯坏了",
      envelope: { mentioned: false },
    });
  });
});

describe("读一条消息", () => {
  it("自己的、公众号的、撤回的、没有编号的，不接", () => {
    const silent = [{ isOwn: true }, { isOfficial: true }, { type: "Recalled" }, { id: "" }];
    for (const change of silent) expect(parseMessage(raw(change)).kind).toBe("silent");
  });

  it("私聊的文字、位置、文件、看不懂的", () => {
    expect(parseMessage(raw())).toMatchObject({ kind: "said", content: { kind: "text", text: "你好" } });
    for (const type of ["Image", "Video", "Audio", "Attachment"]) expect(parseMessage(raw({ type })).kind).toBe("file");
    expect(parseMessage(raw({ type: "RedEnvelope" }))).toMatchObject({
      content: { kind: "unsupported", what: "redenvelope" },
    });
    const place = { latitude: 39.995, longitude: 116.334, name: "东升乡政府" };
    const read = parseMessage(raw({ type: "Location", place }));
    expect(read).toMatchObject({ kind: "said", content: { kind: "location", point: { label: "东升乡政府" } } });
    if (read.kind !== "said" || read.content.kind !== "location") throw new Error("no place");
    expect(read.content.point.latitude).toBeCloseTo(39.9936, 3);
  });

  it("群里只读文字和照片，认得说话人的昵称和群昵称", () => {
    expect(inRoom("@小诉 电梯坏了", { talker: { id: "fang", name: "芳", alias: "网格员王芳" } })).toMatchObject({
      kind: "in-group",
      envelope: { mentioned: true, roomId: "r@chatroom", topic: "四区", names: ["网格员王芳", "芳"] },
    });
    expect(inRoom("", { type: "Image" }).kind).toBe("group-file");
    for (const type of ["Video", "Audio", "Emoticon", "Unknown"]) expect(inRoom("", { type }).kind).toBe("silent");
  });
});
