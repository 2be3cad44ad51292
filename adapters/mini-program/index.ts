import { DeliveryError } from "../../bots/errors.ts";
import type { ConversationRef } from "../../bots/model/index.ts";
import type { ChannelAdapter, Clock } from "../../bots/ports.ts";
import type { DeliveryBook } from "../shared/delivery-book.ts";
import {
  type CallbackFault,
  type CallbackQuery,
  isFresh,
  isFromPlatform,
  openCallback,
} from "../shared/wechat-callback.ts";
import type { WechatCrypto } from "../shared/wechat-crypto.ts";
import { textIn } from "../shared/xml.ts";
import type { Citizens } from "./citizens.ts";
import type { MiniProgramClient } from "./client.ts";
import { createNotices } from "./notice.ts";
import { type ParsedMessage, parseMessage, readBody } from "./parse.ts";
import { serviceCapabilities } from "./render.ts";
import { createServiceSending } from "./service.ts";

export type { Citizens } from "./citizens.ts";
export { createMiniProgramClient, type MiniProgramClient, type SignInFault } from "./client.ts";
export type { ParsedMessage } from "./parse.ts";

/** Words of the house that this channel needs by itself. */
export interface MiniProgramWords {
  /** Stands before what could not be sent while the citizen was away. */
  whileAway: string;
  /** For a field of a subscription message; undefined when nothing fits. */
  noticeField(field: string, ticket: string, at: Date): string | undefined;
  /** Stands with the address of a ticket's page. */
  ticketPage(url: string): string;
}

export interface MiniProgramOptions {
  appId: string;
  token: string;
  /** Absent: messages come in plain text (明文模式). */
  crypto?: WechatCrypto;
  client: Pick<MiniProgramClient, "sendCustom" | "sendNotice">;
  book: DeliveryBook;
  citizens: Citizens;
  /** The chat inside the mini-program: what is sent there stays until it is read. */
  inApp: Pick<ChannelAdapter, "send"> & { isWatched(conversationId: string): boolean };
  clock: Clock;
  words: MiniProgramWords;
  /** Where citizens reach the server, without a slash at its end. */
  publicUrl?: string;
  /** The subscription message that tells of news. */
  templateId?: string;
}

export type MiniProgramRequest =
  | { kind: "echo"; text: string }
  | { kind: "message"; parsed: Exclude<ParsedMessage, { kind: "malformed" }> }
  | { kind: "refused"; fault: CallbackFault };

export interface MiniProgramAdapter extends ChannelAdapter {
  /** Where the message came from and what it says. `body` is absent when the address is only being verified. Pure but for the clock. */
  read(query: CallbackQuery, body?: string): MiniProgramRequest;
}

/** The conversation of the 客服 bears the citizen's own id; every other one of this channel is a chat inside the mini-program. */
export const serviceConversation = (userId: string): ConversationRef => ({
  channel: "mini-program",
  conversationId: userId,
  userId,
});

/**
 * A 小程序: the 客服 conversation that WeChat keeps, and the chat inside the mini-program, which speaks Direct Line. Both are the same
 * citizen. `replyHandle` is not needed in the first and names an activity in the second.
 */
export function createMiniProgramAdapter(options: MiniProgramOptions): MiniProgramAdapter {
  const { token, crypto, clock, appId, inApp, templateId } = options;
  const tell = createNotices({ ...options, templateId, noticeField: options.words.noticeField });
  const sendAsService = createServiceSending(options, tell);

  return {
    channel: "mini-program",
    capabilities: serviceCapabilities,
    read(query, body) {
      if (!isFromPlatform(query, token)) return { kind: "refused", fault: "bad-signature" };
      if (!isFresh(query, clock.now())) return { kind: "refused", fault: "stale" };
      if (body === undefined) return { kind: "echo", text: String(query.echostr ?? "") };
      const opened = crypto ? openCallback({ query, token, crypto, read: readBody }, body) : openPlain(body);
      if (opened.kind === "refused") return opened;
      const parsed = parseMessage(opened.xml, appId);
      return parsed.kind === "malformed" ? { kind: "refused", fault: "malformed" } : { kind: "message", parsed };
    },
    async send(to, message, sending) {
      if (to.conversationId === to.userId) return sendAsService(to, message, sending);
      const { ticket, idempotencyKey } = sending;
      await inApp.send(to, message, sending);
      if (ticket === undefined || inApp.isWatched(to.conversationId)) return;
      const noticed = await tell(to.userId, ticket, idempotencyKey);
      if (noticed.kind !== "failed") return;
      throw new DeliveryError(`no notice: ${noticed.why}; the words stand in the mini-program's chat`, {
        retryable: false,
      });
    },
  };
}

/** 明文模式, and the plain half of 兼容模式 where no key is set. */
function openPlain(body: string): ReturnType<typeof openCallback> {
  const xml = readBody(body);
  if (!xml) return { kind: "refused", fault: "malformed" };
  const isSealed = textIn(xml, "Encrypt") !== "" && textIn(xml, "MsgType") === "";
  return isSealed ? { kind: "refused", fault: "damaged" } : { kind: "opened", xml };
}
