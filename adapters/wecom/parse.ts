import type { InboundContent } from "../../bots/model/index.ts";
import { isChoiceId, messageIdOf, readLink, readLocation, sentTimeOf } from "../shared/wechat-message.ts";
import { textIn, type XmlElements } from "../shared/xml.ts";
import { type Address, isMemberId, isPlatformId } from "./address.ts";

/** Who wrote, and the key by which a repeated delivery is known. */
export interface Envelope {
  id: string;
  from: Address;
  sentAt: Date;
}

export type FileMessage = "image" | "voice" | "video" | "file";

/** What was said, by either way in. */
export type Spoken =
  | { kind: "said"; envelope: Envelope; content: InboundContent; welcomeCode?: string }
  /** A file to be fetched by its media id before the message means anything. */
  | { kind: "file"; envelope: Envelope; mediaId: string; what: FileMessage }
  /** The member has opened the app: a visit, not words. */
  | { kind: "visit"; envelope: Envelope };

export type ParsedCallback =
  | Spoken
  /** Something has come to an account of 微信客服; what it is has to be asked for with `token`. */
  | { kind: "kf"; openKfId: string; token: string }
  /** Nothing a citizen said: `event` is the platform's word for it. */
  | { kind: "silent"; id: string; event: string }
  | { kind: "malformed" };

/**
 * Reads one callback of the self-built app ("接收消息与事件": 消息格式, 事件格式; "接收消息和事件" of 微信客服). Pure. Message types
 * that are not known become `unsupported`; events that are not known are silent, for nobody has said anything.
 */
export function parseCallback(xml: XmlElements): ParsedCallback {
  const created = textIn(xml, "CreateTime");
  const type = textIn(xml, "MsgType");
  const event = textIn(xml, "Event");
  if (!/^\d{1,13}$/.test(created) || type === "") return { kind: "malformed" };
  if (type === "event" && event === "kf_msg_or_event") return parseKfEvent(xml);
  const userId = textIn(xml, "FromUserName");
  const id = messageIdOf(xml, userId);
  // Changes of the address book and the like come from nobody, or from "sys".
  if (type === "event" && !/^(?:enter_agent|subscribe|click)$/i.test(event)) {
    return { kind: "silent", id, event: /^\w{1,60}$/.test(event) ? event : "unknown" };
  }
  if (!isMemberId(userId)) return { kind: "malformed" };
  const envelope: Envelope = { id, from: { kind: "app", userId }, sentAt: sentTimeOf(created) };
  return type === "event" ? parseEvent(xml, event, envelope) : parseSaid(xml, type, envelope);
}

function parseKfEvent(xml: XmlElements): ParsedCallback {
  const openKfId = textIn(xml, "OpenKfId");
  const token = textIn(xml, "Token");
  return isPlatformId(openKfId) && token.length <= 1_000 ? { kind: "kf", openKfId, token } : { kind: "malformed" };
}

function parseEvent(xml: XmlElements, event: string, envelope: Envelope): ParsedCallback {
  const key = textIn(xml, "EventKey").trim();
  switch (event.toLowerCase()) {
    case "subscribe":
      return { kind: "said", envelope, content: { kind: "joined" } };
    case "enter_agent":
      return { kind: "visit", envelope };
    default: {
      if (key === "") return { kind: "silent", id: envelope.id, event };
      const content: InboundContent = isChoiceId(key) ? { kind: "choice", choiceId: key } : { kind: "text", text: key };
      return { kind: "said", envelope, content };
    }
  }
}

function parseSaid(xml: XmlElements, type: string, envelope: Envelope): ParsedCallback {
  const said = (content: InboundContent): ParsedCallback => ({ kind: "said", envelope, content });
  switch (type) {
    case "text": {
      const text = textIn(xml, "Content").toWellFormed();
      return said(text.trim() === "" ? { kind: "unsupported", what: "sticker" } : { kind: "text", text });
    }
    case "image":
    case "voice":
    case "video": {
      const mediaId = textIn(xml, "MediaId");
      return mediaId === ""
        ? said({ kind: "unsupported", what: type })
        : { kind: "file", envelope, mediaId, what: type };
    }
    case "location": {
      const [latitude, longitude] = [textIn(xml, "Location_X"), textIn(xml, "Location_Y")];
      return said(readLocation({ latitude, longitude, label: textIn(xml, "Label") }));
    }
    case "link":
      return said(readLink(["Title", "Description", "Url"].map((name) => textIn(xml, name))));
    default:
      return said({ kind: "unsupported", what: /^[a-z_]{1,40}$/.test(type) ? type : "unknown" });
  }
}
