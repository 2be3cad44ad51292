import { afterEach, describe, expect, it } from "vitest";
import type { ParsedUpdate } from "../../../adapters/telegram/index.ts";
import { DeliveryError, StoreError } from "../../../bots/errors.ts";
import { createTelegramPolling, type TelegramPolling } from "../../../server/channels/telegram-polling.ts";
import { createLogger } from "../../../server/log.ts";

const now = new Date("2026-03-01T08:00:00+08:00");
const DAY_MS = 24 * 3_600_000;

const update = (update_id: number, chat = 1) => ({
  update_id,
  message: {
    message_id: update_id,
    date: 1,
    chat: { id: chat, type: "private" },
    from: { id: chat, is_bot: false },
    text: "你好",
  },
});

let polling: TelegramPolling | undefined;
afterEach(async () => {
  await polling?.stop();
});

/** A platform that hands out `batches` one after the other, then nothing; `take` may fail. */
function poll(options: {
  batches?: (object[] | Error)[];
  cursor?: string;
  take?(update: ParsedUpdate): Promise<void>;
}) {
  const { batches = [], take = async () => undefined } = options;
  const seen = { offsets: [] as (number | undefined)[], taken: [] as number[], cursor: options.cursor ?? null };
  polling = createTelegramPolling({
    name: "telegram 1",
    client: {
      async updates({ offset }, signal) {
        seen.offsets.push(offset);
        const next = batches.shift();
        if (next instanceof Error) throw next;
        if (next) return next;
        return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      },
    },
    intake: {
      async take(each) {
        await take(each);
        seen.taken.push(each.updateId);
      },
    },
    store: {
      loadCursor: async () => seen.cursor,
      async saveCursor(_name, cursor) {
        seen.cursor = cursor;
      },
    },
    clock: { now: () => now },
    log: createLogger("silent"),
  });
  polling.start();
  return seen;
}

describe("长轮询", () => {
  it("收下之后才往后问，问到哪里记在库里", async () => {
    const seen = poll({ batches: [[update(7), update(8, 2)], [update(9)]], cursor: `7 ${now.getTime()}` });
    await expect.poll(() => seen.offsets).toEqual([7, 9, 10]);
    expect([seen.taken, seen.cursor]).toEqual([[7, 8, 9], `10 ${now.getTime()}`]);
  });

  it("一周没有更新，平台会从别的数数起：记下的不算了", async () => {
    const seen = poll({ cursor: `900 ${now.getTime() - 7 * DAY_MS}` });
    await expect.poll(() => seen.offsets).toEqual([undefined]);
  });

  it("存不下的，过一会儿从同一处再问，次序不乱", async () => {
    let isFull = true;
    const seen = poll({
      batches: [
        [update(1), update(2)],
        [update(1), update(2)],
      ],
      async take({ updateId }) {
        if (updateId !== 1 || !isFull) return;
        isFull = false;
        throw new StoreError("full", { retryable: true });
      },
    });
    await expect.poll(() => seen.offsets, { timeout: 5_000 }).toEqual([undefined, undefined, 3]);
    expect(seen.taken).toEqual([1, 2]);
  });

  it("一条收不了的，不挡后面的", async () => {
    const seen = poll({
      batches: [[update(1), update(2)]],
      async take({ updateId }) {
        if (updateId === 1) throw new StoreError("belongs to another user", { retryable: false });
      },
    });
    await expect.poll(() => seen.offsets).toEqual([undefined, 3]);
    expect(seen.taken).toEqual([2]);
  });

  it("平台一时不理，就等它说的时间再问", async () => {
    const seen = poll({ batches: [new DeliveryError("busy", { retryable: true, retryAfterMs: 20 }), [update(4)]] });
    await expect.poll(() => seen.taken).toEqual([4]);
  });
});
