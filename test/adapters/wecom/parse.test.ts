import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readXml } from "../../../adapters/shared/xml.ts";
import { addressOf, refOf } from "../../../adapters/wecom/address.ts";
import { parseCallback } from "../../../adapters/wecom/parse.ts";
import { parseKfMessage } from "../../../adapters/wecom/parse-kf.ts";
import { type AppSample, appSamples, type KfSample, kfSamples } from "./samples.ts";

const said = (content: object) => ({ kind: "said", content });
const silent = (event: string, more: object = {}) => ({ kind: "silent", event, ...more });
const file = (mediaId: string, what: string) => ({ kind: "file", mediaId, what });
const unsupported = (what: string) => said({ kind: "unsupported", what });
const point = { latitude: expect.closeTo(39.9136, 4), longitude: expect.closeTo(116.3978, 4) };

const app: Record<AppSample, object> = {
  text: said({ kind: "text", text: "望京西园四区路灯坏了 <快修> & 谢谢" }),
  "empty text": unsupported("sticker"),
  image: file("media-1", "image"),
  "image without a file": unsupported("image"),
  voice: file("media-2", "voice"),
  video: file("media-3", "video"),
  location: said({ kind: "location", point: { ...point, label: "东城区东长安街" } }),
  "location without numbers": unsupported("location"),
  link: said({ kind: "text", text: "公示\n老旧小区改造\nhttps://example.gov.cn/a?b=1&c=2" }),
  "unknown type": unsupported("hologram"),
  subscribe: said({ kind: "joined" }),
  "enter agent": { kind: "visit" },
  "menu click": said({ kind: "choice", choiceId: "progress/mine" }),
  "menu click with words": said({ kind: "text", text: "转人工" }),
  "menu click without a key": silent("click"),
  "menu view": silent("view"),
  unsubscribe: silent("unsubscribe"),
  "reported location": silent("LOCATION"),
  "address book": silent("change_contact"),
  "template card": silent("template_card_event"),
  "unknown event": silent("never_heard_of"),
  "kf call": {
    kind: "kf",
    openKfId: "wkAJ2GCAAAZSfhHCt7IFSvLKtMPxyJTw",
    token: "ENCApHxnGDNAVNY4AaSJKj4Tb5mwsEMzxhFmHVGcra996NR",
  },
};

const kf: Record<KfSample, object> = {
  text: said({ kind: "text", text: "望京西园四区路灯坏了 <快修> & 谢谢" }),
  "menu click": said({ kind: "choice", choiceId: "intake/confirm", label: "确认提交" }),
  "foreign menu click": said({ kind: "text", text: "满意" }),
  "empty text": unsupported("sticker"),
  image: file("media-1", "image"),
  voice: file("media-2", "voice"),
  video: file("media-3", "video"),
  file: file("media-4", "file"),
  "file without an id": unsupported("file"),
  location: said({ kind: "location", point: { ...point, label: "东城区东长安街 天安门" } }),
  "location without numbers": unsupported("location"),
  link: said({ kind: "text", text: "公示\n老旧小区改造\nhttps://example.gov.cn/a" }),
  "business card": unsupported("business_card"),
  "mini-program": unsupported("miniprogram"),
  "forwarded talk": unsupported("merged_msg"),
  "unknown type": unsupported("hologram"),
  "enter with a code": { ...said({ kind: "joined" }), welcomeCode: "aaaaaa" },
  "enter without a code": silent("enter_session"),
  "not arrived: too late": {
    kind: "failed",
    msgid: "FAIL_1",
    isWindowShut: true,
    why: expect.stringMatching(/48 hours/),
  },
  "not arrived: refused": {
    kind: "failed",
    msgid: "FAIL_2",
    isWindowShut: false,
    why: expect.stringMatching(/refuses/),
  },
  "taken back": silent("user_recall_msg", { about: "RECALLED_1" }),
  "session changed": silent("session_status_change"),
  "attendant changed": silent("servicer_status_change"),
  "attendant's words": silent("text_of_others"),
  "unknown event": silent("never_heard_of"),
  "not a message": silent("unreadable"),
};

const parse = (xml: string) => parseCallback(readXml(xml) ?? {});

