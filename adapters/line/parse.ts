import { z } from "zod";
import type { InboundContent, MediaType } from "../../bots/model/index.ts";

/** Who wrote in a private chat, and the key by which a repeated delivery is known. */
export interface Envelope {
  /** `webhookEventId`: the same in every delivery of the event. */
  id: string;
  userId: string;
  /** Answers once, within about a minute of the event. */
  replyToken?: string;
  sentAt: Date;
  isRedelivery: boolean;
}

export type ParsedEvent =
  | { kind: "said"; envelope: Envelope; content: InboundContent }
  /** A file to be fetched by the id of its message before the message means anything. */
  | { kind: "file"; envelope: Envelope; messageId: string; what: MediaType; name?: string }
  /** The account was mentioned where others read along. */
  | { kind: "called"; id: string; replyToken: string }
  /** Nothing a citizen said to the bot: `event` is the platform's word for it, `about` the id of the message it is about. */
  | { kind: "silent"; id: string; event: string; about?: string };

/** `flow/verb` or `flow/verb/argument`. */
const CHOICE_ID = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*(?:\/[^\s]+)?$/;
const name = z.string().regex(/^[\w-]{1,64}$/);
const text = z.string().max(20_000);

const mentionee = z.looseObject({ isSelf: z.boolean().optional() });
const message = z.looseObject({
  id: name,
  type: z.string(),
  text: text.optional(),
  mention: z.looseObject({ mentionees: z.array(mentionee) }).optional(),
  contentProvider: z.looseObject({ type: z.string() }).optional(),
  fileName: z.string().max(1_000).optional(),
  address: text.optional(),
  title: text.optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
});

const event = z.looseObject({
  webhookEventId: name,
  type: z.string(),
  mode: z.string().optional(),
  timestamp: z.number().int().min(0).max(8.64e15),
  source: z.looseObject({ type: z.string(), userId: name.optional() }).optional(),
  replyToken: z
    .string()
    .regex(/^[\w-]{1,200}$/)
    .optional(),
  deliveryContext: z.looseObject({ isRedelivery: z.boolean() }).optional(),
  message: message.optional(),
  postback: z.looseObject({ data: z.string().max(1_000) }).optional(),
  unsend: z.looseObject({ messageId: name }).optional(),
});

const body = z.looseObject({ events: z.array(z.unknown()).max(1_000) });

type Event = z.infer<typeof event>;
type Message = z.infer<typeof message>;

/**
 * Reads the body of a webhook ("Webhook event objects", LINE Messaging API reference); undefined when it is not one. Pure. Events of
 * unknown types are silent, for nobody has said anything; an event that cannot be read is silent under the id "unreadable".
 */
export function parseWebhook(value: unknown): ParsedEvent[] | undefined {
  const parsed = body.safeParse(value);
  return parsed.success ? parsed.data.events.map(parseEvent) : undefined;
}

function parseEvent(value: unknown): ParsedEvent {
  const parsed = event.safeParse(value);
  if (!parsed.success) return { kind: "silent", id: "unreadable", event: "unreadable" };
  const { webhookEventId: id, source, mode, type } = parsed.data;
  const silent: ParsedEvent = { kind: "silent", id, event: /^\w{1,60}$/.test(type) ? type : "unknown" };
  // "standby": another module of the account speaks with the citizen.
  if (mode === "standby") return silent;
  if (type === "unsend") return { ...silent, about: parsed.data.unsend?.messageId };
  if (source?.type !== "user") return parseAmongOthers(parsed.data) ?? silent;
  if (source.userId === undefined) return silent;
  return parsePrivate(parsed.data, source.userId) ?? silent;
}

/** In groups and rooms the bot hears nothing but its name. */
function parseAmongOthers({ webhookEventId: id, replyToken, message: said }: Event): ParsedEvent | undefined {
  const isCalled = said?.mention?.mentionees.some(({ isSelf }) => isSelf === true) ?? false;
  return isCalled && replyToken !== undefined ? { kind: "called", id, replyToken } : undefined;
}

function parsePrivate(given: Event, userId: string): ParsedEvent | undefined {
  const envelope: Envelope = {
    id: given.webhookEventId,
    userId,
    replyToken: given.replyToken,
    sentAt: new Date(given.timestamp),
    isRedelivery: given.deliveryContext?.isRedelivery ?? false,
  };
  switch (given.type) {
    case "follow":
      return { kind: "said", envelope, content: { kind: "joined" } };
    case "postback": {
      const choiceId = given.postback?.data ?? "";
      return CHOICE_ID.test(choiceId) ? { kind: "said", envelope, content: { kind: "choice", choiceId } } : undefined;
    }
    case "message":
      return given.message
        ? parseMessage(given.message, envelope)
        : { kind: "said", envelope, content: { kind: "unsupported", what: "unknown" } };
    default:
      return undefined;
  }
}

const FILES: Record<string, MediaType> = { image: "image", video: "video", audio: "voice", file: "file" };

function parseMessage(said: Message, envelope: Envelope): ParsedEvent {
  const what = FILES[said.type];
  // What another service provides lies elsewhere, and only its address comes.
  if (what && said.contentProvider?.type !== "external") {
    return { kind: "file", envelope, messageId: said.id, what, name: said.fileName };
  }
  return { kind: "said", envelope, content: contentOf(said) };
}

function contentOf(said: Message): InboundContent {
  const unsupported: InboundContent = {
    kind: "unsupported",
    what: /^[a-z_]{1,40}$/.test(said.type) ? said.type : "unknown",
  };
  if (said.type === "text") {
    const words = (said.text ?? "").toWellFormed();
    return words.trim() === "" ? unsupported : { kind: "text", text: words };
  }
  const { latitude, longitude } = said;
  if (said.type !== "location" || latitude === undefined || longitude === undefined) return unsupported;
  const label = [said.title, said.address].map((part) => part?.trim()).find((part) => part);
  return { kind: "location", point: { latitude, longitude, ...(label ? { label } : {}) } };
}
