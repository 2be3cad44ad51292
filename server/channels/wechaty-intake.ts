import {
  type Download,
  type GroupEnvelope,
  type ParsedMessage,
  parseMessage,
  type RawMessage,
} from "../../adapters/wechaty/index.ts";
import { isRetryable } from "../../bots/errors.ts";
import type { ConversationRef, InboundContent } from "../../bots/model/index.ts";
import type { Logger, Receive, Store } from "../../bots/ports.ts";
import type { GroupHost } from "../groups/host.ts";
import type { MediaStore } from "../media/index.ts";
import { reasonOf } from "../outbox/reason.ts";
import { AGAIN_MS, pause, takeIn } from "./take-in.ts";

export interface WechatyIntake {
  /** Resolves when the message is durable, or nothing for the bot. Rejects when it could not be kept for some seconds. */
  take(raw: RawMessage): Promise<void>;
}

export interface WechatyIntakeParts {
  client: { download(messageId: string, maxBytes: number): Promise<Download> };
  media: Pick<MediaStore, "keep" | "limits">;
  groups: GroupHost;
  receive: Receive;
  store: Pick<Store, "hasten" | "hasMessage">;
  log: Logger;
}

/** The citizen is told, and can send it again. */
const NOT_RECEIVED: InboundContent = { kind: "unsupported", what: "not-received" };

type InGroup = Extract<ParsedMessage, { kind: "in-group" | "group-file" }>;

/** Makes a message of the puppet one of the bot's, with its file fetched and kept, and hands it on. */
export function createWechatyIntake(parts: WechatyIntakeParts): WechatyIntake {
  const { groups, receive, store, log } = parts;

  async function inPrivate(parsed: Extract<ParsedMessage, { kind: "said" | "file" }>): Promise<void> {
    const { id, userId, sentAt } = parsed.envelope;
    const from: ConversationRef = { channel: "wechaty", conversationId: userId, userId };
    // A puppet that comes back may tell of old messages again: their files are not fetched once more.
    if (await store.hasMessage("wechaty", id)) return;
    const content = parsed.kind === "said" ? parsed.content : await fetchFile(parts, id, userId);
    await takeIn({ id, from, sentAt, content }, { receive, hasten: store.hasten });
  }

  async function inGroup(parsed: InGroup): Promise<void> {
    const { id, userId, sentAt, roomId: conversationId, ...rest } = parsed.envelope;
    const from: ConversationRef = { channel: "wechaty", conversationId, userId, group: true };
    if (await store.hasMessage("wechaty", id)) return;
    const content = await contentOf(parsed, from);
    if (!content) return;
    const quote = parsed.kind === "in-group" ? parsed.quote : undefined;
    const message = { id, from, sentAt, content, quote, ...speakerOf(rest) };
    await persistently(() => groups.hear(message));
  }

  async function contentOf(parsed: InGroup, from: ConversationRef): Promise<InboundContent | undefined> {
    if (parsed.kind === "in-group") return { kind: "text", text: parsed.text };
    if (!(await groups.wantsPicture(from))) return undefined;
    const content = await fetchFile(parts, parsed.envelope.id, from.userId);
    return content.kind === "media" ? content : undefined;
  }

  return {
    async take(raw) {
      const parsed = parseMessage(raw);
      switch (parsed.kind) {
        case "silent":
          log.debug("wechaty.silent", { messageId: raw.id, what: parsed.what });
          return;
        case "said":
        case "file":
          return inPrivate(parsed);
        case "in-group":
        case "group-file":
          return inGroup(parsed);
        default:
          throw new Error("unknown kind of message", { cause: parsed satisfies never });
      }
    },
  };
}

const speakerOf = ({ topic, names, mentioned }: Pick<GroupEnvelope, "topic" | "names" | "mentioned">) => ({
  topic,
  names,
  mentioned,
});

/** The puppet delivers once: what a passing fault of the store refuses is tried again here. */
async function persistently(work: () => Promise<unknown>): Promise<void> {
  for (const waitMs of AGAIN_MS) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isRetryable(error)) throw error;
      await pause(waitMs);
    }
  }
  await work();
}

async function fetchFile(parts: WechatyIntakeParts, messageId: string, userId: string): Promise<InboundContent> {
  const { client, media, log } = parts;
  for (const waitMs of AGAIN_MS) {
    try {
      const got = await client.download(messageId, media.limits.maxBytes);
      const kept =
        got.kind === "refused"
          ? { refused: got.why }
          : await media.keep(got.bytes, { name: got.name, owner: { channel: "wechaty", userId } });
      if (!("refused" in kept)) return { kind: "media", media: [kept] };
      log.warn("wechaty.file-refused", { messageId, reason: kept.refused });
      return NOT_RECEIVED;
    } catch (error) {
      log.warn("wechaty.file-not-fetched", { messageId, reason: reasonOf(error) });
      if (!isRetryable(error)) break;
      await pause(waitMs);
    }
  }
  return NOT_RECEIVED;
}
