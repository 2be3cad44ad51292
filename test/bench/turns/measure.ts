import type { Talk } from "./talks.ts";
import type { Visitor } from "./visitor.ts";

/** One line in one round. Times in milliseconds. */
export interface Measured {
  turnsPerSecond: number;
  /** Of the server, for each turn. */
  processorMs: number;
  acknowledged: Spread;
  /** Undefined where no bot answers. */
  replied?: Spread;
}

interface Spread {
  p50: number;
  p99: number;
}

/** Lets all visitors talk side by side for `forMs`, each with one turn at a time, to the server whose processor time is asked. */
export async function measure(parts: {
  visitors: Visitor[];
  talk: Talk;
  forMs: number;
  processorMs(): Promise<number>;
}): Promise<Measured> {
  const { visitors, talk, forMs } = parts;
  const acknowledged: number[] = [];
  const replied: number[] = [];
  const usedBefore = await parts.processorMs();
  let turns = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + forMs;
  let lastAt = startedAt;
  await Promise.all(
    visitors.map(async (visitor) => {
      while (performance.now() < endsAt) {
        await talk(visitor, (time) => {
          turns += 1;
          // What a talk still says after the time is over is said with fewer and fewer beside it.
          if (performance.now() > endsAt) return;
          acknowledged.push(time.acknowledgedMs);
          if (time.repliedMs !== undefined) replied.push(time.repliedMs);
          lastAt = performance.now();
        });
      }
    }),
  );
  return {
    processorMs: ((await parts.processorMs()) - usedBefore) / turns,
    turnsPerSecond: acknowledged.length / ((lastAt - startedAt) / 1000),
    acknowledged: spreadOf(acknowledged),
    ...(replied.length > 0 ? { replied: spreadOf(replied) } : {}),
  };
}

function spreadOf(times: number[]): Spread {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

export const median = (values: number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
};
