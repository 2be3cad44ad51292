import { describe, expect, it } from "vitest";
import { isAddressed, type ParsedUpdate, parseUpdate } from "../../../adapters/telegram/parse.ts";
import { choiceIdOf, dataOf } from "../../../adapters/telegram/render.ts";

const now = new Date("2026-03-01T08:00:00+08:00");
const from = { id: 77, is_bot: false, first_name: "小明", last_name: "张", language_code: "zh-hans" };
const chat = { id: 77, type: "private", first_name: "小明" };
const head = { message_id: 9, date: 1_700_000_000, chat, from };
const read = (update: object) => parseUpdate({ update_id: 5, ...update }, now);
const message = (fields: object) => read({ message: { ...head, ...fields } });
const contentOf = (parsed: ParsedUpdate | undefined) => (parsed?.kind === "said" ? parsed.content : parsed?.kind);
const point = { latitude: 39.9, longitude: 116.4 };
const file = (id: string) => ({ file_id: id, file_unique_id: `u${id}` });

describe("消息说了什么", () => {
  it.each<[string, object, unknown]>([
    ["文字", { text: "路灯坏了 <b>&" }, { kind: "text", text: "路灯坏了 <b>&" }],
    ["空白", { text: " \n " }, { kind: "unsupported", what: "unknown" }],
    ["/start", { text: "/start" }, { kind: "joined" }],
    ["带参数的 /start", { text: "/start group" }, { kind: "joined" }],
    ["/help", { text: "/help@Jiesu12345Bot" }, { kind: "text", text: "帮助" }],
    ["/cancel", { text: "/cancel" }, { kind: "text", text: "取消" }],
    ["别的命令照原样", { text: "/starting" }, { kind: "text", text: "/starting" }],
    ["位置", { location: { ...point, horizontal_accuracy: 5 } }, { kind: "location", point }],
    [
      "地点",
      { venue: { location: point, title: "望京SOHO", address: "阜通" }, location: point },
      { kind: "location", point: { ...point, label: "望京SOHO" } },
    ],
    [
      "名片",
      { contact: { phone_number: "8613912345678", first_name: "小明", last_name: "张" } },
      { kind: "text", text: "张小明 13912345678" },
    ],
    [
      "外国名片",
      { contact: { phone_number: "+4915112345678", first_name: "Ana", last_name: "Roth" } },
      { kind: "text", text: "Ana Roth +4915112345678" },
    ],
    [
      "只有号码的名片",
      { contact: { phone_number: "+86 139-1234-5678", first_name: "" } },
      { kind: "text", text: "13912345678" },
    ],
    ["贴纸", { sticker: file("s") }, { kind: "unsupported", what: "sticker" }],
    ["投票", { poll: { id: "1", question: "?" } }, { kind: "unsupported", what: "poll" }],
    ["没见过的", { hologram: {} }, { kind: "unsupported", what: "unknown" }],
    ["置顶", { pinned_message: head }, "silent"],
    ["自动删除改了", { message_auto_delete_timer_changed: {} }, "silent"],
    ["机器人说的", { text: "x", from: { ...from, is_bot: true } }, "silent"],
    ["不在地球上的位置", { location: { latitude: 91, longitude: 0 } }, "silent"],
  ])("%s", (_name, fields, expected) => {
    expect(contentOf(message(fields))).toEqual(expected);
  });

  it("编号是更新的，时间是消息的，再读一次都不变", () => {
    const envelope = { id: "5", chatId: "77", userId: "77", sentAt: new Date("2023-11-14T22:13:20Z") };
    expect(message({ text: "好" })).toMatchObject({ updateId: 5, envelope });
    expect(message({ text: "好" })).toEqual(message({ text: "好" }));
  });

  it.each<[string, object, object]>([
    [
      "照片取最大的",
      { photo: [file("s"), { ...file("l"), file_size: 9 }], caption: "这里" },
      { fileId: "l", sizeBytes: 9, text: "这里" },
    ],
    [
      "文件",
      { document: { ...file("d"), file_name: "a.pdf", file_size: 3 } },
      { fileId: "d", name: "a.pdf", sizeBytes: 3 },
    ],
    ["语音", { voice: file("v") }, { fileId: "v" }],
    ["视频", { video: file("f") }, { fileId: "f" }],
    ["圆形视频", { video_note: file("n") }, { fileId: "n" }],
    ["音频", { audio: file("a") }, { fileId: "a" }],
  ])("%s", (_name, fields, expected) => {
    expect(message(fields)).toMatchObject({ kind: "file", ...expected });
  });

  it("改过的文字是更正；动的位置、没有字的不说两遍", () => {
    const edited = (fields: object) => read({ edited_message: { ...head, edit_date: 1_700_000_100, ...fields } });
    expect(contentOf(edited({ text: "在三单元" }))).toEqual({ kind: "text", text: "（更正）在三单元" });
    expect(edited({ text: "在三单元" })).toMatchObject({ envelope: { sentAt: new Date(1_700_000_100_000) } });
    expect(contentOf(edited({ photo: [file("p")], caption: "在三单元" }))).toEqual({
      kind: "text",
      text: "（更正）在三单元",
    });
    expect(edited({ location: point })?.kind).toBe("silent");
  });

  it.each(["my_chat_member", "channel_post", "inline_query", "poll", "message_reaction", "Strange Kind"])(
    "%s：没有人对它说话",
    (kind) => {
      expect(read({ [kind]: {} })?.kind).toBe("silent");
    },
  );

  it.each([undefined, null, 3, "x", [], {}, { update_id: -1 }, { update_id: 1.5 }])("%j 不是更新", (json) => {
    expect(parseUpdate(json, now)).toBeUndefined();
  });
});

