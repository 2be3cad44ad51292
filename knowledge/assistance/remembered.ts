import { createHash } from "node:crypto";
import type { Clock, LanguageModel, ModelQuestion } from "../../bots/ports.ts";

const MAX_REMEMBERED = 500;

/**
 * Gives the same question the same answer for `forMs`, failures included: a turn that has to be computed again, or words sent twice, ask once.
 * Questions are kept as hashes only.
 */
export function rememberAnswers(options: { model: LanguageModel; clock: Clock; forMs: number }): LanguageModel {
  const { model, clock, forMs } = options;
  const answers = new Map<string, { answer: Promise<unknown>; untilMs: number }>();

  function forget(nowMs: number): void {
    for (const [key, { untilMs }] of answers) {
      if (untilMs > nowMs && answers.size < MAX_REMEMBERED) return;
      answers.delete(key);
    }
  }

  return {
    ask<T>(question: ModelQuestion<T>, patience?: AbortSignal): Promise<T> {
      const nowMs = clock.now().getTime();
      forget(nowMs);
      const key = keyOf(question);
      const known = answers.get(key);
      // One key stands for one prompt in one version, so its answers are of one type.
      if (known && known.untilMs > nowMs) return known.answer as Promise<T>;
      const answer = model.ask(question, patience);
      answers.set(key, { answer, untilMs: nowMs + forMs });
      return answer;
    },
  };
}

const keyOf = ({ name, instructions, data, schema }: ModelQuestion<unknown>): string =>
  createHash("sha256")
    .update(JSON.stringify([name, instructions, data, schema]))
    .digest("base64");
