import type { DeliveryBook, KeptWords } from "../../adapters/shared/delivery-book.ts";

/** A channel's book, kept in memory. */
export function createMemoryBook(): DeliveryBook {
  const sent = new Set<string>();
  const kept = new Map<string, KeptWords[]>();
  return {
    wasSent: (key) => sent.has(key),
    async recordSent(keys) {
      for (const key of keys) sent.add(key);
    },
    async keep(userId, words) {
      kept.set(userId, [...(kept.get(userId) ?? []), ...words]);
    },
    keptFor: (userId) => kept.get(userId) ?? [],
    async forget(keys) {
      for (const [userId, words] of kept)
        kept.set(
          userId,
          words.filter(({ key }) => !keys.includes(key)),
        );
    },
  };
}
