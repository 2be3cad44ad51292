/** Where the count of a day outlives the process. The store's cursors have this shape. */
export interface CountKeeper {
  load(): Promise<string | null>;
  save(count: string): Promise<void>;
}

export interface DailyBudget {
  /** Takes one call out of today's budget; false when it is spent. Rejects when the count cannot be kept. */
  take(now: Date): Promise<boolean>;
}

/** Calls are put down in blocks, so that not every one writes: a restart may lose a block, but never gives one away. */
const BLOCK = 20;

const dayIn = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/**
 * Counts the calls of a day in the hotline's own time (Asia/Shanghai). Processes that share a keeper share the budget, up to a block each.
 */
export function createDailyBudget(options: { limit: number; keeper: CountKeeper }): DailyBudget {
  const { limit, keeper } = options;
  let day = "";
  let reserved = 0;
  let reserving: Promise<void> = Promise.resolve();

  async function reserve(today: string): Promise<void> {
    if (day === today && reserved > 0) return;
    const [keptDay, kept = "0"] = ((await keeper.load()) ?? "").split(" ");
    const used = keptDay === today ? Number(kept) || 0 : 0;
    const block = Math.max(0, Math.min(BLOCK, limit - used));
    if (block > 0) await keeper.save(`${today} ${used + block}`);
    day = today;
    reserved = block;
  }

  return {
    async take(now) {
      const today = dayIn.format(now);
      // One after the other, so that two calls never count the same block twice.
      const taken = reserving.then(async () => {
        await reserve(today);
        if (reserved === 0) return false;
        reserved -= 1;
        return true;
      });
      reserving = taken.then(
        () => undefined,
        () => undefined,
      );
      return taken;
    },
  };
}
