import { ModelError } from "../../bots/errors.ts";
import type { Entry } from "../policies/entry.ts";
import type { Classroom, LabelledQuestion } from "../policies/ranking/lessons.ts";
import { closerTo } from "./closer.ts";
import type { Embedder } from "./embedder.ts";
import { passesProbation, wordsOf } from "./probation.ts";
import { createVectorShelf, type VectorOf, type VectorShelf } from "./shelf.ts";

/** What became of an embedder that was to help. */
export type VectorUse = "used" | "not trusted" | "failed";

const BATCH = 32;
const NEAREST = 20;
const TRIED = 32;

/**
 * The classroom as a search sees it that also knows what is near in meaning, by the same steps as in service: vectors of all documents, the
 * probation, a vector of each question. As it was where the embedder is not trusted or fails at any of them.
 */
export async function closerClassroom(
  { index, measure }: Classroom,
  { embedder, questions }: { embedder: Embedder; questions: readonly LabelledQuestion[] },
): Promise<{ classroom: Classroom; vectors: VectorUse }> {
  const plain = { index, measure };
  const entries = index.sample(index.size());
  try {
    const shelf = await shelve(entries, embedder);
    if (!(await passesProbation({ embedder, shelf, entries: index.sample(TRIED) }))) {
      return { classroom: plain, vectors: "not trusted" };
    }
    const near = await nearestOf(questions, shelf, embedder);
    const closer = closerTo(index, (query) => near.get(query) ?? []);
    return { classroom: { index: closer, measure }, vectors: "used" };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return { classroom: plain, vectors: "failed" };
  }
}

async function* inBatches<T>(all: readonly T[], words: (one: T) => string, embedder: Embedder) {
  for (let from = 0; from < all.length; from += BATCH) {
    const batch = all.slice(from, from + BATCH);
    const vectors = await embedder.embed(batch.map(words));
    for (const [i, one] of batch.entries()) yield { one, vector: vectors[i] as Float32Array };
  }
}

async function shelve(entries: readonly Entry[], embedder: Embedder): Promise<VectorShelf> {
  const shelf = createVectorShelf();
  for await (const { one, vector } of inBatches(entries, wordsOf, embedder)) {
    shelf.put({ id: one.id, version: one.version }, vector);
  }
  return shelf;
}

async function nearestOf(
  questions: readonly LabelledQuestion[],
  shelf: VectorShelf,
  embedder: Embedder,
): Promise<Map<string, VectorOf[]>> {
  const near = new Map<string, VectorOf[]>();
  for await (const { one, vector } of inBatches(questions, ({ query }) => query, embedder)) {
    near.set(
      one.query,
      shelf.nearest(vector, NEAREST, () => true),
    );
  }
  return near;
}
