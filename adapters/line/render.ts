import type { messagingApi } from "@line/bot-sdk";
import { cardText, fit, linkText, withNumberedLines } from "../../bots/fit.ts";
import type { ChannelCapabilities, Choice, OutboundMessage } from "../../bots/model/index.ts";

type Message = messagingApi.Message;
type Item = messagingApi.QuickReplyItem;
type Card = OutboundMessage & { kind: "card" };

/** Of one request, reply or push ("Send reply message", LINE Messaging API reference). */
const MOST_MESSAGES = 5;
const MOST_ITEMS = 13;
/** Of a label and of the data of a postback ("Action objects", "Quick reply"). */
const MOST_LABEL = 20;
const MOST_DATA = 300;
/** Longer ones are allowed by now, on newer clients only; a card that says more comes as text. */
const MOST_ALT_TEXT = 400;
const MOST_KEPT = 4_900;

export const lineCapabilities: ChannelCapabilities = {
  // 5,000 UTF-16 code units, with room for the choices of a message that is not the last one.
  maxTextLength: 4_400,
  // Thirteen quick replies, one of which may ask for the location.
  maxChoices: MOST_ITEMS - 1,
  canAskLocation: true,
  canShowCards: true,
  push: "anytime",
};

export interface RenderOptions {
  /** Relative addresses get it; without a slash at its end. */
  publicUrl?: string;
  /** The words on the quick reply that opens the map. */
  sendLocation: string;
}

/** A piece of a message: one message object of the platform. */
export interface Piece {
  key: string;
  /** All of it as words, the choices as lines. */
  text: string;
  message: Message;
  /** Quick replies: the platform shows those of the last message object only, and only until the next message. */
  items: Item[];
}

/** A message under its key, as pieces with keys of their own. */
export function piecesOf(key: string, message: OutboundMessage, options: RenderOptions): Piece[] {
  return fit(absolute(message, options.publicUrl), capabilitiesFor(message))
    .map((part) => pieceOf(part, options))
    .map((piece, index) => ({ ...piece, key: `${key}#${index}` }));
}

/** One label or id that no button takes, and all choices become lines: a row of buttons beside a list looks like the whole offer. */
function capabilitiesFor(message: OutboundMessage): ChannelCapabilities {
  const choices = "choices" in message ? message.choices : [];
  const hasRoom = choices.every(
    ({ id, label }) => label !== "" && label.length <= MOST_LABEL && id.length <= MOST_DATA,
  );
  const areButtons = hasRoom && choices.length <= lineCapabilities.maxChoices;
  const isShortCard = message.kind !== "card" || wordsOf(message, areButtons).length <= MOST_ALT_TEXT;
  return { ...lineCapabilities, canShowCards: isShortCard, maxChoices: hasRoom ? lineCapabilities.maxChoices : 0 };
}

/** All that a card will say; choices that cannot be buttons become lines in it. */
const wordsOf = (card: Card, areButtons: boolean): string =>
  cardText(areButtons ? card : { ...card, text: withNumberedLines(card.text, card.choices) });

function absolute(message: OutboundMessage, publicUrl: string | undefined): OutboundMessage {
  if (message.kind !== "link" || !message.url.startsWith("/")) return message;
  return { ...message, url: publicUrl === undefined ? "" : `${publicUrl}${message.url}` };
}

type Unkeyed = Omit<Piece, "key">;
const words = (text: string): Unkeyed => ({ text, message: { type: "text", text }, items: [] });

function pieceOf(part: OutboundMessage, options: RenderOptions): Unkeyed {
  switch (part.kind) {
    case "text":
      return words(part.text);
    case "link":
      return linkPiece(part);
    case "card":
      return { text: withNumberedLines(cardText(part), part.choices), message: cardMessage(part), items: [] };
    case "choices":
      return choicePiece(part, []);
    case "ask-location":
      return choicePiece(part, [{ type: "action", action: { type: "location", label: options.sendLocation } }]);
    default:
      throw new Error("unknown kind of message", { cause: part satisfies never });
  }
}

