import { z } from "zod";
import type { DeliveryBook } from "../shared/delivery-book.ts";

/**
 * Where a conversation is answered ("Send proactive notifications", Bot Framework: the conversation reference). `serviceUrl` is the one
 * that a checked token named; the platform moves conversations, so the newest one counts.
 */
const shape = z.object({
  serviceUrl: z.string(),
  channelId: z.string(),
  conversation: z.object({
    id: z.string(),
    tenantId: z.string().optional(),
    conversationType: z.string().optional(),
    isGroup: z.boolean().optional(),
  }),
  bot: z.object({ id: z.string() }),
  user: z.object({ id: z.string() }),
});
export type Address = z.infer<typeof shape>;

/** Addresses lie in the delivery book, sealed like all words in it: news of a ticket comes days later, after restarts. */
const shelfOf = (conversationId: string): string => `address of ${conversationId}`;

const newest = (book: DeliveryBook, conversationId: string) =>
  book
    .keptFor(shelfOf(conversationId))
    .toSorted((one, other) => timeIn(one.key) - timeIn(other.key))
    .at(-1);

/** Keys end with the milliseconds at which the address was learned. */
const timeIn = (key: string): number => Number(key.slice(key.lastIndexOf(" ") + 1));

export function addressOf(book: DeliveryBook, conversationId: string): Address | undefined {
  const kept = newest(book, conversationId);
  return kept && shape.parse(JSON.parse(kept.text));
}

/** Must have been kept before the turn is committed, for its words may be sent at once. Durable when it resolves. */
export async function keepAddress(
  book: DeliveryBook,
  conversationId: string,
  address: Address,
  now: Date,
): Promise<void> {
  const shelf = shelfOf(conversationId);
  const old = book.keptFor(shelf);
  const text = JSON.stringify(shape.parse(address));
  const last = newest(book, conversationId);
  if (last?.text === text) return;
  // A clock that went back must not make the older address the newer one.
  const at = Math.max(now.getTime(), (last ? timeIn(last.key) : 0) + 1);
  await book.keep(shelf, [{ key: `${shelf} ${at}`, text }]);
  if (old.length > 0) await book.forget(old.map(({ key }) => key));
}
