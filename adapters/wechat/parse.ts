import { createHash } from "node:crypto";
import type { InboundContent } from "../../bots/model/index.ts";
import { fromGcj02 } from "../shared/gcj02.ts";
import { textIn, type XmlElements } from "../shared/xml.ts";

/** Who wrote, to which account (`gh_…`), and the key by which a repeated delivery is known. */
export interface Envelope {
  id: string;
  openId: string;
  account: string;
  sentAt: Date;
}

export type ParsedMessage =
  | { kind: "said"; envelope: Envelope; content: InboundContent }
  /** A file to be fetched by its media id before the message means anything. */
  | { kind: "file"; envelope: Envelope; mediaId: string; what: FileMessage }
  /** Nothing a citizen said: `event` is the platform's word for it. */
  | { kind: "silent"; envelope: Envelope; event: string }
  | { kind: "malformed" };

export type FileMessage = "image" | "voice" | "video";

/** `flow/verb` or `flow/verb/argument`. */
const CHOICE_ID = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*(?:\/[^\s]+)?$/;
/** What the platform writes in place of stickers and other things that it does not hand on. */
const NOT_HANDED_ON = /^(?:\[Unsupported Message\]|【收到不支持的消息类型，暂无法显示】)$/;
/** An open id has 28 characters today; nothing of the kind is longer than this. */
const NAME = /^[\w-]{1,64}$/;

/**
 * Reads one message or event of a 公众号 ("接收普通消息" and "接收事件推送", 微信官方文档·公众号). Pure. Message types that
 * are not known become `unsupported`; events that are not known are silent, for nobody has said anything.
 */
export function parseMessage(xml: XmlElements): ParsedMessage {
  const openId = textIn(xml, "FromUserName");
  const account = textIn(xml, "ToUserName");
  const created = textIn(xml, "CreateTime");
  const type = textIn(xml, "MsgType");
  if (!NAME.test(openId) || !NAME.test(account) || !/^\d{1,13}$/.test(created) || type === "") {
    return { kind: "malformed" };
  }
  const envelope = { id: idOf(xml, type, openId, created), openId, account, sentAt: timeOf(created) };
  return type === "event" ? parseEvent(xml, envelope) : parseSaid(xml, type, envelope);
}

/** MsgId has 64 bits and stays text. Events have none; no open id stands in an id, because ids stand in logs. */
function idOf(xml: XmlElements, type: string, openId: string, created: string): string {
  const msgId = textIn(xml, "MsgId");
  if (type !== "event" && /^\d{1,20}$/.test(msgId)) return msgId;
  const parts = [openId, created, type, textIn(xml, "Event"), textIn(xml, "EventKey")];
  return `event-${createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32)}`;
}

/** Seconds since 1970; other senders of this format write milliseconds. */
const timeOf = (created: string): Date => new Date(Number(created) * (created.length > 11 ? 1 : 1000));

function parseSaid(xml: XmlElements, type: string, envelope: Envelope): ParsedMessage {
  const said = (content: InboundContent): ParsedMessage => ({ kind: "said", envelope, content });
  const file = (what: FileMessage): ParsedMessage => {
    const mediaId = textIn(xml, "MediaId");
    return mediaId === "" ? said({ kind: "unsupported", what }) : { kind: "file", envelope, mediaId, what };
  };
  switch (type) {
    case "text":
      return said(readText(xml));
    case "voice": {
      const heard = textIn(xml, "Recognition").trim();
      return heard === "" ? file("voice") : said({ kind: "text", text: heard });
    }
    case "image":
      return file("image");
    case "video":
    case "shortvideo":
      return file("video");
    case "location":
      return said(readLocation(xml));
    case "link": {
      const lines = ["Title", "Description", "Url"].map((name) => textIn(xml, name).trim()).filter(Boolean);
      return said(lines.length > 0 ? { kind: "text", text: lines.join("\n") } : { kind: "unsupported", what: "link" });
    }
    default:
      return said({ kind: "unsupported", what: /^[a-z_]{1,40}$/.test(type) ? type : "unknown" });
  }
}

/** A click on a 菜单消息 comes back as a text with the id of what was clicked. */
function readText(xml: XmlElements): InboundContent {
  const text = textIn(xml, "Content").toWellFormed();
  const clicked = textIn(xml, "bizmsgmenuid");
  if (CHOICE_ID.test(clicked)) return { kind: "choice", choiceId: clicked, label: text.replace(/^\d+\. /, "") };
  return text.trim() === "" || NOT_HANDED_ON.test(text.trim())
    ? { kind: "unsupported", what: "sticker" }
    : { kind: "text", text };
}

function readLocation(xml: XmlElements): InboundContent {
  const [latitude, longitude] = ["Location_X", "Location_Y"].map((name) => textIn(xml, name).trim());
  const point = { latitude: Number(latitude || "x"), longitude: Number(longitude || "x") };
  if (!(Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180)) {
    return { kind: "unsupported", what: "location" };
  }
  const label = textIn(xml, "Label").trim();
  return { kind: "location", point: { ...fromGcj02(point), ...(label === "" ? {} : { label }) } };
}

function parseEvent(xml: XmlElements, envelope: Envelope): ParsedMessage {
  const event = textIn(xml, "Event");
  const key = textIn(xml, "EventKey").trim();
  switch (event.toLowerCase()) {
    case "subscribe":
    case "scan":
      return { kind: "said", envelope, content: { kind: "joined" } };
    case "click":
      if (key === "") return { kind: "silent", envelope, event };
      return {
        kind: "said",
        envelope,
        content: CHOICE_ID.test(key) ? { kind: "choice", choiceId: key } : { kind: "text", text: key },
      };
    default:
      // unsubscribe, VIEW, LOCATION, TEMPLATESENDJOBFINISH and the like: pictures and places sent from a menu come as messages.
      return { kind: "silent", envelope, event: /^\w{1,60}$/.test(event) ? event : "unknown" };
  }
}
