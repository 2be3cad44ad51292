/** Runs the works of one key one after another, in the order of arrival; works of different keys run side by side. */
export interface Lanes {
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export function createLanes(): Lanes {
  const tails = new Map<string, Promise<unknown>>();
  return {
    async run(key, work) {
      const before = tails.get(key) ?? Promise.resolve();
      const result = before.then(work, work);
      tails.set(key, result);
      try {
        return await result;
      } finally {
        if (tails.get(key) === result) tails.delete(key);
      }
    },
  };
}