describe("按了按钮", () => {
  const press = (over: object) =>
    read({ callback_query: { id: "q", from, chat_instance: "1", data: "intake/confirm", ...over } });
  const keyboard = { inline_keyboard: [[{ text: "确认提交", callback_data: "intake/confirm" }]] };

  it("读出按钮背后的和上面的字", () => {
    const pressed = press({ message: { ...head, reply_markup: keyboard } });
    expect(pressed).toMatchObject({ kind: "pressed", queryId: "q", data: "intake/confirm", label: "确认提交" });
    expect(pressed).toMatchObject({ envelope: { id: "5", sentAt: now } });
  });

  it("消息太旧的没有字；群里的、没有消息的不理", () => {
    expect(press({ message: { message_id: 1, date: 0, chat } })).toMatchObject({ kind: "pressed", label: undefined });
    expect(press({ message: { ...head, chat: { id: -1, type: "group" } } })?.kind).toBe("silent");
    expect(press({})?.kind).toBe("silent");
  });

  it("长的编号变成摘要，按回来还是同一个；不在选项里的认不出", () => {
    const id = `question/show/${"很长的条目".repeat(9)}`;
    const offered = [
      { id: "intake/confirm", label: "确认" },
      { id, label: "条目" },
    ];
    expect(Buffer.byteLength(dataOf(id))).toBeLessThanOrEqual(64);
    expect(choiceIdOf(dataOf(id), offered)).toBe(id);
    expect(choiceIdOf(dataOf(id), [])).toBeUndefined();
    expect(choiceIdOf("progress/show/20260101000001", [])).toBe("progress/show/20260101000001");
    expect(choiceIdOf("<script>", offered)).toBeUndefined();
  });
});

describe("群里的话对谁说", () => {
  const me = { id: 42, username: "Jiesu12345Bot" };
  const group = { ...head, chat: { id: -100, type: "supergroup", title: "邻里" } };
  const mention = (text: string, type = "mention") => ({ text, entities: [{ type, offset: 0, length: text.length }] });

  it.each<[string, object, boolean]>([
    ["谁也没叫", { text: "Jiesu12345Bot 在吗" }, false],
    ["叫了它", mention("@jiesu12345bot"), true],
    ["叫了别人", mention("@jiesu12345bot2"), false],
    ["给它的命令", mention("/help@Jiesu12345Bot", "bot_command"), true],
    ["没写给谁的命令", mention("/help", "bot_command"), false],
    ["回复它", { text: "好", reply_to_message: { from: { id: 42, is_bot: true } } }, true],
    ["回复别人", { text: "好", reply_to_message: { from: { id: 43, is_bot: false } } }, false],
    [
      "照片的说明里叫了它",
      { caption: "@Jiesu12345Bot", caption_entities: [{ type: "mention", offset: 0, length: 14 }], photo: [file("p")] },
      true,
    ],
    [
      "按人提到它",
      { text: "接诉", entities: [{ type: "text_mention", offset: 0, length: 2, user: { id: 42 } }] },
      true,
    ],
  ])("%s", (_name, fields, expected) => {
    const parsed = read({ message: { ...group, ...fields } });
    if (parsed?.kind !== "in-group") throw new Error(`it was ${parsed?.kind}`);
    expect(isAddressed(parsed.speaksTo, me)).toBe(expected);
    expect(JSON.stringify(parsed)).not.toMatch(/在吗|好|张/);
  });
});
