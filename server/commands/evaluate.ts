import type { Segmenter } from "../../knowledge/text/segment.ts";
import { createClassifier, type LearnedClassifier } from "../../knowledge/triage/learned/classifier.ts";
import { calibrationError, measureLabels } from "../../knowledge/triage/learned/measure.ts";
import type { LabelledMessage } from "../../knowledge/triage/learned/message.ts";
import { trainModel } from "../../knowledge/triage/learned/train.ts";
import { InputError } from "./json-lines.ts";
import { openClassifier, readLabelled } from "./triage.ts";

type Input = AsyncIterable<string>;

/**
 * `data` is what is measured on. The classifier is the model file `model`, or is learned from `train` first; with neither, `data` itself is
 * cross-validated.
 */
export interface EvaluateOptions {
  data: Input;
  model?: string;
  train?: Input;
  /** Messages are judged by their titles alone. */
  titleOnly?: boolean;
  segmenter: Segmenter;
}

export type EvaluateTask = (options: EvaluateOptions) => Promise<object>;

/** What `evaluate TASK` can measure. A further task is one more line. */
const tasks: Readonly<Record<string, EvaluateTask>> = {
  category: evaluateLabels,
  kind: evaluateLabels,
};

export const evaluateTasks: readonly string[] = Object.keys(tasks);

/** Yields one object: the task, what was measured and how, and the metrics. Throws an InputError for a task that is not known. */
export async function* evaluate(task: string, options: EvaluateOptions): AsyncGenerator<object> {
  const run = Object.hasOwn(tasks, task) ? tasks[task] : undefined;
  if (!run) throw new InputError(`unknown task ${task}; known: ${evaluateTasks.join(", ")}`);
  yield { task, ...(await run(options)) };
}

async function evaluateLabels(options: EvaluateOptions): Promise<object> {
  const examples = await readLabelled(options.data);
  if (examples.length === 0) throw new InputError("there is no line to measure on");
  const input = options.titleOnly ? "title" : "title+text";
  const { classifier, measured } = await classifierFor(options);
  if (!classifier) return { measured, input, ...crossValidated(examples, options) };
  return { measured, input, ...measureOn(classifier, examples, options.titleOnly ?? false) };
}

async function classifierFor({ model, train, segmenter }: EvaluateOptions): Promise<{
  classifier?: LearnedClassifier;
  measured: string;
}> {
  if (model !== undefined) return { classifier: await openClassifier({ model, segmenter }), measured: "model file" };
  if (train === undefined) return { measured: "cross-validation on the data" };
  const trained = trainModel({ examples: await readLabelled(train), segmenter });
  return { classifier: createClassifier(trained.model, segmenter), measured: "model learned from the training file" };
}

function crossValidated(examples: readonly LabelledMessage[], { segmenter, titleOnly }: EvaluateOptions): object {
  const { report } = trainModel({ examples, segmenter });
  const best = report.profiles[report.profile];
  return { folds: report.folds, profile: report.profile, ...(titleOnly ? best?.titleAlone : best?.asSent) };
}

function measureOn(classifier: LearnedClassifier, examples: readonly LabelledMessage[], titleOnly: boolean): object {
  const startedAt = performance.now();
  const pairs = examples.map(({ title, text, label }) => {
    const guess = classifier.predict({ title, text: titleOnly ? "" : text });
    return { wanted: label, guessed: guess.label, p: guess.scores[guess.label] ?? 0 };
  });
  const msPerMessage = (performance.now() - startedAt) / examples.length;
  const guesses = pairs.map(({ wanted, guessed, p }) => ({ p, right: wanted === guessed }));
  return { ...measureLabels(pairs), calibrationError: calibrationError(guesses), msPerMessage };
}
