import type { ReplyBudget } from "../../adapters/shared/reply-budget.ts";
import { refOf, type Spoken, type WecomClient, welcomeHandle } from "../../adapters/wecom/index.ts";
import { isRetryable } from "../../bots/errors.ts";
import type { ConversationRef, InboundContent } from "../../bots/model/index.ts";
import type { Logger, Receive, Store } from "../../bots/ports.ts";
import type { MediaStore } from "../media/index.ts";
import { reasonOf } from "../outbox/reason.ts";
import { AGAIN_MS, pause, takeIn } from "./take-in.ts";

type FileSent = Extract<Spoken, { kind: "file" }>;
type Taken = "committed" | "duplicate";

export interface WecomIntake {
  /** Resolves when the message is durable. Rejects when it could not be kept for some seconds. */
  take(message: Spoken): Promise<Taken>;
}

/** The platform asks three times, five seconds apart: within these a file has to have come. */
const FETCH_MS = 11_000;

/** The citizen is told, and can send it again. */
const NOT_RECEIVED: InboundContent = { kind: "unsupported", what: "not-received" };

export interface WecomIntakeParts {
  client: Pick<WecomClient, "download">;
  media: Pick<MediaStore, "keep" | "limits">;
  budget: Pick<ReplyBudget, "heard">;
  receive: Receive;
  store: Pick<Store, "hasten" | "hasMessage" | "loadConversation">;
  log: Logger;
}

/** Makes a message of the platform one of the bot's, with its file fetched and kept, and hands it on. */
export function createWecomIntake(parts: WecomIntakeParts): WecomIntake {
  const { budget, receive, store } = parts;
  const inHand = new Map<string, Promise<Taken>>();

  async function keep(message: Spoken): Promise<Taken> {
    const { id, from: address, sentAt } = message.envelope;
    // Before its file is fetched and the five messages are counted anew.
    if (await store.hasMessage("wecom", id)) return "duplicate";
    const from = refOf(address);
    if (message.kind === "visit" && (await isKnown(from))) return "duplicate";
    const content = await contentOf(parts, message, from.userId);
    const code = message.kind === "said" ? message.welcomeCode : undefined;
    if (address.kind === "kf" && code === undefined) await budget.heard(from.conversationId, sentAt);
    const replyHandle = code === undefined ? undefined : welcomeHandle(code);
    return takeIn({ id, from, sentAt, content, replyHandle }, { receive, hasten: store.hasten });
  }

  /** Who has been here is not greeted each time they open the app. */
  const isKnown = async (from: ConversationRef) => (await store.loadConversation(from)).revision > 0;

  return {
    /** A message that comes again while its file is still being fetched waits for the same end. */
    take(message) {
      const { id } = message.envelope;
      const taking = inHand.get(id) ?? keep(message).finally(() => inHand.delete(id));
      inHand.set(id, taking);
      return taking;
    },
  };
}

async function contentOf(parts: WecomIntakeParts, message: Spoken, userId: string): Promise<InboundContent> {
  switch (message.kind) {
    case "said":
      return message.content;
    case "visit":
      return { kind: "joined" };
    case "file":
      return patiently(parts, message, userId);
    default:
      throw new Error("unknown kind of message", { cause: message satisfies never });
  }
}

async function patiently(parts: WecomIntakeParts, message: FileSent, userId: string): Promise<InboundContent> {
  const until = Date.now() + FETCH_MS;
  for (const waitMs of [...AGAIN_MS, 4_000]) {
    try {
      return await fetched(parts, message, userId);
    } catch (error) {
      parts.log.warn("wecom.file-not-fetched", { messageId: message.envelope.id, reason: reasonOf(error) });
      if (!isRetryable(error) || Date.now() + waitMs > until) break;
      await pause(waitMs);
    }
  }
  return NOT_RECEIVED;
}

async function fetched(
  { client, media, log }: WecomIntakeParts,
  { mediaId, envelope: { id: messageId } }: FileSent,
  userId: string,
): Promise<InboundContent> {
  const got = await client.download(mediaId, media.limits.maxBytes);
  if (got.kind === "refused") {
    log.warn("wecom.file-refused", { messageId, code: got.code, reason: got.why });
    return NOT_RECEIVED;
  }
  const kept = await media.keep(got.bytes, { owner: { channel: "wecom", userId } });
  if (!("refused" in kept)) return { kind: "media", media: [kept] };
  log.warn("wecom.file-not-kept", { messageId, reason: kept.refused });
  return NOT_RECEIVED;
}
