import type { InboundContent } from "../../bots/model/index.ts";
import { fromGcj02 } from "../shared/gcj02.ts";

/** A message as a puppet tells of it, once everything that has to be asked for has been asked for. */
export interface RawMessage {
  id: string;
  /** The platform library's word for the kind: `Text`, `Image`, … */
  type: string;
  text: string;
  sentAt: Date;
  /** Sent by the bot's own account, here or on its telephone. */
  isOwn: boolean;
  /** From an official account or the platform itself. */
  isOfficial: boolean;
  /** `alias`: what the person calls themselves in this group (群昵称). */
  talker: { id: string; name: string; alias?: string };
  /** `botNames`: by which the bot can be mentioned there. */
  room?: { id: string; topic: string; botNames: string[] };
  /** Whom the puppet says is mentioned; many puppets tell it of some messages only. */
  mentions: { bot: boolean; others: boolean };
  /** GCJ-02, as all of the platform's places are. */
  place?: { latitude: number; longitude: number; name: string };
}

export interface Envelope {
  id: string;
  userId: string;
  sentAt: Date;
}

/** Who speaks in which group, and whether to the bot. */
export interface GroupEnvelope extends Envelope {
  roomId: string;
  topic: string;
  /** Names by which others may know the speaker; for telling grid workers, never kept. */
  names: string[];
  mentioned: boolean;
}

export type ParsedMessage =
  | { kind: "said"; envelope: Envelope; content: InboundContent }
  /** A file to be fetched by the message's id before it means anything. */
  | { kind: "file"; envelope: Envelope }
  /** `quote`: the words that the message answers, without who had said them. Never the speaker's own words. */
  | { kind: "in-group"; envelope: GroupEnvelope; text: string; quote?: string }
  | { kind: "group-file"; envelope: GroupEnvelope }
  /** Nothing for the bot: `what` is the library's word for it, or why. */
  | { kind: "silent"; what: string };

const FILES = new Set(["Image", "Video", "Audio", "Attachment"]);
const PICTURE = "Image";
/** Of no use in any form: taken back by its author, or shown by the platform itself. */
const SILENT = new Set(["Recalled", "GroupNote", "Post"]);

/** Reads one message. Pure. */
export function parseMessage(raw: RawMessage): ParsedMessage {
  if (raw.isOwn) return { kind: "silent", what: "own" };
  if (raw.isOfficial) return { kind: "silent", what: "official" };
  if (raw.id === "" || raw.talker.id === "") return { kind: "silent", what: "unreadable" };
  if (SILENT.has(raw.type)) return { kind: "silent", what: raw.type };
  return raw.room ? inGroup(raw, raw.room) : inPrivate(raw);
}

const envelopeOf = ({ id, talker, sentAt }: RawMessage): Envelope => ({ id, userId: talker.id, sentAt });

function inPrivate(raw: RawMessage): ParsedMessage {
  const envelope = envelopeOf(raw);
  if (raw.type === "Text") return { kind: "said", envelope, content: { kind: "text", text: raw.text } };
  if (raw.place) return { kind: "said", envelope, content: { kind: "location", point: pointOf(raw.place) } };
  if (FILES.has(raw.type)) return { kind: "file", envelope };
  return { kind: "said", envelope, content: { kind: "unsupported", what: raw.type.toLowerCase() } };
}

const pointOf = ({ name, ...gcj }: NonNullable<RawMessage["place"]>) => ({
  ...fromGcj02(gcj),
  ...(name ? { label: name } : {}),
});

function inGroup(raw: RawMessage, room: NonNullable<RawMessage["room"]>): ParsedMessage {
  const { name, alias } = raw.talker;
  const names = [alias, name].filter((each) => each !== undefined && each !== "") as string[];
  const envelope = { ...envelopeOf(raw), roomId: room.id, topic: room.topic, names, mentioned: false };
  if (raw.type === PICTURE) return { kind: "group-file", envelope };
  if (raw.type !== "Text") return { kind: "silent", what: raw.type };
  const { quote, words } = splitQuote(raw.text);
  const { mentioned, text } = readMention(words, room.botNames, raw.mentions);
  return { kind: "in-group", envelope: { ...envelope, mentioned }, text, ...(quote ? { quote } : {}) };
}

/** 「谁：原话」, a line of dashes, then the answer: what the platform makes of 引用. */
const QUOTED = /^「([\s\S]*?)」\r?\n(?:- ){3,}-?[^\S\n]*(?:\r?\n|$)([\s\S]*)$/u;
/** More of a quote tells nothing that less does not. */
const MOST_QUOTE = 500;

/** A quote and the words said about it. Whatever only looks like a quote is a text. */
export function splitQuote(text: string): { quote?: string; words: string } {
  const found = QUOTED.exec(text);
  if (!found) return { words: text };
  const [, quoted = "", words = ""] = found;
  const quote = quoted.replace(/^[^：:\n]{1,40}[：:]\s*/u, "").slice(0, MOST_QUOTE);
  return { quote, words };
}

/** What the platform's clients put behind a mention: U+2005; people type others, or a mark, or nothing at the end. */
const AFTER = "(?=[\\s\\u2005\\u3000\\u00a0\\u200b,，.。:：;；!！?？、@＠]|$)";

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * Whether the bot is mentioned, and the words without it. A name counts when it stands whole: "@小诉助手" is not "@小诉". Where the puppet
 * names others and not the bot, it is believed.
 */
export function readMention(
  text: string,
  botNames: readonly string[],
  told: RawMessage["mentions"],
): { mentioned: boolean; text: string } {
  const names = botNames.filter((name) => name.trim() !== "").sort((a, b) => b.length - a.length);
  const pattern = names.length > 0 ? new RegExp(`[@＠](?:${names.map(escaped).join("|")})${AFTER}`, "gu") : undefined;
  const named = pattern?.test(text) ?? false;
  const mentioned = told.bot || (named && !told.others);
  if (!mentioned) return { mentioned, text: text.trim() };
  const without = named && pattern ? text.replace(pattern, " ") : text.replace(/^[@＠]\S{1,40}?(?:\u2005|\s|$)/u, " ");
  return { mentioned, text: without.replace(/[^\S\n]+/g, " ").trim() };
}
