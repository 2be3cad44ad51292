import { readFile, writeFile } from "node:fs/promises";
import { z } from "zod";
import type { Segmenter } from "../../knowledge/text/segment.ts";
import { createClassifier, type LearnedClassifier } from "../../knowledge/triage/learned/classifier.ts";
import type { LabelledMessage } from "../../knowledge/triage/learned/message.ts";
import { readModel, writeModel } from "../../knowledge/triage/learned/model-file.ts";
import { type TrainingReport, trainModel } from "../../knowledge/triage/learned/train.ts";
import { readJsonLines } from "./json-lines.ts";

type Input = AsyncIterable<string>;

const part = z
  .string()
  .nullish()
  .transform((given) => given ?? "");
const message = z.object({ id: z.union([z.string(), z.number()]), title: part, text: part });
const labelled = z.object({ title: part, text: part, label: z.string().min(1) });

/** Lines `{title?, text, label}`. Throws an InputError that names the faulty line. */
export async function readLabelled(input: Input): Promise<LabelledMessage[]> {
  const examples: LabelledMessage[] = [];
  for await (const { value } of readJsonLines(input, labelled)) examples.push(value);
  return examples;
}

/**
 * Learns from all lines of `input` and writes the model to `out`; `report` gets lines for people. Nothing is written when the lines have a
 * fault (InputError) or nothing can be learned from them (TrainingDataError).
 */
export async function triageTrain(options: {
  input: Input;
  out: string;
  segmenter: Segmenter;
  report: (line: string) => void;
}): Promise<void> {
  const startedAt = performance.now();
  const examples = await readLabelled(options.input);
  const { model, report } = trainModel({ examples, segmenter: options.segmenter });
  const file = writeModel(model);
  await writeFile(options.out, file);
  const seconds = (performance.now() - startedAt) / 1000;
  for (const line of trainingLines(report)) options.report(line);
  options.report(`${options.out}: ${file.length} bytes, ${report.features} features, ${seconds.toFixed(1)} s`);
}

function trainingLines(report: TrainingReport): string[] {
  const counts = Object.entries(report.counts);
  const f1 = (share: number | undefined): string => (share ?? 0).toFixed(4);
  return [
    `${counts.length} labels: ${counts.map(([label, count]) => `${label} ${count}`).join(", ")}`,
    ...Object.entries(report.profiles).map(
      ([name, { asSent, both, titleAlone, textAlone }]) =>
        `profile ${name}${name === report.profile ? " (taken)" : ""}: macro-F1 ${f1(asSent.macroF1)} in ${report.folds}-fold ` +
        `cross-validation; ${f1(both.macroF1)} where there is title and text; ${f1(titleAlone.macroF1)} by the title alone; ` +
        `${f1(textAlone.macroF1)} by the text alone`,
    ),
  ];
}

/** Throws a ModelFileError when the file is not a model, or damaged. */
export async function openClassifier(options: { model: string; segmenter: Segmenter }): Promise<LearnedClassifier> {
  return createClassifier(readModel(await readFile(options.model)), options.segmenter);
}

/** `{id, title?, text}` → `{id, label, scores: {label: p}}` in the same order; the p of a line sum to 1. */
export async function* triagePredict(options: {
  input: Input;
  model: string;
  segmenter: Segmenter;
}): AsyncGenerator<object> {
  const classifier = await openClassifier(options);
  for await (const { value } of readJsonLines(options.input, message)) {
    yield { id: value.id, ...classifier.predict(value) };
  }
}
