import { ModelError } from "../../../bots/errors.ts";
import type { Catalogue, LanguageModel, Triage } from "../../../bots/ports.ts";
import { type TriageAnswer, triageQuestion } from "../../prompts/triage-1.ts";
import { maskPersonal } from "./masking.ts";
import { merged } from "./merge.ts";
import { isWorthAsking } from "./worth-asking.ts";

/** Leaves the model may choose among. */
const CANDIDATES = 8;
/** What a matter is about stands at its beginning; the rest need not leave the house. */
const SENT_LENGTH = 1000;

/**
 * Triage by rules, made better by a language model where it can help. The rules read first and always; a model that is late, wrong or gone costs
 * nothing but its help.
 */
export function createAssistedTriage(parts: { triage: Triage; model: LanguageModel; catalogue: Catalogue }): Triage {
  const { triage, model, catalogue } = parts;
  return {
    async read(message, at, patience) {
      const reading = await triage.read(message, at, patience);
      const text = message.slice(0, SENT_LENGTH).toWellFormed();
      const candidates = catalogue.rank(text, CANDIDATES);
      const masked = maskPersonal(text, reading.slots);
      if (!isWorthAsking(masked.text, reading, candidates)) return reading;
      const answer = await model.ask(triageQuestion(masked.text, candidates), patience?.()).catch(withoutHelp);
      return answer ? merged(message, reading, candidates, restored(answer, masked.restore)) : reading;
    },
  };
}

/** Faults of the model are expected and counted where it is guarded; any other is ours and must be seen. */
function withoutHelp(error: unknown): undefined {
  if (error instanceof ModelError) return undefined;
  throw error;
}

function restored(answer: TriageAnswer, restore: (words: string) => string): TriageAnswer {
  const quotes = Object.entries(answer.quotes).map(([slot, words]) => [slot, restore(words)]);
  return { ...answer, quotes: Object.fromEntries(quotes), matters: answer.matters.map(restore) };
}
