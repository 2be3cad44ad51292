import { ModelError } from "../../../bots/errors.ts";
import type { Answer } from "../../../bots/model/index.ts";
import type { KnowledgeBase, LanguageModel } from "../../../bots/ports.ts";
import { type WordedSentence, wordingQuestion } from "../../prompts/wording-1.ts";
import type { Segmenter } from "../../text/segment.ts";
import { maskPersonal } from "../../triage/assisted/masking.ts";
import { join, type Span, sentences, trim } from "../passages.ts";
import { maskedQuestion } from "./masked-question.ts";
import { isSupported } from "./supported.ts";

type Answered = Extract<Answer, { kind: "answered" }>;

/** In UTF-16 units. Of anything shorter nothing can be left out; passages together are at most what an answer shows. */
const WORTH_FROM = 80;
const PASSAGE_LENGTH = 400;
const MOST_PASSAGES = 3;

/**
 * A base whose answers are worded by a model where the caller has patience for it, from the passages of the answer alone. What the base refuses
 * stays refused; who is late, gone or says anything that the passages do not say leaves the answer as it was.
 */
export function wordAnswers(parts: {
  knowledge: KnowledgeBase;
  model: LanguageModel;
  segmenter: Segmenter;
}): KnowledgeBase {
  const { knowledge, model, segmenter } = parts;
  return {
    ...knowledge,
    async answer(question, at, how) {
      const answer = await knowledge.answer(question, at, how);
      const patience = how?.patience;
      if (answer.kind !== "answered" || !patience || answer.text.length < WORTH_FROM) return answer;
      const passages = passagesOf(answer.text);
      const texts = passages.map(({ start, end }) => maskPersonal(answer.text.slice(start, end), []));
      const asked = wordingQuestion(
        maskedQuestion(answer.understoodAs ?? question, at),
        texts.map(({ text }) => text),
      );
      const worded = await model.ask(asked, patience()).catch(withoutHelp);
      const restored = worded?.map(({ text, passage }) => ({ text: texts[passage]?.restore(text) ?? text, passage }));
      return restored ? withWording(answer, restored, passages, segmenter) : answer;
    },
  };
}

const passagesOf = (text: string): Span[] =>
  join(sentences(text, PASSAGE_LENGTH), PASSAGE_LENGTH)
    .map((span) => trim(text, span))
    .slice(0, MOST_PASSAGES);

/** Faults of the model are expected and counted where it is guarded; any other is ours and must be seen. */
function withoutHelp(error: unknown): undefined {
  if (error instanceof ModelError) return undefined;
  throw error;
}

/** The answer with its wording, quoting the passages that bear it; as it was when any sentence is not borne, or nothing was gained. */
function withWording(
  answer: Answered,
  worded: readonly WordedSentence[],
  passages: readonly Span[],
  segmenter: Segmenter,
): Answered {
  const [source, ...others] = answer.sources;
  const heading = [source.question, source.title].join("\n");
  const isTrue = ({ text, passage }: WordedSentence) => {
    const { start, end } = passages[passage] as Span;
    return isSupported(text, { text: answer.text.slice(start, end), heading, whole: answer.text }, segmenter);
  };
  const wording = worded.map(({ text }) => text.trim().replace(/[，,；;。.]*$/u, "。")).join("");
  if (worded.length === 0 || wording.length >= answer.text.length || !worded.every(isTrue)) return answer;
  const used = worded.map(({ passage }) => passages[passage] as Span);
  const start = Math.min(...used.map((span) => span.start));
  const end = Math.max(...used.map((span) => span.end));
  return { ...answer, wording, sources: [{ ...source, quote: answer.text.slice(start, end) }, ...others] };
}
