import type { ErrorRequestHandler, RequestHandler } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Logger } from "../../bots/ports.ts";

/** Whether there was too much of it in the last minute: `refused` counted by address, `said` by the citizen. */
export type Limits = (what: "refused" | "said", key: string) => Promise<boolean>;

/** The platform itself is never limited: what it sends is signed. A citizen who types as fast as they can stays below. */
export function createLimits(): Limits {
  const limiters = {
    refused: new RateLimiterMemory({ points: 120, duration: 60 }),
    said: new RateLimiterMemory({ points: 240, duration: 60 }),
  };
  return async (what, key) => {
    try {
      await limiters[what].consume(key);
      return false;
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes)) throw reason;
      return true;
    }
  };
}

/** 405 for every method but those of `allowed`, as the header Allow names them. */
export const notAllowed =
  (allowed: string): RequestHandler =>
  (_request, response) => {
    response.status(405).set("Allow", allowed).end();
  };

/** The body parser's own faults (413 too large, 415 a strange encoding), without a word of the body. */
export const unreadable: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const status = (error as { status?: unknown } | null)?.status;
  if (typeof status !== "number" || status >= 500 || response.headersSent) return next(error);
  response.status(status).end();
};

/** 200 when what was said is durable; 503 when it could not be kept, which the log tells: the platform is to send it again. */
export async function kept(
  take: () => Promise<unknown>,
  { log, platform, messageId }: { log: Logger; platform: string; messageId: string },
): Promise<200 | 503> {
  try {
    await take();
    return 200;
  } catch (error) {
    log.error(`${platform}.not-taken`, {
      messageId,
      error: error instanceof Error ? error : new Error("not an error"),
    });
    return 503;
  }
}
