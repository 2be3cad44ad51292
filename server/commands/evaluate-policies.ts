import { openClassroom } from "../../knowledge/policies/ranking/lessons.ts";
import { measureAll, paperFigures, retrievalFigures } from "../../knowledge/policies/ranking/measure-ranking.ts";
import type { Segmenter } from "../../knowledge/text/segment.ts";
import { closerClassroom } from "../../knowledge/vectors/classroom.ts";
import type { Embedder } from "../../knowledge/vectors/embedder.ts";
import { documentsBeside, readDocuments, readQuestions } from "./labelled-questions.ts";

export const policyTasks = ["policy", "policy-answer", "policy-refuse", "reply"] as const;
export type PolicyTask = (typeof policyTasks)[number];

/**
 * Asks the questions of lines `{id, query, doc, answer?}` of a base of the documents `{id, text}` and yields one object of figures.
 * `docs` is found beside `data` when it is not named. With an `embedder` the base is searched by meaning too, where it passes the probation;
 * `vectors` then tells what became of it.
 */
export async function* evaluatePolicies(
  task: PolicyTask,
  options: { data: string; docs?: string | undefined; segmenter: Segmenter; embedder?: Embedder | undefined },
): AsyncGenerator<object> {
  const { data, docs, segmenter, embedder } = options;
  const documents = await readDocuments(docs ?? documentsBeside(data));
  const questions = await readQuestions(data, documents);
  const startedAt = performance.now();
  const byWords = openClassroom(documents, segmenter);
  const { classroom, ...use } = embedder
    ? await closerClassroom(byWords, { embedder, questions })
    : { classroom: byWords };
  const fared = measureAll(questions, classroom);
  const about = { task, documents: documents.length, questions: questions.length, ...use };
  const { answerInFirst, quoted, refusalAUROC } = paperFigures(fared);
  const msPerQuestion = (performance.now() - startedAt) / (2 * questions.length);
  switch (task) {
    case "policy":
      yield { ...about, ...retrievalFigures(fared), answerInFirst, msPerQuestion };
      break;
    case "policy-answer":
      yield { ...about, quoted };
      break;
    case "policy-refuse":
      yield { ...about, AUROC: refusalAUROC };
      break;
    case "reply":
      yield { ...about, ...retrievalFigures(fared), msPerQuestion };
      break;
    default:
      throw new Error(`unknown task ${task satisfies never}`);
  }
}
