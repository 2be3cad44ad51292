import type { Content } from "../../../../knowledge/life/content.ts";
import type { Entry } from "../../../../knowledge/policies/entry.ts";
import type { SqliteDatabase } from "../database.ts";

export interface KeptVector {
  id: string;
  version: number;
  vector: Float32Array;
}

/** Vectors of one model; every process that has it may add to them. */
export type VectorTable = ReturnType<typeof createVectorTable>;

export function createVectorTable({ database, model }: { database: SqliteDatabase; model: string }) {
  const { raw } = database;
  const missing = raw.prepare<[string, string, number], Pick<Row, "version" | "body">>(`
    SELECT e.version, e.body FROM knowledge_entries AS e
    LEFT JOIN knowledge_vectors AS v ON v.entry_id = e.id AND v.model = ? AND v.version = e.version
    WHERE e.status = 'published' AND v.seq IS NULL AND e.id NOT IN (SELECT value FROM json_each(?)) ORDER BY e.id LIMIT ?`);
  const since = raw.prepare<[string, number], Omit<Row, "body">>(
    "SELECT seq, entry_id, version, vector FROM knowledge_vectors WHERE model = ? AND seq > ? ORDER BY seq LIMIT 1000",
  );
  // A new row rather than a changed one, so that every process sees it come.
  const put = raw.prepare<[string, number, string, Buffer]>(
    "INSERT OR REPLACE INTO knowledge_vectors (entry_id, version, model, vector) VALUES (?, ?, ?, ?)",
  );
  const prune = raw.prepare(`
    DELETE FROM knowledge_vectors WHERE NOT EXISTS (
      SELECT 1 FROM knowledge_entries AS e
      WHERE e.id = knowledge_vectors.entry_id AND e.version = knowledge_vectors.version AND e.status = 'published')`);

  return {
    /** Published entries that have no vector of their version yet, without those of `except`. */
    missing: (limit: number, except: readonly string[]): Entry[] =>
      missing.all(model, JSON.stringify(except), limit).map(({ version, body }) => ({
        ...(JSON.parse(body) as Content),
        status: "published",
        version,
      })),
    /** What came after `seq`, at most a thousand, and the newest number of these. */
    since(seq: number): { vectors: KeptVector[]; seq: number } {
      const rows = since.all(model, seq);
      const vectors = rows.map(({ entry_id: id, version, vector }) => ({ id, version, vector: floatsOf(vector) }));
      return { vectors, seq: rows.at(-1)?.seq ?? seq };
    },
    put: (vectors: readonly KeptVector[]): Promise<void> =>
      database.write(() => {
        for (const { id, version, vector } of vectors) put.run(id, version, model, bytesOf(vector));
      }),
    /** Deletes those of entries or versions that are not in use any more; how many that was. */
    prune: (): Promise<number> => database.write(() => prune.run().changes),
  };
}

interface Row {
  seq: number;
  entry_id: string;
  version: number;
  vector: Buffer;
  body: string;
}

function bytesOf(vector: Float32Array): Buffer {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [i, number] of vector.entries()) bytes.writeFloatLE(number, i * 4);
  return bytes;
}

const floatsOf = (bytes: Buffer): Float32Array =>
  Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
