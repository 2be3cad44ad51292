import type { Entry } from "./entry.ts";

/** The entries of an index: those it was given, and those it knows to be kept elsewhere until somebody needs them. */
export interface EntriesHeld {
  has(id: string): boolean;
  get(id: string): Entry | undefined;
  put(entry: Entry): void;
  remove(id: string): void;
  ids(): Iterable<string>;
  size(): number;
}

/** `kept`: ids of entries that `read` finds; read once, and then held. */
export function holdEntries(
  kept: Iterable<string> = [],
  read: (id: string) => Entry | undefined = () => undefined,
): EntriesHeld {
  const entries = new Map<string, Entry | undefined>();
  for (const id of kept) entries.set(id, undefined);
  return {
    has: (id) => entries.has(id),
    get(id) {
      if (!entries.has(id)) return undefined;
      const entry = entries.get(id) ?? read(id);
      if (entry) entries.set(id, entry);
      return entry;
    },
    put: (entry) => void entries.set(entry.id, entry),
    remove: (id) => void entries.delete(id),
    ids: () => entries.keys(),
    size: () => entries.size,
  };
}
