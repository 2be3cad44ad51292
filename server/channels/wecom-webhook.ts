import type { Router } from "express";
import type { WecomAdapter, WecomRequest } from "../../adapters/wecom/index.ts";
import type { Logger } from "../../bots/ports.ts";
import { createCallbackDoor } from "./callback-door.ts";
import { kept, type Limits } from "./webhook-guard.ts";
import type { WecomIntake } from "./wecom-intake.ts";
import type { KfReader } from "./wecom-kf.ts";

export interface WecomWebhookOptions {
  adapter: Pick<WecomAdapter, "read">;
  intake: WecomIntake;
  kf: Pick<KfReader, "called">;
  log: Logger;
}

const MEND = {
  "bad-signature": "if the platform sent it, WECOM_TOKEN differs from 接收消息 of the app",
  "other-receiver": "if the platform sent it, WECOM_CORP_ID or WECOM_AGENT_ID is another one's",
  "not-encrypted": "the platform encrypts all it sends",
  damaged: "if the platform sent it, WECOM_ENCODING_AES_KEY differs from 接收消息 of the app",
};

/**
 * `GET` verifies the address ("回调配置"), `POST` takes messages and events. 200 without words when the message, or the call to fetch
 * those of 微信客服, is durable; 400 what cannot be read; 403 what does not come from the platform, is older than five minutes, or is
 * for another organisation or app; 413 over 64 KiB; 429 too many; 503 when it could not be kept. To be mounted at `/webhooks/wecom`.
 */
export function createWecomWebhook(options: WecomWebhookOptions): Router {
  const { adapter, log } = options;
  return createCallbackDoor<Parsed>({
    ...{ platform: "wecom", read: adapter.read, mend: MEND, log },
    async answer(parsed, response, isTooMuch) {
      response.status(await answer(options, isTooMuch, parsed)).end();
    },
  });
}

type Parsed = Extract<WecomRequest, { kind: "callback" }>["parsed"];

async function answer({ intake, kf, log }: WecomWebhookOptions, isTooMuch: Limits, parsed: Parsed): Promise<number> {
  switch (parsed.kind) {
    case "silent":
      log.debug("wecom.event", { messageId: parsed.id, event: parsed.event });
      return 200;
    case "kf":
      return kept(() => kf.called(parsed.openKfId, parsed.token), {
        log,
        platform: "wecom",
        messageId: "kf_msg_or_event",
      });
    case "said":
    case "file":
    case "visit": {
      const { id: messageId, from } = parsed.envelope;
      if (from.kind === "app" && (await isTooMuch("said", from.userId))) return 429;
      return kept(() => intake.take(parsed), { log, platform: "wecom", messageId });
    }
    default:
      throw new Error("unknown kind of message", { cause: parsed satisfies never });
  }
}
