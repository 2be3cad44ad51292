import type { Cited } from "./answer.ts";

/** Messages in and out, as every channel and every flow sees them. */

export type ChannelName =
  | "web"
  | "terminal"
  | "wechat"
  | "wecom"
  | "mini-program"
  | "wechaty"
  | "line"
  | "telegram"
  | "bot-framework";

/** Where a conversation takes place and who speaks in it. `userId` is unique within the channel. */
export interface ConversationRef {
  channel: ChannelName;
  conversationId: string;
  userId: string;
  group?: true;
}

export type MediaType = "image" | "voice" | "video" | "file";

/** A stored upload. The bytes lie in the media room of the server; `id` finds them there. */
export interface Media {
  id: string;
  mediaType: MediaType;
  mimeType: string;
  sizeBytes: number;
  name?: string;
  /** Where it was taken, as its camera had noted; the stored bytes do not tell it any more. */
  position?: GeoPoint;
}

/** A point on the map, WGS 84 degrees. `label` is what the citizen's device called it. */
export interface GeoPoint {
  latitude: number;
  longitude: number;
  label?: string;
}

export type InboundContent =
  | { kind: "text"; text: string }
  | { kind: "choice"; choiceId: string; label?: string }
  | { kind: "location"; point: GeoPoint }
  | { kind: "media"; media: Media[]; text?: string }
  | { kind: "joined" }
  | { kind: "unsupported"; what: string };

/**
 * One message of a citizen. `id` is the platform's own and stays the same when the platform delivers the
 * message again: channel and id together are the key by which a redelivery is recognised.
 */
export interface InboundMessage {
  id: string;
  from: ConversationRef;
  sentAt: Date;
  content: InboundContent;
  replyHandle?: string;
}

/**
 * One thing to pick. `id` is `flow/verb` or `flow/verb/argument`: the first part names the flow that understands it.
 * `number` is what a citizen types where there are no buttons; the engine counts it through all messages of a turn.
 */
export interface Choice {
  id: string;
  label: string;
  number?: number;
}

export interface CardRow {
  label: string;
  value: string;
}

export type OutboundMessage =
  /**
   * `cites`: what the words rest on; they must not be said any more when that is not in use. `speaker`: a person other than the bot, for
   * channels that can set their words apart; `text` names them as well. `mentions`: members of a group whom the words call, by their ids in
   * the channel.
   */
  | { kind: "text"; text: string; speaker?: string; cites?: Cited; mentions?: string[] }
  /** `asks`: what the words ask for besides the choices, for channels whose citizens can hand it over by a button. */
  | { kind: "choices"; text: string; choices: Choice[]; asks?: "contact"; cites?: Cited }
  | { kind: "ask-location"; text: string; choices: Choice[] }
  | { kind: "link"; text: string; title: string; url: string }
  | { kind: "card"; title: string; rows: CardRow[]; text: string; choices: Choice[] };

/** What a channel can show. A missing ability is data: `maxChoices: 0` means numbered text. */
export interface ChannelCapabilities {
  /** In UTF-16 code units. */
  maxTextLength: number;
  maxChoices: number;
  canAskLocation: boolean;
  canShowCards: boolean;
  push: "anytime" | PushWindow | "never";
}

/** The bot may speak first for so long after the citizen's last message, and so often (`messages`, where that is limited). */
export interface PushWindow {
  windowHours: number;
  messages?: number;
}
