import { describe, expect, it } from "vitest";
import type { Outgoing } from "../../../../server/web/chat/direct-line/outgoing.ts";
import { createRecord } from "../../../../server/web/chat/direct-line/record.ts";
import { type Activity, readActivitySet } from "../../../../server/web/chat/direct-line/wire.ts";
import { toTranscript } from "../../../../server/web/chat/transcript.ts";

let counter = 0;
function activity(part: Record<string, unknown>): Activity {
  counter += 1;
  const [read] = readActivitySet({
    activities: [{ id: `c|${String(counter).padStart(7, "0")}`, type: "message", ...part }],
  }).activities;
  if (read === undefined) throw new Error("not an activity");
  return read;
}

const bot = (text: string, extra: object = {}) => activity({ from: { id: "bot", role: "bot" }, text, ...extra });
const citizen = (text: string, id = text) =>
  activity({ from: { id: "visitor", role: "user" }, text, channelData: { clientActivityID: id } });
const outgoing = (text: string, state: Outgoing["state"], id = text): Outgoing => ({
  activity: { type: "message", text, channelData: { clientActivityID: id } },
  state,
  queuedAt: "2026-03-01T00:00:00.000Z",
});

describe("what is on the page", () => {
  it("shows a message once while it is both under way and echoed, under one key", () => {
    const before = toTranscript({ activities: [], outgoing: [outgoing("你好", "sending")] });
    const after = toTranscript({ activities: [citizen("你好")], outgoing: [outgoing("你好", "sending")] });
    expect(after.entries.map((entry) => entry.key)).toEqual(before.entries.map((entry) => entry.key));
    expect(after.entries[0]?.outgoing?.state).toBe("sending");
  });

  it("puts what is still under way behind what was said", () => {
    const { entries } = toTranscript({ activities: [citizen("一"), bot("答")], outgoing: [outgoing("二", "waiting")] });
    expect(entries.map((entry) => entry.text)).toEqual(["一", "答", "二"]);
  });

  it("keeps only the buttons of the bot's newest turn alive", () => {
    const { entries } = toTranscript({
      activities: [bot("旧问题"), citizen("答"), bot("新问题"), bot("又一句")],
      outgoing: [],
    });
    expect(entries.map((entry) => entry.active)).toEqual([false, false, true, true]);
  });

  it("puts the buttons to sleep as soon as an answer is on its way, and wakes them when it was refused", () => {
    const question = [bot("问题")];
    expect(toTranscript({ activities: question, outgoing: [outgoing("答", "sending")] }).entries[0]?.active).toBe(
      false,
    );
    expect(toTranscript({ activities: question, outgoing: [outgoing("答", "refused")] }).entries[0]?.active).toBe(true);
  });

  it("promises an answer only to what the server has", () => {
    expect(toTranscript({ activities: [bot("问")], outgoing: [outgoing("答", "waiting")] }).awaitsReply).toBe(false);
    expect(toTranscript({ activities: [bot("问"), citizen("答")], outgoing: [] }).awaitsReply).toBe(true);
    expect(toTranscript({ activities: [citizen("答"), bot("好")], outgoing: [] }).awaitsReply).toBe(false);
  });

  it("leaves events and empty activities out", () => {
    const events = [
      activity({ type: "event", name: "webchat/join" }),
      activity({ type: "typing", from: { id: "bot" } }),
    ];
    expect(toTranscript({ activities: events, outgoing: [] }).entries).toEqual([]);
  });
});

describe("reading activities", () => {
  it("reads a summary card, and beside it only the words that it does not hold", () => {
    const read = bot("核对\n地点：望京\n对吗？", {
      channelData: { card: { title: "核对", rows: [], text: "对吗？" } },
      attachments: [
        {
          contentType: "application/vnd.microsoft.card.adaptive",
          content: {
            body: [
              { type: "TextBlock", text: "核对" },
              { type: "FactSet", facts: [{ title: "地点", value: "望京" }] },
            ],
          },
        },
      ],
    });
    expect(read.text).toBe("对吗？");
    expect(read.attachments).toEqual([
      { kind: "facts", title: "核对", rows: [{ label: "地点", value: "望京" }], buttons: [] },
    ]);
  });

  it("shows a link as its button and the rest as words", () => {
    const url = "https://example.gov.cn/a";
    const read = bot(`请看\n原文\n${url}`, {
      channelData: { link: { title: "原文", url } },
      attachments: [
        {
          contentType: "application/vnd.microsoft.card.hero",
          content: { buttons: [{ type: "openUrl", title: "原文", value: url }] },
        },
      ],
    });
    expect(read.text).toBe("请看");
    expect(read.attachments).toMatchObject([{ kind: "hero", buttons: [{ type: "openUrl", value: url }] }]);
  });

  it.each([null, 3, "x", [], { activities: "no" }, { activities: [null, 1, {}, { id: 5 }] }])("bears %j", (value) => {
    expect(readActivitySet(value).activities).toEqual([]);
  });
});

describe("the record", () => {
  const numbered = (place: number): Activity => ({
    id: `c|${String(place).padStart(7, "0")}`,
    type: "message",
    side: "bot",
    text: String(place),
    attachments: [],
    actions: [],
    askLocation: false,
  });

  it("takes each activity once, in the server's order, however it arrives", () => {
    const record = createRecord();
    record.take({ activities: [numbered(1), numbered(3)], watermark: "3" });
    record.take({ activities: [numbered(2), numbered(3), numbered(1)], watermark: "2" });
    expect(record.activities().map((each) => each.text)).toEqual(["1", "2", "3"]);
    expect(record.watermark()).toBe("3");
  });

  it("tells whether anything was new", () => {
    const record = createRecord();
    expect(record.take({ activities: [numbered(1)], watermark: "1" })).toBe(true);
    expect(record.take({ activities: [numbered(1)], watermark: "1" })).toBe(false);
  });
});
