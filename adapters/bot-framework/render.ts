import { cardText, fit, linkText, withNumberedLines } from "../../bots/fit.ts";
import type { CardRow, ChannelCapabilities, Choice, OutboundMessage } from "../../bots/model/index.ts";

/** Channels whose clients show Adaptive Cards; all others get words and numbers. */
const SHOWS_CARDS = new Set(["msteams", "webchat", "directline", "emulator"]);

export const botFrameworkCapabilities: ChannelCapabilities = {
  maxTextLength: 4_000,
  maxChoices: 20,
  canAskLocation: false,
  canShowCards: true,
  push: "anytime",
};
/** Behind the channels without cards are mails, short messages and other messengers; most of them take this much. */
const WORDS_ONLY: ChannelCapabilities = {
  ...botFrameworkCapabilities,
  maxTextLength: 1_500,
  maxChoices: 0,
  canShowCards: false,
};

/** Of a card as JSON in UTF-8 ("Adaptive Cards: 28 KB", Microsoft Teams), with room for what the platform adds. */
const MOST_CARD_BYTES = 24_000;
/** Longer words on a button are cut by the clients. */
const MOST_LABEL = 60;

type Element = { [name: string]: unknown; type: string };
export interface Card {
  contentType: "application/vnd.microsoft.card.adaptive";
  content: { type: "AdaptiveCard"; $schema: string; version: string; body: Element[] };
}

/** The part of an activity that is ours; whom it goes to is added when it is sent. */
export interface ActivityToSend {
  type: "message";
  textFormat: "plain";
  text?: string;
  /** What clients show where no card can stand: in the list of chats, in notifications. */
  summary?: string;
  attachments?: Card[];
}

/** One activity of the platform under a key of its own; `text` says all of it, the choices as lines. */
export interface Piece {
  key: string;
  text: string;
  activity: ActivityToSend;
}

export interface RenderOptions {
  channelId: string;
  /** Relative addresses get it; without a slash at its end. */
  publicUrl?: string;
}

/** A message under its key, as activities with keys of their own. */
export function piecesOf(key: string, message: OutboundMessage, { channelId, publicUrl }: RenderOptions): Piece[] {
  return fit(absolute(message, publicUrl), capabilitiesFor(message, channelId)).map((part, index) => ({
    ...pieceOf(part, channelId),
    key: `${key}#${index}`,
  }));
}

/** One choice that no button takes, and all of them become lines: buttons beside a list look like the whole offer. */
function capabilitiesFor(message: OutboundMessage, channelId: string): ChannelCapabilities {
  if (!SHOWS_CARDS.has(channelId)) return WORDS_ONLY;
  const choices = "choices" in message ? message.choices : [];
  const hasRoom =
    choices.every(({ label }) => label.trim() !== "" && label.length <= MOST_LABEL) &&
    bytesOf(choices.map(buttonOf)) < MOST_CARD_BYTES / 2;
  const isShortCard = message.kind !== "card" || bytesOf(cardBody(message)) < MOST_CARD_BYTES / 2;
  return {
    ...botFrameworkCapabilities,
    canShowCards: isShortCard,
    maxChoices: hasRoom ? botFrameworkCapabilities.maxChoices : 0,
  };
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

function absolute(message: OutboundMessage, publicUrl: string | undefined): OutboundMessage {
  if (message.kind !== "link" || !message.url.startsWith("/")) return message;
  return { ...message, url: publicUrl === undefined ? "" : `${publicUrl}${message.url}` };
}

type Unkeyed = Omit<Piece, "key">;
const said = (text: string, body: Element[] = []): Unkeyed => ({
  text,
  activity: {
    type: "message",
    textFormat: "plain",
    text,
    ...(body.length > 0 ? { attachments: [cardWith(body)] } : {}),
  },
});

function pieceOf(part: OutboundMessage, channelId: string): Unkeyed {
  switch (part.kind) {
    case "text":
      return said(part.text);
    case "choices":
    case "ask-location":
      return withChoices(said(part.text || PLEASE_CHOOSE, part.choices.map(buttonOf)), part.choices);
    case "link":
      return said(linkText(part), SHOWS_CARDS.has(channelId) ? linkButtons(part) : []);
    case "card": {
      const text = cardText(part);
      const attachments = [cardWith([...cardBody(part), ...part.choices.map(buttonOf)])];
      const activity = { type: "message", textFormat: "plain", summary: text, attachments } as const;
      return withChoices({ text, activity }, part.choices);
    }
    default:
      throw new Error("unknown kind of message", { cause: part satisfies never });
  }
}

const PLEASE_CHOOSE = "请选择：";

/** For the citizen's next visit, when the buttons are gone. */
const withChoices = (piece: Unkeyed, choices: Choice[]): Unkeyed => ({
  ...piece,
  text: withNumberedLines(piece.text, choices),
});

const cardWith = (body: Element[]): Card => ({
  contentType: "application/vnd.microsoft.card.adaptive",
  content: {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.2",
    body,
  },
});

/** Each in a set of its own: of one set Teams shows six and hides the rest behind dots. */
const inSet = (action: object): Element => ({ type: "ActionSet", actions: [action] });

/** Teams hands back the value as a message with the words of the button; other clients hand back all of `data`. */
function buttonOf({ id, label }: Choice): Element {
  const value = { choice: id, label };
  const msteams = { type: "messageBack", displayText: label, text: label, value };
  return inSet({ type: "Action.Submit", title: label, data: { ...value, msteams } });
}

/** An address out of imported knowledge could carry script; only these become buttons. */
const linkButtons = ({ title, url }: { title: string; url: string }): Element[] =>
  /^(?:https?:\/\/|tel:)/i.test(url) && title !== "" ? [inSet({ type: "Action.OpenUrl", title, url })] : [];

/** Runs of text and not blocks: marks in a citizen's words are not taken for formatting ("TextRun", Adaptive Cards). */
const runs = (...inlines: object[]): Element => ({ type: "RichTextBlock", inlines });
const run = (text: string, look: object = {}) => ({ type: "TextRun", text, ...look });

function cardBody({ title, rows, text }: { title: string; rows: CardRow[]; text: string }): Element[] {
  return [
    ...(title === "" ? [] : [runs(run(title, { weight: "Bolder", size: "Medium" }))]),
    ...rows.map(({ label, value }) => runs(run(`${label}：`, { isSubtle: true }), run(value))),
    ...(text === "" ? [] : [runs(run(text))]),
  ];
}
