import { createHash, timingSafeEqual } from "node:crypto";
import type { TicketSource } from "../../desk/ticket.ts";

/** Who a caller is by the API key sent along; `undefined` for a missing or wrong key. */
export interface Access {
  sourceOf(apiKey: string | undefined): TicketSource | undefined;
  sources: readonly TicketSource[];
}

export function createAccess(apiKeys: readonly string[]): Access {
  const known = apiKeys.filter((key) => key !== "").map((key) => ({ digest: digest(key), source: source(key) }));
  return {
    sources: known.map((entry) => entry.source),
    sourceOf(apiKey) {
      if (apiKey === undefined) return undefined;
      const given = digest(apiKey);
      return known.filter((entry) => timingSafeEqual(entry.digest, given))[0]?.source;
    },
  };
}

const digest = (key: string): Buffer => createHash("sha256").update(key).digest();

/** Tells the holders of different keys apart without keeping the keys. */
const source = (key: string): TicketSource => `open311:${digest(key).toString("hex").slice(0, 12)}`;
