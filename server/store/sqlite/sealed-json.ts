import { StoreError } from "../../../bots/errors.ts";
import type { Seal } from "../seal.ts";
import type { SqliteDatabase } from "./database.ts";

/** Sealed columns hold JSON. What comes out is what this store put in: it is trusted, not parsed again. */
export interface SealedJson {
  close(value: unknown): Buffer;
  open<T>(column: Uint8Array): T;
}

export const createSealedJson = (seal: Seal): SealedJson => ({
  close: (value) => seal.close(JSON.stringify(value)),
  open: <T>(column: Uint8Array) => JSON.parse(seal.open(column)) as T,
});

/**
 * Leaves a sealed proof in a new database and opens it in an old one. Throws when the key at hand is another one: without
 * this, every waiting job would look like poison and be put aside as dead.
 */
export function checkSeal(database: SqliteDatabase, seal: Seal): void {
  const { raw } = database;
  raw.prepare("INSERT INTO seal_check (id, proof) VALUES (1, ?) ON CONFLICT DO NOTHING").run(seal.close("jiesu"));
  const proof = raw.prepare<[], Buffer>("SELECT proof FROM seal_check").pluck().get();
  try {
    if (proof && seal.open(proof) === "jiesu") return;
  } catch (cause) {
    throw otherKey(raw.name, cause);
  }
  throw otherKey(raw.name);
}

const otherKey = (file: string, cause?: unknown) =>
  new StoreError(`the database ${file} was written with another SECRET_KEY; start with that key again`, {
    retryable: false,
    cause,
  });
