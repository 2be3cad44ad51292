import {
  type Citizens,
  type MiniProgramClient,
  type ParsedMessage,
  serviceConversation,
} from "../../adapters/mini-program/index.ts";
import type { InboundContent } from "../../bots/model/index.ts";
import type { Logger, Receive, Store } from "../../bots/ports.ts";
import type { MediaStore } from "../media/index.ts";
import { fetchFile } from "./fetch-file.ts";
import { createInHand, takeIn } from "./take-in.ts";

export type Spoken = Extract<ParsedMessage, { kind: "said" | "picture" | "entered" }>;

export interface MiniProgramIntake {
  /** Resolves when the message is durable. Rejects when it could not be kept for some seconds. */
  take(message: Spoken): Promise<"committed" | "duplicate">;
}

export interface MiniProgramIntakeParts {
  client: Pick<MiniProgramClient, "download">;
  citizens: Citizens;
  media: Pick<MediaStore, "keep" | "limits">;
  receive: Receive;
  store: Pick<Store, "hasten" | "hasMessage">;
  log: Logger;
}

/** "客服消息下发条件说明": what each deed of the citizen allows. */
const GRANTS = {
  said: { messages: 5, forMs: 48 * 3_600_000 },
  entered: { messages: 2, forMs: 60_000 },
};

/** Makes a message of the platform one of the bot's, with its picture fetched and kept, and hands it on. */
export function createMiniProgramIntake(parts: MiniProgramIntakeParts): MiniProgramIntake {
  const { citizens, receive, store } = parts;
  const once = createInHand<"committed" | "duplicate">();

  async function keep(message: Spoken): Promise<"committed" | "duplicate"> {
    const { id, openId, sentAt } = message.envelope;
    if (await store.hasMessage("mini-program", id)) return "duplicate";
    const userId = await citizens.meet(openId);
    await citizens.grant(userId, message.kind === "entered" ? GRANTS.entered : GRANTS.said);
    const content = await contentOf(parts, message, userId);
    return takeIn({ id, from: serviceConversation(userId), sentAt, content }, { receive, hasten: store.hasten });
  }

  return { take: (message) => once(message.envelope.id, () => keep(message)) };
}

async function contentOf(parts: MiniProgramIntakeParts, message: Spoken, userId: string): Promise<InboundContent> {
  switch (message.kind) {
    case "said":
      return message.content;
    case "entered":
      return { kind: "joined" };
    case "picture":
      return fetchFile(
        { ...parts, channel: "mini-program", download: parts.client.download },
        { messageId: message.envelope.id, mediaId: message.mediaId, userId },
      );
    default:
      throw new Error("unknown kind of message", { cause: message satisfies never });
  }
}
