import express, { type Request, type Response, Router } from "express";
import type { MiniProgramAdapter } from "../../adapters/mini-program/index.ts";
import type { CallbackFault } from "../../adapters/shared/wechat-callback.ts";
import type { Logger } from "../../bots/ports.ts";
import type { MiniProgramIntake, Spoken } from "./mini-program-intake.ts";
import { createLimits, notAllowed, unreadable } from "./webhook-guard.ts";

export interface MiniProgramWebhookOptions {
  adapter: Pick<MiniProgramAdapter, "read">;
  intake: MiniProgramIntake;
  log: Logger;
}

/** A text of 2,048 bytes, encrypted, in both forms of 兼容模式, is far below. */
const MOST_BODY = "64kb";
/** Ends the platform's tries ("消息推送"). */
const TAKEN = "success";

const STATUS: Record<CallbackFault, number> = {
  "bad-signature": 403,
  stale: 403,
  "other-receiver": 403,
  "not-encrypted": 403,
  damaged: 400,
  malformed: 400,
};

const MEND: Record<CallbackFault, string> = {
  "bad-signature": "if the platform sent it, MINI_PROGRAM_TOKEN differs from 消息推送",
  stale: "if the platform sent it, the clock of this machine is wrong",
  "other-receiver": "if the platform sent it, MINI_PROGRAM_APP_ID is another account's",
  "not-encrypted": "choose 安全模式 or 兼容模式 under 消息推送, or unset MINI_PROGRAM_ENCODING_AES_KEY",
  damaged: "if the platform sent it, MINI_PROGRAM_ENCODING_AES_KEY is missing or differs from 消息推送",
  malformed: "not a message of the platform",
};

/**
 * `GET` verifies the address, `POST` takes messages and events of the 客服 ("消息推送", 微信开放文档·小程序). 200 `success` when the message is durable:
 * answers go out by themselves; 400 what cannot be read; 403 what does not come from the platform, is older than five minutes, or is
 * for another account; 413 over 64 KiB; 429 too many; 503 when the message could not be kept. To be mounted at `/webhooks/mini-program`.
 */
export function createMiniProgramWebhook({ adapter, intake, log }: MiniProgramWebhookOptions): Router {
  const isTooMuch = createLimits();
  const router = Router();

  async function refuse(request: Request, response: Response, fault: CallbackFault): Promise<void> {
    log.warn("mini-program.refused", { fault, mend: MEND[fault] });
    response.status((await isTooMuch("refused", request.ip ?? "")) ? 429 : STATUS[fault]).end();
  }

  async function take(message: Spoken): Promise<number> {
    const { id: messageId, openId } = message.envelope;
    if (await isTooMuch("said", openId)) return 429;
    try {
      await intake.take(message);
      return 200;
    } catch (error) {
      log.error("mini-program.not-taken", {
        messageId,
        error: error instanceof Error ? error : new Error("not an error"),
      });
      return 503;
    }
  }

  router.get("/", async (request, response) => {
    const read = adapter.read(request.query);
    if (read.kind === "refused") return refuse(request, response, read.fault);
    response.type("text/plain").send(read.kind === "echo" ? read.text : "");
  });
  router.post("/", express.text({ type: () => true, limit: MOST_BODY }), async (request, response) => {
    const read = adapter.read(request.query, typeof request.body === "string" ? request.body : "");
    if (read.kind === "refused") return refuse(request, response, read.fault);
    if (read.kind === "echo") return;
    const { parsed } = read;
    if (parsed.kind === "silent")
      log.debug("mini-program.event", { messageId: parsed.envelope.id, event: parsed.event });
    const status = parsed.kind === "silent" ? 200 : await take(parsed);
    response
      .status(status)
      .type("text/plain")
      .send(status === 200 ? TAKEN : "");
  });
  router.use(notAllowed("GET, POST"), unreadable);
  return router;
}
