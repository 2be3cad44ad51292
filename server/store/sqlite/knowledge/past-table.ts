import { z } from "zod";
import type { SqliteDatabase } from "../database.ts";

interface Witness {
  id: string;
  change: number;
  at: string;
}

/** So many of the newest changes are remembered by a mark. */
const WITNESSES = 16;
const mark = z.array(z.object({ id: z.string(), change: z.int(), at: z.string() }));

/**
 * Marks by which it shows whether the entries of now come from those of then. The number of the newest change does not tell: entries that were put
 * back from an older copy count the same numbers a second time for other changes.
 */
export function createPastTable({ raw }: SqliteDatabase) {
  const newest = raw.prepare<[number], Witness>(
    "SELECT id, change, changed_at AS at FROM knowledge_entries ORDER BY change DESC LIMIT ?",
  );
  const find = raw.prepare<[string], Witness>(
    "SELECT id, change, changed_at AS at FROM knowledge_entries WHERE id = ?",
  );
  return {
    mark: (): string => JSON.stringify(newest.all(WITNESSES)),
    /** Every entry of the mark has stayed as it was, or was changed after everything that the mark knows. Throws for what is no mark. */
    goesOnFrom(given: string): boolean {
      const witnesses = mark.parse(JSON.parse(given));
      const last = Math.max(0, ...witnesses.map(({ change }) => change));
      return witnesses.every(({ id, change, at }) => {
        const now = find.get(id);
        return now !== undefined && (now.change > last || (now.change === change && now.at === at));
      });
    },
  };
}
