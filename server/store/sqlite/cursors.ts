import type { Store } from "../../../bots/ports.ts";
import type { SqliteDatabase } from "./database.ts";

/** Named positions in other systems' streams of news. */
export function createCursors(parts: {
  database: SqliteDatabase;
  keep: (work: () => void) => Promise<void>;
}): Pick<Store, "loadCursor" | "saveCursor"> {
  const load = parts.database.raw.prepare<[string], string>("SELECT position FROM cursors WHERE name = ?").pluck();
  const save = parts.database.raw.prepare<[string, string]>(`
    INSERT INTO cursors (name, position) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET position = excluded.position`);
  return {
    loadCursor: async (name) => load.get(name) ?? null,
    saveCursor: (name, cursor) =>
      parts.keep(() => {
        save.run(name, cursor);
      }),
  };
}
