import { createHash } from "node:crypto";
import type { InboundContent } from "../../bots/model/index.ts";
import { fromGcj02 } from "./gcj02.ts";
import { textIn, type XmlElements } from "./xml.ts";

/** `flow/verb` or `flow/verb/argument`. */
const CHOICE_ID = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*(?:\/[^\s]+)?$/;

/** Whether what was clicked, on a menu of any kind, is one of the bot's own choices. */
export const isChoiceId = (text: string): boolean => CHOICE_ID.test(text);

/**
 * The key of a message of 公众号 or 企业微信. MsgId has 64 bits and stays text. Events have none; no citizen's id stands in a key,
 * because keys stand in logs.
 */
export function messageIdOf(xml: XmlElements, who: string): string {
  const [type, msgId] = [textIn(xml, "MsgType"), textIn(xml, "MsgId")];
  if (type !== "event" && /^\d{1,20}$/.test(msgId)) return msgId;
  const parts = [who, textIn(xml, "CreateTime"), type, textIn(xml, "Event"), textIn(xml, "EventKey")];
  return `event-${createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32)}`;
}

/** CreateTime: seconds since 1970; other senders of this format write milliseconds. */
export const sentTimeOf = (created: string): Date => new Date(Number(created) * (created.length > 11 ? 1 : 1000));

/** A place that the citizen sent, from the map's GCJ-02 to WGS 84. */
export function readLocation(at: { latitude: string; longitude: string; label: string }): InboundContent {
  const point = { latitude: Number(at.latitude.trim() || "x"), longitude: Number(at.longitude.trim() || "x") };
  if (!(Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180)) {
    return { kind: "unsupported", what: "location" };
  }
  const label = at.label.trim();
  return { kind: "location", point: { ...fromGcj02(point), ...(label === "" ? {} : { label }) } };
}

/** A link that the citizen sent, as the lines that it shows. */
export function readLink(parts: string[]): InboundContent {
  const lines = parts.map((part) => part.trim()).filter(Boolean);
  return lines.length > 0 ? { kind: "text", text: lines.join("\n") } : { kind: "unsupported", what: "link" };
}
