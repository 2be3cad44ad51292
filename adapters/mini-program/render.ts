import { cardText, fit, linkText } from "../../bots/fit.ts";
import type { ChannelCapabilities, OutboundMessage } from "../../bots/model/index.ts";
import { absolute, numberedTexts, splitBytes } from "../shared/wechat-texts.ts";

/**
 * "发送客服消息" (微信开放文档·小程序) knows text, picture, link card and mini-program card. Choices are numbered lines; links stay in the
 * text, because a card would use up one of the five messages and needs a picture.
 */
export const serviceCapabilities: ChannelCapabilities = {
  // Three bytes to a Chinese character, within 2,048.
  maxTextLength: 560,
  maxChoices: 0,
  canAskLocation: false,
  canShowCards: false,
  push: { windowHours: 48 },
};

/** A piece of a message, small enough to be sent by itself. */
export interface Piece {
  key: string;
  text: string;
}

/** A message under its key, as pieces with keys of their own. Relative addresses get `publicUrl`, without a slash at its end. */
export const piecesOf = (key: string, message: OutboundMessage, publicUrl: string | undefined): Piece[] =>
  wholeOf(absolute(message, publicUrl)).map((text, index) => ({ key: `${key}#${index}`, text }));

/** Choices that have no number of their own are named by their words; so they must be looked at before they are fitted. */
function wholeOf(message: OutboundMessage): string[] {
  if (message.kind === "choices" || message.kind === "ask-location") return numberedTexts(message, serviceCapabilities);
  return fit(message, serviceCapabilities).flatMap(textsOf);
}

function textsOf(part: OutboundMessage): string[] {
  switch (part.kind) {
    case "text":
      return [part.text];
    case "link":
      return splitBytes(linkText(part));
    case "card":
      return splitBytes(cardText(part));
    case "choices":
    case "ask-location":
      return numberedTexts(part, serviceCapabilities);
    default:
      throw new Error("unknown kind of message", { cause: part satisfies never });
  }
}
