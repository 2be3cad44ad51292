import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../bots/ports.ts";

/** Addresses under which a dispatch system of the city can open evidence without being the citizen. */
export interface MediaLinks {
  /** The query of the address of an upload; it opens for `LINK_DAYS`. */
  sign(mediaId: string): string;
  isSigned(mediaId: string, signature: unknown): boolean;
}

/** Longer than the longest response grade with its extension; after that the other side has its own copy or needs none. */
const LINK_DAYS = 90;
const DAY_SECONDS = 86_400;

/** `secretKey`: the server's own; the links lose their force when it changes. */
export function createMediaLinks({ secretKey, clock }: { secretKey: string; clock: Clock }): MediaLinks {
  const nowSeconds = () => Math.floor(clock.now().getTime() / 1000);
  const signed = (mediaId: string, untilSeconds: number) => {
    const what = `media link ${mediaId} until ${untilSeconds}`;
    return `${untilSeconds}.${createHmac("sha256", secretKey).update(what).digest("base64url")}`;
  };
  return {
    sign: (mediaId) => `k=${signed(mediaId, nowSeconds() + LINK_DAYS * DAY_SECONDS)}`,
    isSigned(mediaId, signature) {
      const text = typeof signature === "string" ? signature : "";
      const untilSeconds = Number(/^(\d{1,12})\./.exec(text)?.[1]);
      const given = Buffer.from(text);
      const expected = Buffer.from(signed(mediaId, untilSeconds));
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
      return untilSeconds > nowSeconds();
    },
  };
}
