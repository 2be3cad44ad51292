import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { HttpRefusal } from "./refusal.ts";

export interface DirectLineLimits {
  bodyBytes: number;
  /** In UTF-16 code units. */
  textLength: number;
  filesPerUpload: number;
  /** Uploads held in memory at the same time, by everybody together. */
  uploadsAtOnce: number;
  streamsPerVisitor: number;
  perMinute: PerMinute;
}

/** How often a minute. Many citizens share one address (home routers, mobile networks): those limits are wide. */
export interface PerMinute {
  tokensPerAddress: number;
  messagesPerVisitor: number;
  messagesPerAddress: number;
  uploadsPerVisitor: number;
  readsPerVisitor: number;
}

export type LimitOptions = Partial<Omit<DirectLineLimits, "perMinute">> & { perMinute?: Partial<PerMinute> };

const usual: DirectLineLimits = {
  bodyBytes: 256 * 1024,
  textLength: 20_000,
  filesPerUpload: 9,
  uploadsAtOnce: 8,
  streamsPerVisitor: 10,
  perMinute: {
    tokensPerAddress: 600,
    messagesPerVisitor: 120,
    messagesPerAddress: 6_000,
    uploadsPerVisitor: 60,
    readsPerVisitor: 1_200,
  },
};

export const withUsualLimits = (given: LimitOptions = {}): DirectLineLimits => ({
  ...usual,
  ...given,
  perMinute: { ...usual.perMinute, ...given.perMinute },
});

export interface RateLimits {
  /** Throws a 429 when `key` did this too often in the last minute. */
  spend(what: keyof PerMinute, key: string): Promise<void>;
}

export function createRateLimits(perMinute: PerMinute): RateLimits {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: 60 });
  const limiters = {
    tokensPerAddress: limiter(perMinute.tokensPerAddress),
    messagesPerVisitor: limiter(perMinute.messagesPerVisitor),
    messagesPerAddress: limiter(perMinute.messagesPerAddress),
    uploadsPerVisitor: limiter(perMinute.uploadsPerVisitor),
    readsPerVisitor: limiter(perMinute.readsPerVisitor),
  };
  return {
    async spend(what, key) {
      try {
        await limiters[what].consume(key);
      } catch (reason) {
        if (!(reason instanceof RateLimiterRes)) throw reason;
        const retryAfterSeconds = Math.max(1, Math.ceil(reason.msBeforeNext / 1000));
        throw new HttpRefusal(
          429,
          "TooManyRequests",
          "操作太频繁了，请稍等片刻再试。紧急情况请直接拨打 110、119 或 120。",
          {
            retryAfterSeconds,
          },
        );
      }
    },
  };
}
