import { ModelError } from "../../bots/errors.ts";
import type { Logger } from "../../bots/ports.ts";
import type { Entry } from "../../knowledge/policies/entry.ts";
import type { Embedder } from "../../knowledge/vectors/embedder.ts";
import { passesProbation, wordsOf } from "../../knowledge/vectors/probation.ts";
import { createVectorShelf, type VectorShelf } from "../../knowledge/vectors/shelf.ts";
import type { VectorTable } from "../store/sqlite/knowledge/vector-table.ts";

/** What a deployment embeds with. `background` may be refused calls that `embedder` still gets. */
export interface Embedding {
  model: string;
  embedder: Embedder;
  background: Embedder;
}

export interface VectorKeeper {
  shelf: VectorShelf;
  /** Whether the model has shown in this base that it finds what it should. */
  isTrusted(): boolean;
  /** Computes what is missing, a batch at a time, and tries the model once nothing is; where it fails, the next sweep goes on. */
  sweep(): Promise<void>;
}

const BATCH = 32;
const SAMPLE = 32;

/** Keeps the vectors of published entries: in the store, where a restart finds them again, and in memory. */
export function createVectorKeeper(parts: {
  table: VectorTable;
  background: Embedder;
  /** Entries from all over the base. */
  sample(count: number): Promise<Entry[]>;
  log: Logger;
}): VectorKeeper {
  const { table, background, sample, log } = parts;
  const shelf = createVectorShelf();
  /** Entries whose vectors the server refuses to make; tried again at the next start. */
  const refused = new Set<string>();
  let seen = 0;
  let batch = BATCH;
  let trust: "untried" | "trusted" | "not trusted" = "untried";

  function takeOver(): void {
    for (let come = table.since(seen); come.vectors.length > 0; come = table.since(seen)) {
      for (const { vector, ...of } of come.vectors) shelf.put(of, vector);
      seen = come.seq;
    }
  }

  async function embed(entries: readonly Entry[]): Promise<void> {
    const vectors = await background.embed(entries.map(wordsOf));
    await table.put(entries.map(({ id, version = 1 }, i) => ({ id, version, vector: vectors[i] as Float32Array })));
  }

  /** One text that a server cannot take must not keep the others from it: batches shrink until it stands alone. */
  async function embedNext(missing: readonly Entry[]): Promise<void> {
    const entries = missing.slice(0, batch);
    try {
      await embed(entries);
      batch = Math.min(BATCH, batch * 2);
    } catch (error) {
      const isRefused = error instanceof ModelError && (error.reason === "refused" || error.reason === "unusable");
      const [first] = entries;
      if (isRefused && first && entries.length === 1) refused.add(first.id);
      if (isRefused) batch = Math.max(1, Math.floor(entries.length / 2));
      throw error;
    }
  }

  async function probation(): Promise<void> {
    const passes = await passesProbation({ embedder: background, shelf, entries: await sample(SAMPLE) });
    trust = passes ? "trusted" : "not trusted";
    log.info("search by meaning tried", { trusted: passes, vectors: shelf.size() });
  }

  return {
    shelf,
    isTrusted: () => trust === "trusted",
    async sweep() {
      takeOver();
      try {
        const missing = table.missing(BATCH, [...refused]);
        if (missing.length > 0) await embedNext(missing);
        else if (trust === "untried") await probation();
        else return;
        takeOver();
        await table.prune();
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
      }
    },
  };
}
