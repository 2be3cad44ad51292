import type { Router } from "express";
import type { MiniProgramAdapter, MiniProgramRequest } from "../../adapters/mini-program/index.ts";
import type { Logger } from "../../bots/ports.ts";
import { createCallbackDoor } from "./callback-door.ts";
import type { MiniProgramIntake, Spoken } from "./mini-program-intake.ts";
import { kept, type Limits } from "./webhook-guard.ts";

export interface MiniProgramWebhookOptions {
  adapter: Pick<MiniProgramAdapter, "read">;
  intake: MiniProgramIntake;
  log: Logger;
}

/** Ends the platform's tries ("消息推送"). */
const TAKEN = "success";

const MEND = {
  "bad-signature": "if the platform sent it, MINI_PROGRAM_TOKEN differs from 消息推送",
  "other-receiver": "if the platform sent it, MINI_PROGRAM_APP_ID is another account's",
  "not-encrypted": "choose 安全模式 or 兼容模式 under 消息推送, or unset MINI_PROGRAM_ENCODING_AES_KEY",
  damaged: "if the platform sent it, MINI_PROGRAM_ENCODING_AES_KEY is missing or differs from 消息推送",
};

/**
 * `GET` verifies the address, `POST` takes messages and events of the 客服 ("消息推送", 微信开放文档·小程序). 200 `success` when the message is durable:
 * answers go out by themselves; 400 what cannot be read; 403 what does not come from the platform, is older than five minutes, or is
 * for another account; 413 over 64 KiB; 429 too many; 503 when the message could not be kept. To be mounted at `/webhooks/mini-program`.
 */
export function createMiniProgramWebhook({ adapter, intake, log }: MiniProgramWebhookOptions): Router {
  async function take(message: Spoken, isTooMuch: Limits): Promise<number> {
    const { id: messageId, openId } = message.envelope;
    if (await isTooMuch("said", openId)) return 429;
    return kept(() => intake.take(message), { log, platform: "mini-program", messageId });
  }

  return createCallbackDoor<Parsed>({
    ...{ platform: "mini-program", read: adapter.read, mend: MEND, log },
    async answer(parsed, response, isTooMuch) {
      if (parsed.kind === "silent") {
        log.debug("mini-program.event", { messageId: parsed.envelope.id, event: parsed.event });
      }
      const status = parsed.kind === "silent" ? 200 : await take(parsed, isTooMuch);
      response
        .status(status)
        .type("text/plain")
        .send(status === 200 ? TAKEN : "");
    },
  });
}

type Parsed = Extract<MiniProgramRequest, { kind: "message" }>["parsed"];