describe("自建应用的每一种消息", () => {
  it.each(Object.entries(app))("%s", (name, expected) => {
    expect(parse(appSamples[name as AppSample])).toMatchObject(expected);
  });

  it("谁说的、什么时候、64 位的编号一位不差", () => {
    expect(parse(appSamples.text)).toMatchObject({
      envelope: {
        id: "7123456789012345678",
        from: { kind: "app", userId: "zhang.san_01@bj" },
        sentAt: new Date("2026-03-01T00:00:00Z"),
      },
    });
  });

  it("事件没有 MsgId：由人、时间、事件和内容定，里面认不出是谁", () => {
    const idOf = (xml: string) => {
      const parsed = parse(xml);
      return "envelope" in parsed ? parsed.envelope.id : "";
    };
    const id = idOf(appSamples["menu click"]);
    expect(id).toMatch(/^event-[0-9a-f]{32}$/);
    expect(idOf(appSamples["menu click"])).toBe(id);
    expect(idOf(appSamples["menu click"].replace("zhang", "zhong"))).not.toBe(id);
    expect(idOf(appSamples["menu click"].replace("1772323200", "1772323201"))).not.toBe(id);
  });

  it.each([
    ["没有发信人", appSamples.text.replaceAll("FromUserName", "From")],
    ["没有类型", appSamples.text.replaceAll("MsgType", "Type")],
    ["时间不是数字", appSamples.text.replace("1772323200", "yesterday")],
    ["发信人不像账号", appSamples.text.replace("zhang.san_01@bj", "kf:somebody else")],
    ["客服账号不像编号", appSamples["kf call"].replace("wkAJ2GC", "../../")],
  ])("%s：不是消息", (_name, xml) => {
    expect(parse(xml)).toEqual({ kind: "malformed" });
  });
});

describe("微信客服的每一种消息", () => {
  it.each(Object.entries(kf))("%s", (name, expected) => {
    expect(parseKfMessage(kfSamples[name as KfSample])).toMatchObject(expected);
  });

  it("谁在哪个客服账号里说的；事件里的也一样", () => {
    const envelope = {
      id: "kf-4uTZgfSpJvJGqMiNQyoQF1eJLyAdLYXK",
      from: {
        kind: "kf",
        openKfId: "wkAJ2GCAAAZSfhHCt7IFSvLKtMPxyJTw",
        externalUserId: "wmAJ2GCAAAme1XQRC-NI-q0_ZM9ukoAw",
      },
      sentAt: new Date("2026-03-01T00:00:00Z"),
    };
    expect(parseKfMessage(kfSamples.text)).toMatchObject({ envelope });
    expect(parseKfMessage(kfSamples["enter with a code"])).toMatchObject({ envelope });
  });

  it("编号长得再怪，话也听得到，编号不变", () => {
    const odd = () => parseKfMessage({ ...kfSamples.text, msgid: "a/b+c==:\n" });
    expect(odd()).toMatchObject({ kind: "said", envelope: { id: expect.stringMatching(/^kf-[0-9a-f]{32}$/) } });
    expect(odd()).toEqual(odd());
  });

  it("什么样的东西都不会抛出错误", () => {
    const odd = fc.anything();
    fc.assert(
      fc.property(odd, odd, odd, (msgid, event, text) => {
        for (const value of [msgid, { ...kfSamples.text, msgid }, { ...kfSamples.text, text, event, msgtype: text }]) {
          expect(parseKfMessage(value).kind).toMatch(/^(?:said|silent|file|failed)$/);
        }
      }),
    );
  });
});

describe("会话的地址", () => {
  it("应用里的人、客服账号里的人分得开，同一个人在两个客服账号里是两个会话", () => {
    const member = refOf({ kind: "app", userId: "wmSame" });
    const one = refOf({ kind: "kf", openKfId: "wkOne", externalUserId: "wmSame" });
    const other = refOf({ kind: "kf", openKfId: "wkOther", externalUserId: "wmSame" });
    expect(new Set([member, one, other].map(({ conversationId }) => conversationId)).size).toBe(3);
    expect([one.userId === other.userId, one.userId === member.userId]).toEqual([true, false]);
  });

  it("写成会话编号，读得回来；不是自己写的读不出", () => {
    for (const address of [
      { kind: "app", userId: "zhang.san_01@bj" },
      { kind: "kf", openKfId: "wk-1", externalUserId: "wm_2" },
    ] as const) {
      expect(addressOf(refOf(address))).toEqual(address);
    }
    for (const conversationId of ["", "app:", "kf:wk", "kf::wm", "app:a:b", "kf:a:b:c", "other:a"]) {
      expect(addressOf({ conversationId }), conversationId).toBeUndefined();
    }
  });
});
