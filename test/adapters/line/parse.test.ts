import { describe, expect, it } from "vitest";
import { type ParsedEvent, parseWebhook } from "../../../adapters/line/parse.ts";
import { type SampleName, samples, USER } from "./samples.ts";

const id = "01FZ74A0TDDPYRVKNK77XKC3ZR";
const envelope = {
  id,
  userId: USER,
  replyToken: "nHuyWiB7yP5Zw52FIkcQobQuGDXCTA",
  sentAt: new Date(1_772_323_200_123),
  isRedelivery: false,
};
const read = (event: unknown) => parseWebhook({ destination: "Ubot", events: [event] })?.[0];
const messageId = "468789577898262530";

const said = (content: object): object => ({ kind: "said", envelope, content });
const file = (what: string, more: object = {}): object => ({ kind: "file", envelope, messageId, what, ...more });
const silent = (event: string, more: object = {}): object => ({ kind: "silent", id, event, ...more });
const point = { latitude: 39.9965, longitude: 116.4805, label: "望京SOHO" };

const expected: Record<SampleName, object> = {
  text: said({ kind: "text", text: "望京西园四区路灯坏了 <快修> & 谢谢" }),
  "text without words": said({ kind: "unsupported", what: "text" }),
  image: file("image"),
  "image from elsewhere": said({ kind: "unsupported", what: "image" }),
  video: file("video"),
  audio: file("voice"),
  file: file("file", { name: "合同.pdf" }),
  location: said({ kind: "location", point }),
  "location without a title": said({ kind: "location", point: { latitude: 39.9, longitude: 116.4, label: "朝阳区" } }),
  "location without numbers": said({ kind: "unsupported", what: "location" }),
  sticker: said({ kind: "unsupported", what: "sticker" }),
  "unknown message type": said({ kind: "unsupported", what: "hologram" }),
  follow: said({ kind: "joined" }),
  unfollow: silent("unfollow"),
  "postback of a choice": said({ kind: "choice", choiceId: "intake/confirm" }),
  "postback of something else": silent("postback"),
  unsend: silent("unsend", { about: "325708" }),
  "unsend in a group": silent("unsend", { about: "325709" }),
  join: silent("join"),
  leave: silent("leave"),
  "member joined": silent("memberJoined"),
  beacon: silent("beacon"),
  "account link": silent("accountLink"),
  "video seen": silent("videoPlayComplete"),
  "unknown event": silent("never_heard_of"),
  standby: silent("message"),
  "group talk": silent("message"),
  "group mention": { kind: "called", id, replyToken: "38ef843bde154d9b91c21320ffd17a0f" },
  "room mention": { kind: "called", id, replyToken: "38ef843bde154d9b91c21320ffd17a0f" },
  "group mention of another": silent("message"),
  "group mention of all": silent("message"),
  "group image": silent("message"),
};

describe("LINE 送来的事件", () => {
  it.each(Object.keys(samples) as SampleName[])("%s", (name) => {
    expect(read(samples[name])).toEqual(expected[name] as ParsedEvent);
  });

  it("再送一次的，编号不变，看得出是再送的", () => {
    const again = { ...samples.text, deliveryContext: { isRedelivery: true } };
    expect(read(again)).toMatchObject({ envelope: { id, isRedelivery: true } });
  });

  it("一次送来几个事件，按次序；读不懂的不牵连别的", () => {
    const events = [samples.text, null, { type: "message" }, samples.follow];
    expect(parseWebhook({ events })?.map(({ kind }) => kind)).toEqual(["said", "silent", "silent", "said"]);
    expect(parseWebhook({ events: [] })).toEqual([]);
  });

  it.each([undefined, null, 1, "text", [], {}, { events: "no" }, { events: {} }])("不是 webhook：%j", (value) => {
    expect(parseWebhook(value)).toBeUndefined();
  });

  it.each([
    ["编号里有空格", { webhookEventId: "a b" }],
    ["编号太长", { webhookEventId: "a".repeat(65) }],
    ["没有时间", { timestamp: "yesterday" }],
    ["时间大得离谱", { timestamp: 1e300 }],
    ["用户编号不像样", { source: { type: "user", userId: "../etc" } }],
    ["纬度越界", { message: { id: "1", type: "location", latitude: 91, longitude: 0 } }],
  ])("%s：不当作说了话", (_name, change) => {
    expect(read({ ...samples.text, ...change })).toEqual({ kind: "silent", id: "unreadable", event: "unreadable" });
  });

  it("没有用户编号的私聊，没有回应的办法，不当作说了话", () => {
    expect(read({ ...samples.text, source: { type: "user" } })).toEqual(silent("message"));
  });
});
