import type { Clock, Store } from "../../bots/ports.ts";
import { nearAnswers } from "../../knowledge/vectors/near-answers.ts";
import type { ComposeOptions } from "../house.ts";
import type { Metrics } from "../metrics.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import { createVectorTable } from "../store/sqlite/knowledge/vector-table.ts";
import type { Understanding } from "../understanding.ts";
import { createVectorKeeper } from "./vectors.ts";

/** Search by meaning, where a model for it is configured. */
export async function openVectors(
  { embedding: open, log }: ComposeOptions,
  rooms: {
    database: SqliteDatabase;
    store: Store;
    clock: Clock;
    metrics: Metrics;
    knowledge: Understanding["knowledge"];
  },
) {
  const embedding = await open?.({ ...rooms, log });
  if (!embedding) return undefined;
  const { knowledge, database } = rooms;
  const { model, background, embedder } = embedding;
  const sample = async (count: number) => (await knowledge.over(async (index) => index)).index.sample(count);
  const keeper = createVectorKeeper({ table: createVectorTable({ database, model }), background, sample, log });
  return { keeper, answers: nearAnswers({ knowledge, embedder, ...keeper }) };
}
