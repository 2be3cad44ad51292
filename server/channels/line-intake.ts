import type { LineClient, ParsedEvent } from "../../adapters/line/index.ts";
import type { DeliveryBook } from "../../adapters/shared/delivery-book.ts";
import { isRetryable } from "../../bots/errors.ts";
import type { ConversationRef, InboundContent } from "../../bots/model/index.ts";
import type { Logger, Receive, Store } from "../../bots/ports.ts";
import type { MediaStore } from "../media/index.ts";
import { reasonOf } from "../outbox/reason.ts";
import { AGAIN_MS, pause, takeIn } from "./take-in.ts";

type FileSent = Extract<ParsedEvent, { kind: "file" }>;
type Spoken = Extract<ParsedEvent, { kind: "said" | "file" }>;

export interface LineIntake {
  /** Resolves when the message is durable. Rejects when it could not be kept for some seconds. */
  take(event: Spoken): Promise<"committed" | "duplicate">;
  /** Says the one sentence that leads out of a group. Never rejects: nothing is lost when it is not said. */
  leadAside(event: Extract<ParsedEvent, { kind: "called" }>): Promise<void>;
}

/** Films take the platform a while to prepare; the citizen waits for no longer than `FETCH_MS`. */
const FETCH_AGAIN_MS = [...AGAIN_MS, 4_000, 8_000];
const FETCH_MS = 25_000;

/** The citizen is told, and can send it again. */
const NOT_RECEIVED: InboundContent = { kind: "unsupported", what: "not-received" };

export interface LineIntakeParts {
  client: Pick<LineClient, "download" | "reply">;
  media: Pick<MediaStore, "keep" | "limits">;
  book: Pick<DeliveryBook, "wasSent" | "recordSent">;
  receive: Receive;
  hasten: Store["hasten"];
  log: Logger;
  /** What is said in a group that mentions the account. */
  comePrivately: string;
}

/** Makes an event of the platform a message of the bot, with its file fetched and kept, and hands it on. */
export function createLineIntake(parts: LineIntakeParts): LineIntake {
  const { client, book, receive, hasten, log } = parts;
  const inHand = new Map<string, Promise<"committed" | "duplicate">>();

  async function keep(event: Spoken): Promise<"committed" | "duplicate"> {
    const { id, userId, sentAt, replyToken } = event.envelope;
    const from: ConversationRef = { channel: "line", conversationId: userId, userId };
    const content = event.kind === "said" ? event.content : await patiently(parts, event);
    const inbound = { id, from, sentAt, content, replyHandle: replyToken };
    return takeIn(inbound, { receive, hasten });
  }

  return {
    /** An event that comes again while its file is still being fetched waits for the same end. */
    take(event) {
      const { id } = event.envelope;
      const taking = inHand.get(id) ?? keep(event).finally(() => inHand.delete(id));
      inHand.set(id, taking);
      return taking;
    },
    async leadAside({ id, replyToken }) {
      const key = `group ${id}`;
      if (book.wasSent(key)) return;
      try {
        await client.reply(replyToken, [{ type: "text", text: parts.comePrivately }]);
        await book.recordSent([key]);
      } catch (error) {
        log.warn("line.group-not-answered", { messageId: id, reason: reasonOf(error) });
      }
    },
  };
}

async function patiently(parts: LineIntakeParts, event: FileSent): Promise<InboundContent> {
  const until = Date.now() + FETCH_MS;
  for (const waitMs of FETCH_AGAIN_MS) {
    try {
      return await fetched(parts, event);
    } catch (error) {
      parts.log.warn("line.file-not-fetched", { messageId: event.envelope.id, reason: reasonOf(error) });
      if (!isRetryable(error) || Date.now() + waitMs > until) break;
      await pause(waitMs);
    }
  }
  return NOT_RECEIVED;
}

async function fetched({ client, media, log }: LineIntakeParts, event: FileSent): Promise<InboundContent> {
  const { id: messageId, userId } = event.envelope;
  const got = await client.download(event.messageId, media.limits.maxBytes);
  if (got.kind === "refused") {
    log.warn("line.file-refused", { messageId, status: got.status, reason: got.why });
    return NOT_RECEIVED;
  }
  const kept = await media.keep(got.bytes, { name: event.name, owner: { channel: "line", userId } });
  if (!("refused" in kept)) return { kind: "media", media: [kept] };
  log.warn("line.file-not-kept", { messageId, reason: kept.refused });
  return NOT_RECEIVED;
}
