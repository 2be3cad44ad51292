import {
  type BotFrameworkAdapter,
  type BotFrameworkClient,
  type FileSent,
  keepAddress,
  type ParsedActivity,
} from "../../adapters/bot-framework/index.ts";
import type { DeliveryBook } from "../../adapters/shared/delivery-book.ts";
import { isRetryable } from "../../bots/errors.ts";
import type { ConversationRef, InboundContent, Media } from "../../bots/model/index.ts";
import type { Clock, Logger, Receive, Store } from "../../bots/ports.ts";
import { fileMissing } from "../../flows/index.ts";
import type { MediaStore } from "../media/index.ts";
import { reasonOf } from "../outbox/reason.ts";
import { AGAIN_MS, pause, takeIn } from "./take-in.ts";

type Spoken = Extract<ParsedActivity, { kind: "said" | "files" }>;
type FilesSent = Extract<ParsedActivity, { kind: "files" }>;

export interface BotFrameworkIntake {
  /** Resolves when the message is durable. Rejects when it could not be kept for some seconds. */
  take(activity: Spoken): Promise<"committed" | "duplicate">;
  /** Says the one sentence that leads out of a group. Never rejects: nothing is lost when it is not said. */
  leadAway(activity: Extract<ParsedActivity, { kind: "called" }>): Promise<void>;
}

export interface BotFrameworkIntakeParts {
  client: Pick<BotFrameworkClient, "download">;
  adapter: Pick<BotFrameworkAdapter, "leadAway">;
  book: DeliveryBook;
  media: Pick<MediaStore, "keep" | "limits">;
  receive: Receive;
  hasten: Store["hasten"];
  clock: Clock;
  log: Logger;
}

/** The platform waits fifteen seconds; a file that has not begun to come by then is given up. */
const FETCH_MS = 5_000;

/** Makes an activity a message of the bot's, with its files fetched and kept and its address noted, and hands it on. */
export function createBotFrameworkIntake(parts: BotFrameworkIntakeParts): BotFrameworkIntake {
  const { adapter, book, receive, hasten, clock, log } = parts;
  const inHand = new Map<string, Promise<"committed" | "duplicate">>();

  async function keep(activity: Spoken): Promise<"committed" | "duplicate"> {
    const { id, conversationId, userId, sentAt, address } = activity.envelope;
    const from: ConversationRef = { channel: "bot-framework", conversationId, userId };
    await keepAddress(book, conversationId, address, clock.now());
    const content = activity.kind === "said" ? activity.content : await fetchedAll(parts, activity);
    return takeIn({ id, from, sentAt, content }, { receive, hasten });
  }

  return {
    /** An activity that comes again while its files are still being fetched waits for the same end. */
    take(activity) {
      const { id } = activity.envelope;
      const taking = inHand.get(id) ?? keep(activity).finally(() => inHand.delete(id));
      inHand.set(id, taking);
      return taking;
    },
    async leadAway(activity) {
      try {
        await adapter.leadAway(activity);
      } catch (error) {
        log.warn("bot-framework.group-not-answered", { messageId: activity.id, reason: reasonOf(error) });
      }
    },
  };
}

/** What has not come the citizen is told, and can send again; the words and the other files stay. */
async function fetchedAll(parts: BotFrameworkIntakeParts, activity: FilesSent): Promise<InboundContent> {
  const { files, text } = activity;
  const fetched = await Promise.all(files.map((file) => patiently(parts, activity, file)));
  const media = fetched.filter((each) => each !== undefined);
  const words = media.length < files.length && (text || media.length > 0) ? `${text ?? ""}${fileMissing}` : text;
  if (media.length > 0) return { kind: "media", media, ...(words ? { text: words } : {}) };
  return words ? { kind: "text", text: words } : { kind: "unsupported", what: "not-received" };
}

async function patiently(
  parts: BotFrameworkIntakeParts,
  activity: FilesSent,
  file: FileSent,
): Promise<Media | undefined> {
  const { id: messageId } = activity.envelope;
  const until = Date.now() + FETCH_MS;
  for (const waitMs of AGAIN_MS) {
    try {
      return await fetchedOne(parts, activity, file);
    } catch (error) {
      parts.log.warn("bot-framework.file-not-fetched", { messageId, reason: reasonOf(error) });
      if (!isRetryable(error) || Date.now() + waitMs > until) return undefined;
      await pause(waitMs);
    }
  }
  return undefined;
}

async function fetchedOne(
  { client, media, log }: BotFrameworkIntakeParts,
  { envelope }: FilesSent,
  file: FileSent,
): Promise<Media | undefined> {
  const { id: messageId, userId, address } = envelope;
  const got = await client.download(file, address, media.limits.maxBytes);
  if (got.kind === "refused") {
    log.warn("bot-framework.file-refused", { messageId, reason: got.why });
    return undefined;
  }
  const kept = await media.keep(got.bytes, { name: file.name, owner: { channel: "bot-framework", userId } });
  if (!("refused" in kept)) return kept;
  log.warn("bot-framework.file-not-kept", { messageId, reason: kept.refused });
  return undefined;
}
