import type { InboundContent } from "../../bots/model/index.ts";
import { isChoiceId, messageIdOf, readLink, readLocation, sentTimeOf } from "../shared/wechat-message.ts";
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
  const envelope = { id: messageIdOf(xml, openId), openId, account, sentAt: sentTimeOf(created) };
  return type === "event" ? parseEvent(xml, envelope) : parseSaid(xml, type, envelope);
}

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
      return said(
        readLocation({
          latitude: textIn(xml, "Location_X"),
          longitude: textIn(xml, "Location_Y"),
          label: textIn(xml, "Label"),
        }),
      );
    case "link":
      return said(readLink(["Title", "Description", "Url"].map((name) => textIn(xml, name))));
    default:
      return said({ kind: "unsupported", what: /^[a-z_]{1,40}$/.test(type) ? type : "unknown" });
  }
}

/** A click on a 菜单消息 comes back as a text with the id of what was clicked. */
function readText(xml: XmlElements): InboundContent {
  const text = textIn(xml, "Content").toWellFormed();
  const clicked = textIn(xml, "bizmsgmenuid");
  if (isChoiceId(clicked)) return { kind: "choice", choiceId: clicked, label: text.replace(/^\d+\. /, "") };
  return text.trim() === "" || NOT_HANDED_ON.test(text.trim())
    ? { kind: "unsupported", what: "sticker" }
    : { kind: "text", text };
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
        content: isChoiceId(key) ? { kind: "choice", choiceId: key } : { kind: "text", text: key },
      };
    default:
      // unsubscribe, VIEW, LOCATION, TEMPLATESENDJOBFINISH and the like: pictures and places sent from a menu come as messages.
      return { kind: "silent", envelope, event: /^\w{1,60}$/.test(event) ? event : "unknown" };
  }
}
