import type { Response, Router } from "express";
import type { ReplyWindows, Seat } from "../../adapters/shared/reply-window.ts";
import type { Envelope, WechatAdapter } from "../../adapters/wechat/index.ts";
import type { Logger } from "../../bots/ports.ts";
import { createCallbackDoor } from "./callback-door.ts";
import type { Limits } from "./webhook-guard.ts";
import type { WechatIntake } from "./wechat-intake.ts";

export interface WechatWebhookOptions {
  adapter: Pick<WechatAdapter, "read" | "replyBody">;
  windows: ReplyWindows;
  intake: WechatIntake;
  log: Logger;
}

/** Ends the platform's tries ("被动回复用户消息"). */
const NOTHING_TO_SAY = "success";

const MEND = {
  "bad-signature": "if the platform sent it, WECHAT_TOKEN differs from 服务器配置",
  "other-receiver": "if the platform sent it, WECHAT_APP_ID is another account's",
  "not-encrypted": "choose 安全模式 or 兼容模式 in 服务器配置, or unset WECHAT_ENCODING_AES_KEY",
  damaged: "if the platform sent it, WECHAT_ENCODING_AES_KEY is missing or differs from 服务器配置",
};

/**
 * `GET` verifies the address ("接入指南"), `POST` takes messages and events. 200 with an encrypted or plain reply or `success`; 400 what
 * cannot be read; 403 what does not come from the platform, is older than five minutes, or is for another account; 413 over
 * 64 KiB; 429 too many; 503 when the message could not be kept. To be mounted at `/webhooks/wechat`.
 */
export function createWechatWebhook(options: WechatWebhookOptions): Router {
  const { adapter, log } = options;
  return createCallbackDoor<Message>({
    ...{ platform: "wechat", read: adapter.read, mend: MEND, log },
    answer: (parsed, response, isTooMuch) => answer(options, isTooMuch, parsed, response),
  });
}

type Message = Extract<ReturnType<WechatAdapter["read"]>, { kind: "message" }>["parsed"];

async function answer(
  options: WechatWebhookOptions,
  isTooMuch: Limits,
  parsed: Message,
  response: Response,
): Promise<void> {
  const { windows, intake, log } = options;
  const { envelope } = parsed;
  if (parsed.kind === "silent") {
    log.debug("wechat.event", { messageId: envelope.id, event: parsed.event });
    response.type("text/plain").send(NOTHING_TO_SAY);
    return;
  }
  if (await isTooMuch("said", envelope.openId)) {
    response.status(429).end();
    return;
  }
  await windows.attend({
    messageId: envelope.id,
    userId: envelope.openId,
    seat: seatOf(options, envelope, response),
    async work() {
      try {
        return await intake.take(parsed);
      } catch (error) {
        log.error("wechat.not-taken", {
          messageId: envelope.id,
          error: error instanceof Error ? error : new Error("not an error"),
        });
        throw error;
      }
    },
  });
}

/** `give` resolves when the answer has left this process, or when the platform has hung up before. */
function seatOf({ adapter }: WechatWebhookOptions, envelope: Envelope, response: Response): Seat {
  return {
    give: (words) =>
      new Promise((resolve) => {
        if (response.destroyed || response.writableEnded) return resolve(false);
        response.once("close", () => resolve(response.writableFinished));
        response.type(words === undefined ? "text/plain" : "application/xml");
        response.send(words === undefined ? NOTHING_TO_SAY : adapter.replyBody(envelope, words));
      }),
    refuse() {
      if (!response.headersSent) response.status(503).end();
    },
  };
}
