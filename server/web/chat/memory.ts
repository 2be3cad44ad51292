import type { Memory } from "./direct-line/session.ts";

/** localStorage where the browser allows it; what it refuses (private window, no room) is kept until the page closes. */
export function createMemory(storage: () => Storage): Memory {
  const beside = new Map<string, string>();
  const attempt = <T>(work: (storage: Storage) => T): T | undefined => {
    try {
      return work(storage());
    } catch {
      return undefined;
    }
  };
  return {
    get: (key) => beside.get(key) ?? attempt((kept) => kept.getItem(key)) ?? undefined,
    set(key, value) {
      const done = attempt((kept) => {
        kept.setItem(key, value);
        return true;
      });
      if (done) beside.delete(key);
      else beside.set(key, value);
    },
    remove(key) {
      beside.delete(key);
      attempt((kept) => kept.removeItem(key));
    },
    keys() {
      const kept = attempt((each) => Array.from({ length: each.length }, (_, index) => each.key(index) ?? "")) ?? [];
      return [...new Set([...kept, ...beside.keys()])];
    },
  };
}