function choicePiece(part: { text: string; choices: Choice[] }, more: Item[]): Unkeyed {
  const text = withNumberedLines(part.text, part.choices);
  // Choices without a number are news of a ticket, and the next news may come at once and take the quick replies away.
  const mayVanish = part.text === "" || part.choices.some(({ number }) => number === undefined);
  const items = part.choices.map((choice): Item => ({ type: "action", action: postback(choice) }));
  return { text, message: { type: "text", text: mayVanish ? text : part.text }, items: [...more, ...items] };
}

const postback = ({ id, label }: Choice): messagingApi.PostbackAction => ({
  type: "postback",
  label,
  data: id,
  displayText: label,
});

/** A telephone number is one tap; other addresses can be pressed in the text. */
function linkPiece(part: OutboundMessage & { kind: "link" }): Unkeyed {
  const text = linkText(part);
  const isButton = part.url.startsWith("tel:") && part.title.length <= MOST_LABEL && text.length <= MOST_ALT_TEXT;
  if (!isButton) return words(text);
  const body = part.text === "" ? [] : [textLine(part.text, {})];
  const action: messagingApi.URIAction = { type: "uri", label: part.title, uri: part.url };
  return { text, message: flex(text, body, [action]), items: [] };
}

function cardMessage(card: Card): Message {
  const rows = card.rows.map(
    (row): messagingApi.FlexComponent => ({
      type: "box",
      layout: "baseline",
      spacing: "sm",
      contents: [
        textLine(row.label, { flex: 2, size: "sm", color: "#666666" }),
        textLine(row.value, { flex: 5, size: "sm" }),
      ],
    }),
  );
  const title = textLine(card.title, { weight: "bold", size: "lg" });
  const last = card.text === "" ? [] : [textLine(card.text, { margin: "lg" })];
  return flex(cardText(card), [title, ...rows, ...last], card.choices.map(postback));
}

/** The platform refuses a text without any. */
const textLine = (text: string, look: Partial<messagingApi.FlexText>): messagingApi.FlexText => ({
  type: "text",
  text: text === "" ? "－" : text,
  wrap: true,
  ...look,
});

function flex(altText: string, body: messagingApi.FlexComponent[], actions: messagingApi.Action[]): Message {
  const buttons = actions.map(
    (action, index): messagingApi.FlexComponent => ({
      type: "button",
      style: index === 0 ? "primary" : "secondary",
      height: "sm",
      action,
    }),
  );
  const box = (contents: messagingApi.FlexComponent[]): messagingApi.FlexBox => ({
    type: "box",
    layout: "vertical",
    spacing: "md",
    contents,
  });
  const contents: messagingApi.FlexBubble = {
    type: "bubble",
    ...(body.length > 0 ? { body: box(body) } : {}),
    ...(buttons.length > 0 ? { footer: box(buttons) } : {}),
  };
  return { type: "flex", altText, contents };
}

/**
 * As many of the pieces, from the first on, as one request can hold; choices that could not be pressed any more become lines, and so
 * do all of a request after which another one follows: its messages take the quick replies away.
 */
export function batchOf(pieces: Piece[]): { messages: Message[]; taken: Piece[] } {
  const taken = pieces.slice(0, MOST_MESSAGES);
  const all = taken.flatMap(({ items }) => items);
  const items = all.length <= MOST_ITEMS ? all : (taken.at(-1)?.items ?? []);
  const messages = taken.map((piece, index): Message => {
    const isLast = index === taken.length - 1 && taken.length === pieces.length;
    if (isLast) return items.length > 0 ? { ...piece.message, quickReply: { items } } : piece.message;
    return piece.items.length > 0 ? { type: "text", text: piece.text } : piece.message;
  });
  return { messages, taken };
}

/** What waited for the citizen's next visit, as one message under its heading; the rest waits on. */
export function keptMessage(heading: string, kept: { key: string; text: string }[]): { text: string; keys: string[] } {
  const keys: string[] = [];
  let text = heading;
  for (const piece of kept) {
    const longer = `${text}\n${piece.text}`;
    if (keys.length > 0 && longer.length > MOST_KEPT) break;
    text = longer;
    keys.push(piece.key);
  }
  return { text, keys };
}
