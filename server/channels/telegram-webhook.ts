import { timingSafeEqual } from "node:crypto";
import express, { type RequestHandler, Router } from "express";
import { parseUpdate } from "../../adapters/telegram/index.ts";
import type { Clock, Logger } from "../../bots/ports.ts";
import type { TelegramIntake } from "./telegram-intake.ts";
import { createLimits, kept, notAllowed, unreadable } from "./webhook-guard.ts";

export interface TelegramWebhookOptions {
  secret: string;
  intake: TelegramIntake;
  clock: Clock;
  log: Logger;
}

/** Two texts of 4,096 characters, one quoting the other, with all their marks, are far below. */
const MOST_BODY = "1mb";

/**
 * Takes updates ("setWebhook", Telegram Bot API). 200 when what was said is durable, or nothing was said; 400 what is not an update;
 * 401 without the secret; 413 over 1 MiB; 429 too many without the secret; 503 when it could not be kept, so that the platform
 * sends it again. To be mounted at `/webhooks/telegram`.
 */
export function createTelegramWebhook({ secret, intake, clock, log }: TelegramWebhookOptions): Router {
  const router = Router();
  router.post(
    "/",
    guard(secret, log),
    express.text({ type: () => true, limit: MOST_BODY }),
    async (request, response) => {
      const update = parseUpdate(parsed(request.body), clock.now());
      if (!update) {
        log.warn("telegram.refused", { fault: "malformed" });
        response.status(400).end();
        return;
      }
      const about = { log, platform: "telegram", messageId: String(update.updateId) };
      response.status(await kept(() => intake.take(update), about)).end();
    },
  );
  router.use(notAllowed("POST"), unreadable);
  return router;
}

/** The header that the platform sends is compared in constant time, before anything of the body is read. */
function guard(secret: string, log: Logger): RequestHandler {
  const expected = Buffer.from(secret);
  const isTooMuch = createLimits();
  return async (request, response, next) => {
    const given = Buffer.from(request.get("x-telegram-bot-api-secret-token") ?? "");
    if (given.length === expected.length && timingSafeEqual(given, expected)) return next();
    log.warn("telegram.refused", {
      fault: "bad-secret",
      mend: "if the platform sent it, TELEGRAM_WEBHOOK_SECRET has changed; register it with `cli telegram webhook`",
    });
    response.status((await isTooMuch("refused", request.ip ?? "")) ? 429 : 401).end();
  };
}

function parsed(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return undefined;
  }
}
