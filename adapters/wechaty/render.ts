import { fit, linkText } from "../../bots/fit.ts";
import type { ChannelCapabilities, OutboundMessage } from "../../bots/model/index.ts";

export const wechatyCapabilities: ChannelCapabilities = {
  // The platform takes far more; longer bubbles are folded on the telephone and nobody opens them.
  maxTextLength: 1_800,
  maxChoices: 0,
  canAskLocation: false,
  canShowCards: false,
  push: "anytime",
};

/** One text under a key of its own. `mentions`: who is called by it, ids of the platform. */
export interface Piece {
  key: string;
  text: string;
  mentions: string[];
}

/** A message under its key, as texts. Relative addresses get `publicUrl`, without a slash at its end. */
export function piecesOf(key: string, message: OutboundMessage, publicUrl: string | undefined): Piece[] {
  const mentions = message.kind === "text" ? (message.mentions ?? []) : [];
  return fit(absolute(message, publicUrl), wechatyCapabilities).map((part, index) => ({
    key: `${key}#${index}`,
    text: part.kind === "link" ? linkText(part) : part.text,
    mentions: index === 0 ? mentions : [],
  }));
}

function absolute(message: OutboundMessage, publicUrl: string | undefined): OutboundMessage {
  if (message.kind !== "link" || !message.url.startsWith("/")) return message;
  return { ...message, url: publicUrl === undefined ? "" : `${publicUrl}${message.url}` };
}
