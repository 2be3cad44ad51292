import { timingSafeEqual } from "node:crypto";
import express, { type ErrorRequestHandler, type RequestHandler, Router } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { parseUpdate } from "../../adapters/telegram/index.ts";
import type { Clock, Logger } from "../../bots/ports.ts";
import type { TelegramIntake } from "./telegram-intake.ts";

export interface TelegramWebhookOptions {
  secret: string;
  intake: TelegramIntake;
  clock: Clock;
  log: Logger;
}

/** Two texts of 4,096 characters, one quoting the other, with all their marks, are far below. */
const MOST_BODY = "1mb";
const MOST_REFUSED = { points: 120, duration: 60 };

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
      try {
        await intake.take(update);
        response.status(200).end();
      } catch (error) {
        log.error("telegram.not-taken", {
          messageId: String(update.updateId),
          error: error instanceof Error ? error : new Error("not an error"),
        });
        response.status(503).end();
      }
    },
  );
  router.use(notAllowed, unreadable);
  return router;
}

/** The header that the platform sends is compared in constant time, before anything of the body is read. */
function guard(secret: string, log: Logger): RequestHandler {
  const expected = Buffer.from(secret);
  const limiter = new RateLimiterMemory(MOST_REFUSED);
  return async (request, response, next) => {
    const given = Buffer.from(request.get("x-telegram-bot-api-secret-token") ?? "");
    if (given.length === expected.length && timingSafeEqual(given, expected)) return next();
    log.warn("telegram.refused", {
      fault: "bad-secret",
      mend: "if the platform sent it, TELEGRAM_WEBHOOK_SECRET has changed; register it with `cli telegram webhook`",
    });
    const isTooMuch = await limiter.consume(request.ip ?? "").then(
      () => false,
      (reason: unknown) => reason instanceof RateLimiterRes,
    );
    response.status(isTooMuch ? 429 : 401).end();
  };
}

function parsed(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return undefined;
  }
}

const notAllowed: RequestHandler = (_request, response) => {
  response.status(405).set("Allow", "POST").end();
};

/** The body parser's own faults (413 too large, 415 a strange encoding), without a word of the body. */
const unreadable: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const status = (error as { status?: unknown } | null)?.status;
  if (typeof status !== "number" || status >= 500 || response.headersSent) return next(error);
  response.status(status).end();
};
