import type { ReplyBudget } from "../../adapters/shared/reply-budget.ts";
import { refOf, type Spoken, type WecomClient, welcomeHandle } from "../../adapters/wecom/index.ts";
import type { ConversationRef, InboundContent } from "../../bots/model/index.ts";
import type { Logger, Receive, Store } from "../../bots/ports.ts";
import type { MediaStore } from "../media/index.ts";
import { fetchFile } from "./fetch-file.ts";
import { createInHand, takeIn } from "./take-in.ts";

type Taken = "committed" | "duplicate";

export interface WecomIntake {
  /** Resolves when the message is durable. Rejects when it could not be kept for some seconds. */
  take(message: Spoken): Promise<Taken>;
}

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
  const once = createInHand<Taken>();

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

  return { take: (message) => once(message.envelope.id, () => keep(message)) };
}

async function contentOf(parts: WecomIntakeParts, message: Spoken, userId: string): Promise<InboundContent> {
  switch (message.kind) {
    case "said":
      return message.content;
    case "visit":
      return { kind: "joined" };
    case "file":
      return fetchFile(
        { ...parts, channel: "wecom", download: parts.client.download },
        { messageId: message.envelope.id, mediaId: message.mediaId, userId },
      );
    default:
      throw new Error("unknown kind of message", { cause: message satisfies never });
  }
}
