import type { ParsedMessage, WechatClient } from "../../adapters/wechat/index.ts";
import { isRetryable } from "../../bots/errors.ts";
import type { ConversationRef, InboundContent } from "../../bots/model/index.ts";
import type { Logger, Receive, Store } from "../../bots/ports.ts";
import type { MediaStore } from "../media/index.ts";
import { reasonOf } from "../outbox/reason.ts";
import { AGAIN_MS, pause, takeIn } from "./take-in.ts";

type FileSent = Extract<ParsedMessage, { kind: "file" }>;
export type SpokenMessage = Extract<ParsedMessage, { kind: "said" | "file" }>;

export interface WechatIntake {
  /** Resolves when the message is durable. Rejects when it could not be kept for some seconds. */
  take(message: SpokenMessage): Promise<"committed" | "duplicate">;
}

/** The platform asks three times, five seconds apart: within these a file has to have come. */
const FETCH_MS = 11_000;

/** The citizen is told, and can send it again. */
const NOT_RECEIVED: InboundContent = { kind: "unsupported", what: "not-received" };

/** Makes a message of the platform one of the bot's, with its file fetched and kept, and hands it on. */
export function createWechatIntake(parts: {
  client: Pick<WechatClient, "download">;
  media: MediaStore;
  receive: Receive;
  hasten: Store["hasten"];
  log: Logger;
}): WechatIntake {
  const { client, media, receive, hasten, log } = parts;

  async function fetched({ mediaId, envelope: { id, openId: userId } }: FileSent): Promise<InboundContent> {
    const got = await client.download(mediaId, media.limits.maxBytes);
    if (got.kind === "refused") {
      log.warn("wechat.file-refused", { messageId: id, code: got.code, reason: got.why });
      return NOT_RECEIVED;
    }
    const kept = await media.keep(got.bytes, { owner: { channel: "wechat", userId } });
    if (!("refused" in kept)) return { kind: "media", media: [kept] };
    log.warn("wechat.file-not-kept", { messageId: id, reason: kept.refused });
    return NOT_RECEIVED;
  }

  async function patiently(message: FileSent): Promise<InboundContent> {
    const until = Date.now() + FETCH_MS;
    for (const waitMs of [...AGAIN_MS, 4_000]) {
      try {
        return await fetched(message);
      } catch (error) {
        log.warn("wechat.file-not-fetched", { messageId: message.envelope.id, reason: reasonOf(error) });
        if (!isRetryable(error) || Date.now() + waitMs > until) break;
        await pause(waitMs);
      }
    }
    return NOT_RECEIVED;
  }

  return {
    async take(message) {
      const { id, openId, sentAt } = message.envelope;
      const from: ConversationRef = { channel: "wechat", conversationId: openId, userId: openId };
      const content = message.kind === "said" ? message.content : await patiently(message);
      const inbound = { id, from, sentAt, content, replyHandle: id };
      return takeIn(inbound, { receive, hasten });
    },
  };
}
