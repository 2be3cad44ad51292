import { ModelError } from "../../bots/errors.ts";
import type { KnowledgeBase } from "../../bots/ports.ts";
import type { SearchableKnowledgeBase } from "../policies/knowledge-base.ts";
import { maskedQuestion } from "../policies/wording/masked-question.ts";
import { closerTo } from "./closer.ts";
import type { Embedder } from "./embedder.ts";
import type { VectorShelf } from "./shelf.ts";

const LIMIT_MS = 800;
const NEAREST = 20;

/**
 * A base that also looks for what is near in meaning, where the caller has patience for it and `isTrusted`. Within 800 ms there is a vector of
 * the question, or the answer is that of the words alone.
 */
export function nearAnswers(parts: {
  knowledge: SearchableKnowledgeBase;
  embedder: Embedder;
  shelf: VectorShelf;
  isTrusted(): boolean;
}): KnowledgeBase {
  const { knowledge, embedder, shelf, isTrusted } = parts;

  async function vectorOf(question: string, at: Date, patience: AbortSignal): Promise<Float32Array | undefined> {
    const words = maskedQuestion(question, at);
    if (words.trim() === "") return undefined;
    const limit = AbortSignal.any([patience, AbortSignal.timeout(LIMIT_MS)]);
    try {
      return (await embedder.embed([words], limit))[0];
    } catch (error) {
      if (error instanceof ModelError) return undefined;
      throw error;
    }
  }

  return {
    entry: knowledge.entry,
    async answer(question, at, how) {
      const patience = how?.patience;
      const vector = patience && isTrusted() ? await vectorOf(question, at, patience()) : undefined;
      if (!vector) return knowledge.answer(question, at, how);
      const closer = await knowledge.over(async (index) => {
        const near = shelf.nearest(vector, NEAREST, ({ id, version }) => {
          const entry = index.get(id);
          return entry !== undefined && entry.version === version;
        });
        return closerTo(index, () => near);
      });
      return closer.answer(question, at, how);
    },
  };
}
