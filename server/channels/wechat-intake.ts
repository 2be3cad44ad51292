import type { ParsedMessage, WechatClient } from "../../adapters/wechat/index.ts";
import type { ConversationRef } from "../../bots/model/index.ts";
import type { Logger, Receive, Store } from "../../bots/ports.ts";
import type { MediaStore } from "../media/index.ts";
import { fetchFile } from "./fetch-file.ts";
import { takeIn } from "./take-in.ts";

export type SpokenMessage = Extract<ParsedMessage, { kind: "said" | "file" }>;

export interface WechatIntake {
  /** Resolves when the message is durable. Rejects when it could not be kept for some seconds. */
  take(message: SpokenMessage): Promise<"committed" | "duplicate">;
}

/** Makes a message of the platform one of the bot's, with its file fetched and kept, and hands it on. */
export function createWechatIntake(parts: {
  client: Pick<WechatClient, "download">;
  media: MediaStore;
  receive: Receive;
  hasten: Store["hasten"];
  log: Logger;
}): WechatIntake {
  const { client, media, receive, hasten, log } = parts;

  return {
    async take(message) {
      const { id, openId, sentAt } = message.envelope;
      const from: ConversationRef = { channel: "wechat", conversationId: openId, userId: openId };
      const content =
        message.kind === "said"
          ? message.content
          : await fetchFile(
              { channel: "wechat", download: client.download, media, log },
              { messageId: id, mediaId: message.mediaId, userId: openId },
            );
      const inbound = { id, from, sentAt, content, replyHandle: id };
      return takeIn(inbound, { receive, hasten });
    },
  };
}
