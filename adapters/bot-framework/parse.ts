import { createHash } from "node:crypto";
import { z } from "zod";
import type { GeoPoint, InboundContent } from "../../bots/model/index.ts";
import type { Address } from "./address.ts";

/** Who wrote in which private chat, and the key by which a repeated delivery is known. */
export interface Envelope {
  id: string;
  conversationId: string;
  userId: string;
  sentAt: Date;
  address: Address;
}

/** A file that is to be fetched. `isOpen`: its address itself opens it, for a while, to whoever knows it. */
export interface FileSent {
  url: string;
  isOpen: boolean;
  name?: string;
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

/** What a token must vouch for. */
export interface Origin {
  channelId: string;
  serviceUrl: string;
}

const account = z.looseObject({ id: z.string().max(1_000).nullish(), role: z.string().nullish() });
const point = z.looseObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
const attachmentShape = z.looseObject({
  contentType: z.string().nullish(),
  contentUrl: z.string().nullish(),
  name: z.string().nullish(),
  content: z.unknown().optional(),
});
const originShape = z.looseObject({
  type: z.string().min(1),
  channelId: z.string().regex(/^[\w-]{1,64}$/),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(1_000),
});

/** What the channel reads of an activity ("Bot Framework Activity schema"); everything else may be as it likes. */
const activityShape = originShape.extend({
  id: z.string().max(1_000).nullish(),
  timestamp: z.string().nullish(),
  from: account.nullish(),
  recipient: account.nullish(),
  conversation: z.looseObject({
    id: z.string().min(1).max(1_000),
    isGroup: z.boolean().nullish(),
    conversationType: z.string().nullish(),
    tenantId: z.string().nullish(),
  }),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  action: z.string().nullish(),
  membersAdded: z.array(account).nullish(),
  entities: z.array(z.looseObject({ type: z.string().nullish() })).nullish(),
  attachments: z.array(attachmentShape).nullish(),
});
type Incoming = z.infer<typeof activityShape>;

/** `undefined` when it is no activity at all. Pure. */
export function originOf(json: unknown): Origin | undefined {
  const { channelId, serviceUrl } = originShape.safeParse(json).data ?? {};
  return channelId === undefined || serviceUrl === undefined ? undefined : { channelId, serviceUrl };
}

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

const mentionShape = z.looseObject({
  type: z.literal("mention"),
  mentioned: z.looseObject({ id: z.string() }),
  text: z.string().nullish(),
});

const mentionsOfBot = ({ entities, recipient }: Incoming) =>
  (entities ?? []).flatMap((entity) => {
    const mention = mentionShape.safeParse(entity).data;
    return mention && mention.mentioned.id === recipient?.id ? [mention] : [];
  });

const isMentioned = (incoming: Incoming): boolean => mentionsOfBot(incoming).length > 0;

/** What was said to the bot, without its name in it ("Channel and group conversations with a bot", Microsoft Teams). */
function wordsOf(incoming: Incoming): string {
  const names = mentionsOfBot(incoming).map(({ text }) => text ?? "");
  const rest = names.reduce((text, name) => (name === "" ? text : text.replaceAll(name, " ")), incoming.text ?? "");
  return rest
    .replace(/<\/?at(?:\s[^<>]{0,200})?>/gi, "")
    .replaceAll("\u00a0", " ")
    .toWellFormed()
    .trim();
}

/** `flow/verb` or `flow/verb/argument`. */
const CHOICE_ID = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*(?:\/[^\s]+)?$/;
const pressedShape = z.looseObject({ choice: z.string().max(500).regex(CHOICE_ID), label: z.string().nullish() });

/** What stood behind a button of ours; some clients hand it back as text. */
function choiceIn(value: unknown): InboundContent | undefined {
  const pressed = pressedShape.safeParse(typeof value === "string" ? parsed(value) : value).data;
  if (!pressed) return undefined;
  return { kind: "choice", choiceId: pressed.choice, ...(pressed.label ? { label: pressed.label } : {}) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** GeoCoordinates and Place of schema.org, the two ways the Activity schema names a point. */
const geoEntity = point.extend({ type: z.literal("GeoCoordinates"), name: z.string().nullish() });
const placeEntity = z.looseObject({ type: z.literal("Place"), geo: point, name: z.string().nullish() });

function pointIn({ entities }: Incoming): GeoPoint | undefined {
  for (const entity of entities ?? []) {
    const place = placeEntity.safeParse(entity).data;
    const geo = place?.geo ?? geoEntity.safeParse(entity).data;
    if (!geo) continue;
    const label = place?.name ?? (typeof geo.name === "string" ? geo.name : undefined);
    return { latitude: geo.latitude, longitude: geo.longitude, ...(label ? { label } : {}) };
  }
  return undefined;
}

const downloadShape = z.looseObject({ downloadUrl: z.url({ protocol: /^https?$/ }) });
/** "Send and receive files through the bot", Microsoft Teams. */
const TEAMS_FILE = "application/vnd.microsoft.teams.file.download.info";

/** Cards, and the formatted twin that Teams sends of every text, are no files. */
function filesIn({ attachments }: Incoming): FileSent[] {
  return (attachments ?? []).slice(0, 20).flatMap(({ contentType, contentUrl, name, content }): FileSent[] => {
    const named = name ? { name } : {};
    if (contentType === TEAMS_FILE) {
      const download = downloadShape.safeParse(content).data;
      return download ? [{ url: download.downloadUrl, isOpen: true, ...named }] : [];
    }
    if (!contentUrl || /^text\/html$|^application\/vnd\.microsoft\.(?:card|teams)/i.test(contentType ?? "")) return [];
    return [{ url: contentUrl, isOpen: false, ...named }];
  });
}
