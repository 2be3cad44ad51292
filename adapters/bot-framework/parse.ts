import { createHash } from "node:crypto";
import type { InboundContent } from "../../bots/model/index.ts";
import { activityShape, type Incoming } from "./activity.ts";
import type { Address } from "./address.ts";
import { choiceIn, type FileSent, filesIn, isMentioned, pointIn, wordsOf } from "./contents.ts";

/** Who wrote in which private chat, and the key by which a repeated delivery is known. */
export interface Envelope {
  id: string;
  conversationId: string;
  userId: string;
  sentAt: Date;
  address: Address;
}

export type ParsedActivity =
  | { kind: "said"; envelope: Envelope; content: InboundContent }
  | { kind: "files"; envelope: Envelope; files: FileSent[]; text?: string }
  /** A message in a group or a channel of a team that mentions the bot; nothing of its words. */
  | { kind: "called"; id: string; conversationId: string; activityId: string; sentAt: Date; address: Address }
  /** Somebody's program waits for an answer that the bot does not have. */
  | { kind: "invoke" }
  /** Nothing a citizen said to the bot: `what` is the platform's word for it. */
  | { kind: "silent"; what: string };

/** Reads one activity, an object as JSON has it; `undefined` when it is none. Pure; `now` stands for a time that the platform does not tell. */
export function parseActivity(json: unknown, now: Date): ParsedActivity | undefined {
  const incoming = activityShape.safeParse(json).data;
  if (!incoming) return undefined;
  const silent = { kind: "silent", what: /^\w{1,40}$/.test(incoming.type) ? incoming.type : "unknown" } as const;
  switch (incoming.type) {
    case "message":
      return readMessage(incoming, now) ?? silent;
    case "messageUpdate":
      return readEdited(incoming, now) ?? silent;
    case "conversationUpdate":
      return readJoined(incoming, incoming.membersAdded ?? [], now) ?? silent;
    case "installationUpdate":
      return (incoming.action?.startsWith("add") && readJoined(incoming, [incoming.from ?? {}], now)) || silent;
    case "invoke":
      return { kind: "invoke" };
    default:
      return silent;
  }
}

/** Of these the platform itself vouches for who writes; elsewhere the page in which the chat stands may name anybody. */
const VOUCHES_FOR_PEOPLE = new Set(["msteams"]);

function envelopeOf(incoming: Incoming, user: string, what: string, now: Date): Envelope {
  const { channelId, conversation, timestamp, id, text, value } = incoming;
  const at = new Date(timestamp ?? Number.NaN);
  const where = `${channelId}|${conversation.id}`;
  // An activity without an id is known by everything that it says.
  const key = [where, id || JSON.stringify([timestamp, text, value]), what];
  return {
    id: digestOf(key),
    conversationId: where,
    userId: VOUCHES_FOR_PEOPLE.has(channelId) ? `${channelId}|${user}` : where,
    sentAt: Number.isNaN(at.getTime()) ? now : at,
    address: addressIn(incoming, user),
  };
}

const digestOf = (parts: string[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 32);

const addressIn = ({ serviceUrl, channelId, conversation, recipient }: Incoming, user: string): Address => ({
  serviceUrl,
  channelId,
  conversation: {
    id: conversation.id,
    ...(conversation.tenantId ? { tenantId: conversation.tenantId } : {}),
    ...(conversation.conversationType ? { conversationType: conversation.conversationType } : {}),
    ...(conversation.isGroup ? { isGroup: true } : {}),
  },
  bot: { id: recipient?.id ?? "" },
  user: { id: user },
});

const isGroup = ({ conversation }: Incoming): boolean =>
  conversation.isGroup === true || ["groupChat", "channel"].includes(conversation.conversationType ?? "");

/** The citizen's id; the bot's own echo has none. */
function speakerOf({ from, recipient }: Incoming): string | undefined {
  if (!from?.id || from.id === recipient?.id || from.role === "bot") return undefined;
  return from.id;
}

function readMessage(incoming: Incoming, now: Date): ParsedActivity | undefined {
  const user = speakerOf(incoming);
  if (user === undefined) return undefined;
  const envelope = envelopeOf(incoming, user, "message", now);
  if (isGroup(incoming)) return isMentioned(incoming) ? called(incoming, envelope) : undefined;
  const choice = choiceIn(incoming.value);
  if (choice) return { kind: "said", envelope, content: choice };
  const place = pointIn(incoming);
  if (place) return { kind: "said", envelope, content: { kind: "location", point: place } };
  const text = wordsOf(incoming);
  const files = filesIn(incoming);
  if (files.length > 0) return { kind: "files", envelope, files, ...(text ? { text } : {}) };
  if (text !== "") return { kind: "said", envelope, content: { kind: "text", text } };
  const what = isDefined(incoming.value) ? "value" : incoming.attachments?.length ? "attachment" : "unknown";
  return { kind: "said", envelope, content: { kind: "unsupported", what } };
}

const isDefined = (value: unknown): boolean => value !== undefined && value !== null;

function called(incoming: Incoming, { id, conversationId, sentAt, address }: Envelope): ParsedActivity {
  return { kind: "called", id, conversationId, activityId: incoming.id ?? "", sentAt, address };
}

/** Words that were changed afterwards are a correction; the same activity changed twice is two of them. */
function readEdited(incoming: Incoming, now: Date): ParsedActivity | undefined {
  const user = speakerOf(incoming);
  const words = wordsOf(incoming);
  if (user === undefined || words === "" || isGroup(incoming)) return undefined;
  const envelope = envelopeOf(incoming, user, `edited ${words}`, now);
  return { kind: "said", envelope, content: { kind: "text", text: `（更正）${words}` } };
}

/** The platforms announce one opening by several activities, of the bot and of the citizen: one key for all of them, so one welcome. */
function readJoined(incoming: Incoming, members: { id?: string | null }[], now: Date): ParsedActivity | undefined {
  if (members.length === 0 || isGroup(incoming)) return undefined;
  const person = members.find(({ id }) => id && id !== incoming.recipient?.id)?.id ?? speakerOf(incoming);
  if (person === undefined && VOUCHES_FOR_PEOPLE.has(incoming.channelId)) return undefined;
  const envelope = envelopeOf({ ...incoming, id: "joined" }, person ?? "", "joined", now);
  return { kind: "said", envelope, content: { kind: "joined" } };
}
