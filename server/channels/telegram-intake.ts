import {
  choiceIdOf,
  type ParsedUpdate,
  type TelegramAdapter,
  type TelegramClient,
  UNREADABLE,
} from "../../adapters/telegram/index.ts";
import { isRetryable } from "../../bots/errors.ts";
import type { ConversationRef, InboundContent } from "../../bots/model/index.ts";
import type { Logger, Receive, Store } from "../../bots/ports.ts";
import { fileMissing } from "../../flows/index.ts";
import type { MediaStore } from "../media/index.ts";
import { reasonOf } from "../outbox/reason.ts";
import { AGAIN_MS, pause } from "./take-in.ts";

export interface TelegramIntake {
  /** Resolves when what the update says is durable. Rejects when it could not be kept. */
  take(update: ParsedUpdate): Promise<void>;
}

type FileSent = Extract<ParsedUpdate, { kind: "file" }>;
type Pressed = Extract<ParsedUpdate, { kind: "pressed" }>;
type Spoken = Extract<ParsedUpdate, { kind: "said" | "file" | "pressed" }>;

/** Waits between tries to fetch a file. */

/** The citizen is told, and can send it again; words that came with it stay. */
const notReceived = (text: string | undefined): InboundContent =>
  text ? { kind: "text", text: `${text}${fileMissing}` } : { kind: "unsupported", what: "not-received" };

/** Makes an update of the platform a message of the bot's, with its file fetched and kept, and hands it on. */
export function createTelegramIntake(parts: {
  client: Pick<TelegramClient, "download" | "answerPress">;
  adapter: Pick<TelegramAdapter, "leadAway">;
  media: MediaStore;
  receive: Receive;
  store: Pick<Store, "hasten" | "loadConversation">;
  log: Logger;
}): TelegramIntake {
  const { client, adapter, receive, store, log } = parts;
  const fetchFile = createFetch(parts);

  async function contentOf(update: Spoken, from: ConversationRef): Promise<InboundContent> {
    switch (update.kind) {
      case "said":
        return update.content;
      case "file":
        return fetchFile(update);
      case "pressed":
        return choiceOf(update, from);
      default:
        throw new Error("unknown kind of update", { cause: update satisfies never });
    }
  }

  /** A button whose long id is not on offer any more counts as its words, typed. */
  async function choiceOf({ data, label }: Pressed, from: ConversationRef): Promise<InboundContent> {
    const { offered } = (await store.loadConversation(from)).state;
    const choiceId = choiceIdOf(data, offered);
    if (choiceId !== undefined) return { kind: "choice", choiceId, label };
    return label === undefined ? { kind: "unsupported", what: "button" } : { kind: "text", text: label };
  }

  async function speak(update: Spoken): Promise<void> {
    const { id, chatId, userId, sentAt } = update.envelope;
    const from: ConversationRef = { channel: "telegram", conversationId: chatId, userId };
    const content = await contentOf(update, from);
    await store.hasten(from);
    await receive({ id, from, sentAt, content });
  }

  /** Whatever comes of it, what the citizen said goes on: at worst a button turns, or a group gets no answer. */
  async function aside(what: string, { updateId }: ParsedUpdate, work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      log.warn(what, { messageId: String(updateId), reason: reasonOf(error) });
    }
  }

  return {
    async take(update) {
      switch (update.kind) {
        case "silent":
          log[update.what === UNREADABLE ? "warn" : "debug"]("telegram.silent", {
            messageId: String(update.updateId),
            what: update.what,
          });
          return;
        case "in-group":
          return aside("telegram.group-not-answered", update, adapter.leadAway(update));
        case "pressed":
          await Promise.all([
            speak(update),
            aside("telegram.press-not-answered", update, client.answerPress(update.queryId)),
          ]);
          return;
        case "said":
        case "file":
          return speak(update);
        default:
          throw new Error("unknown kind of update", { cause: update satisfies never });
      }
    },
  };
}

function createFetch(parts: { client: Pick<TelegramClient, "download">; media: MediaStore; log: Logger }) {
  const { client, media, log } = parts;

  async function fetched(update: FileSent): Promise<InboundContent> {
    const { envelope, fileId, sizeBytes = 0, name, text } = update;
    const refused = (reason: string) => {
      log.warn("telegram.file-refused", { messageId: envelope.id, reason });
      return notReceived(text);
    };
    if (sizeBytes > media.limits.maxBytes) return refused("too-big");
    const got = await client.download(fileId, media.limits.maxBytes);
    if (got.kind === "refused") return refused(got.why);
    const kept = await media.keep(got.bytes, { name, owner: { channel: "telegram", userId: envelope.userId } });
    return "refused" in kept ? refused(kept.refused) : { kind: "media", media: [kept], ...(text ? { text } : {}) };
  }

  return async function fetchFile(update: FileSent): Promise<InboundContent> {
    for (const waitMs of [...AGAIN_MS, undefined]) {
      try {
        return await fetched(update);
      } catch (error) {
        log.warn("telegram.file-not-fetched", { messageId: update.envelope.id, reason: reasonOf(error) });
        if (!isRetryable(error) || waitMs === undefined) break;
        await pause(waitMs);
      }
    }
    return notReceived(update.text);
  };
}
