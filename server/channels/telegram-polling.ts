import { type ParsedUpdate, parseUpdate, type TelegramClient } from "../../adapters/telegram/index.ts";
import { BotError } from "../../bots/errors.ts";
import type { Clock, Logger, Store } from "../../bots/ports.ts";
import { reasonOf } from "../outbox/reason.ts";
import type { TelegramIntake } from "./telegram-intake.ts";

export interface TelegramPolling {
  start(): void;
  /** Resolves when what had been fetched is taken. */
  stop(): Promise<void>;
}

const WAIT_SECONDS = 30;
const AFTER_FAILURE_MS = 1_000;
const MOST_FAILURES = 5;
/** After a week without updates the platform counts on from a number drawn at random ("Update", Telegram Bot API). */
const OFFSET_HOLDS_MS = 6 * 24 * 3_600_000;

/**
 * Asks for updates and takes them: those of one chat in their order, chats side by side. The offset is kept after they are
 * durable, so that a restart loses none; those fetched twice have an id that is known.
 */
export function createTelegramPolling(parts: {
  /** Of the bot, for it has a stream of its own. */
  name: string;
  client: Pick<TelegramClient, "updates">;
  intake: TelegramIntake;
  store: Pick<Store, "loadCursor" | "saveCursor">;
  clock: Clock;
  log: Logger;
}): TelegramPolling {
  const { name, client, intake, store, clock, log } = parts;
  const stopping = new AbortController();
  const failures = new Map<number, number>();
  let running: Promise<void> | undefined;

  /** One update that breaks something must not hold up everybody; a store that is away may take as long as it likes. */
  function isHopeless(error: unknown, { updateId }: ParsedUpdate): boolean {
    if (error instanceof BotError) return !error.retryable;
    const count = (failures.get(updateId) ?? 0) + 1;
    failures.set(updateId, count);
    return count >= MOST_FAILURES && failures.delete(updateId);
  }

  async function keptOffset(): Promise<number | undefined> {
    const [offset, at] = ((await store.loadCursor(name)) ?? "").split(" ").map(Number);
    return offset && at && clock.now().getTime() - at < OFFSET_HOLDS_MS ? offset : undefined;
  }

  async function round(): Promise<void> {
    const from = { offset: await keptOffset(), waitSeconds: WAIT_SECONDS };
    const fetched = await client.updates(from, stopping.signal);
    const updates = fetched.flatMap((json) => parseUpdate(json, clock.now()) ?? []);
    if (updates.length === 0) return;
    await Promise.all(byChat(updates).map((some) => inOrder(some)));
    const next = Math.max(...updates.map(({ updateId }) => updateId)) + 1;
    await store.saveCursor(name, `${next} ${clock.now().getTime()}`);
  }

  async function inOrder(updates: ParsedUpdate[]): Promise<void> {
    for (const update of updates) {
      try {
        await intake.take(update);
      } catch (error) {
        if (!isHopeless(error, update)) throw error;
        log.error("telegram.given-up", {
          messageId: String(update.updateId),
          error: error instanceof Error ? error : new Error("not an error"),
        });
      }
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await round();
      } catch (error) {
        if (stopping.signal.aborted) return;
        log.warn("telegram.not-polled", { reason: reasonOf(error) });
        const askedMs = error instanceof BotError ? error.retryAfterMs : undefined;
        await pause(askedMs ?? AFTER_FAILURE_MS, stopping.signal);
      }
    }
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function byChat(updates: ParsedUpdate[]): ParsedUpdate[][] {
  const chatOf = (update: ParsedUpdate) => ("envelope" in update ? update.envelope.chatId : "");
  return [...Map.groupBy(updates, chatOf).values()];
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
