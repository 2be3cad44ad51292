import { createHash } from "node:crypto";
import type { InboundContent } from "../../bots/model/index.ts";
import { readJsonElements } from "../shared/json-elements.ts";
import { readXml, textIn, type XmlElements } from "../shared/xml.ts";

/** Who wrote, and the key by which a repeated delivery is known. */
export interface Envelope {
  id: string;
  openId: string;
  sentAt: Date;
}

export type ParsedMessage =
  | { kind: "said"; envelope: Envelope; content: InboundContent }
  /** A picture to be fetched by its media id before the message means anything. */
  | { kind: "picture"; envelope: Envelope; mediaId: string }
  /** The citizen has opened the conversation of the 客服; nothing is said yet. */
  | { kind: "entered"; envelope: Envelope }
  /** Nothing a citizen said: `event` is the platform's word for it. */
  | { kind: "silent"; envelope: Envelope; event: string }
  | { kind: "malformed" };

/** An open id has 28 characters today; nothing of the kind is longer than this. */
const NAME = /^[\w-]{1,64}$/;
/** The page of a ticket, as it is shared out of this mini-program. */
const TICKET_PAGE = /^\/?pages\/ticket\/ticket(?:\.html)?\?(?:.*&)?number=(\d{1,32})(?:&|$)/;

/** A body of the platform, in whichever of its two data formats (数据格式 JSON or XML) is chosen in the console. */
export const readBody = (text: string): XmlElements | undefined =>
  text.trimStart().startsWith("{") ? readJsonElements(text) : readXml(text);

/**
 * Reads one message or event of a 小程序's 客服 ("接收消息和事件" and "消息推送", 微信开放文档·小程序). Pure. `appId` is the own one. Message types
 * that are not known become `unsupported`; events that are not known are silent, for nobody has said anything.
 */
export function parseMessage(body: XmlElements, appId: string): ParsedMessage {
  const openId = textIn(body, "FromUserName");
  const created = textIn(body, "CreateTime");
  const type = textIn(body, "MsgType");
  if (!NAME.test(openId) || !/^\d{1,13}$/.test(created) || type === "") return { kind: "malformed" };
  const envelope = { id: idOf(body, type, openId, created), openId, sentAt: timeOf(created) };
  return type === "event" ? parseEvent(body, envelope) : parseSaid(body, { type, envelope, appId });
}

/** MsgId has 64 bits and stays text. Events have none; no open id stands in an id, because ids stand in logs. */
function idOf(body: XmlElements, type: string, openId: string, created: string): string {
  const msgId = textIn(body, "MsgId");
  if (type !== "event" && /^\d{1,20}$/.test(msgId)) return msgId;
  const parts = [openId, created, type, textIn(body, "Event")];
  return `event-${createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32)}`;
}

/** Seconds since 1970; other senders of this format write milliseconds. */
const timeOf = (created: string): Date => new Date(Number(created) * (created.length > 11 ? 1 : 1000));

function parseSaid(
  body: XmlElements,
  { type, envelope, appId }: { type: string; envelope: Envelope; appId: string },
): ParsedMessage {
  const said = (content: InboundContent): ParsedMessage => ({ kind: "said", envelope, content });
  switch (type) {
    case "text": {
      const text = textIn(body, "Content").toWellFormed();
      return said(text.trim() === "" ? { kind: "unsupported", what: "sticker" } : { kind: "text", text });
    }
    case "image": {
      const mediaId = textIn(body, "MediaId");
      return mediaId === "" ? said({ kind: "unsupported", what: "image" }) : { kind: "picture", envelope, mediaId };
    }
    case "miniprogrampage":
      return said(readCard(body, appId));
    default:
      return said({ kind: "unsupported", what: /^[a-z_]{1,40}$/.test(type) ? type : "unknown" });
  }
}

/** A card of the own ticket page asks for that ticket; of any other page only its title is something said. */
function readCard(body: XmlElements, appId: string): InboundContent {
  const title = textIn(body, "Title").trim().toWellFormed();
  const number = textIn(body, "AppId") === appId ? TICKET_PAGE.exec(textIn(body, "PagePath"))?.[1] : undefined;
  if (number !== undefined) return { kind: "choice", choiceId: `progress/show/${number}`, label: title || undefined };
  return title === "" ? { kind: "unsupported", what: "miniprogrampage" } : { kind: "text", text: title };
}

function parseEvent(body: XmlElements, envelope: Envelope): ParsedMessage {
  const event = textIn(body, "Event");
  if (event === "user_enter_tempsession") return { kind: "entered", envelope };
  return { kind: "silent", envelope, event: /^\w{1,60}$/.test(event) ? event : "unknown" };
}
