import type { Command } from "commander";
import { loadMunicipalLabels } from "../../knowledge/catalogue/municipal-labels.ts";
import { loadAddressFinder } from "../../knowledge/places/parsing/address-in.ts";
import { createSegmenter } from "../../knowledge/text/segment.ts";
import { evaluateLeaves } from "../commands/catalogue.ts";
import { evaluate, evaluateTasks } from "../commands/evaluate.ts";
import { evaluateIntake } from "../commands/evaluate-intake.ts";
import { evaluatePolicies, type PolicyTask, policyTasks } from "../commands/evaluate-policies.ts";
import { evaluateResolve } from "../commands/evaluate-resolve.ts";
import { fileLines } from "../commands/lines.ts";
import { evaluateMatters } from "../commands/matters.ts";
import { evaluatePlaces } from "../commands/places-parse.ts";
import { readConfig } from "../config.ts";
import { languageModel, openEmbedder } from "../language-model.ts";
import { createLogger } from "../log.ts";
import { type Common, cityOf, command, print, tell } from "./parts.ts";

/** A sign of life for people; the result itself goes to standard output. */
function counting(done: number): void {
  if (done % 100 === 0) tell(`${done} conversations`);
}

interface Evaluation {
  data: string;
  model?: string;
  train?: string;
  titleOnly: boolean;
  catalogue?: string;
  docs?: string;
}

type Measure = (options: Evaluation & Common) => AsyncIterable<object>;

const measures: Record<string, Measure> = {
  places: ({ data }) => evaluatePlaces({ input: fileLines(data), finder: loadAddressFinder() }),
  resolve: ({ data, dataDir }) => evaluateResolve({ input: fileLines(data), ...cityOf({ dataDir }) }),
  intake({ data }) {
    const { model } = languageModel(readConfig());
    return evaluateIntake({ input: fileLines(data), labelOf: loadMunicipalLabels(), model, onProgress: counting });
  },
  leaves: ({ data, catalogue: dir }) => evaluateLeaves({ input: fileLines(data), dir, segmenter: createSegmenter() }),
  matters: ({ data, dataDir }) => evaluateMatters({ data: fileLines(data), ...cityOf({ dataDir }) }),
  ...Object.fromEntries(policyTasks.map((task): [string, Measure] => [task, (options) => policies(task, options)])),
  ...Object.fromEntries(evaluateTasks.map((task): [string, Measure] => [task, (options) => labels(task, options)])),
};

async function* policies(task: PolicyTask, { data, docs }: Evaluation): AsyncGenerator<object> {
  const rooms = { clock: { now: () => new Date() }, log: createLogger("warn") };
  const embedder = await openEmbedder(readConfig(), rooms);
  yield* evaluatePolicies(task, { data, docs, segmenter: createSegmenter(), embedder });
}

function labels(task: string, { data, train, model, titleOnly }: Evaluation): AsyncIterable<object> {
  const learnFrom = train === undefined ? {} : { train: fileLines(train) };
  return evaluate(task, { data: fileLines(data), ...learnFrom, model, titleOnly, segmenter: createSegmenter() });
}

/** Measuring on labelled lines. */
export function addEvaluateCommand(program: Command): void {
  const tasks = Object.keys(measures);
  command(program, "evaluate <task>", `measure on labelled lines: ${tasks.join(", ")}`)
    .requiredOption("--data <file>", "what to measure on")
    .option("--model <model>", "category, kind: a model file of `triage train`")
    .option("--train <file>", "category, kind: learn from this first; without either, the data are cross-validated")
    .option("--title-only", "category, kind: judge by the titles alone", false)
    .option("--catalogue <folder>", "leaves: a catalogue of another city")
    .option("--docs <file>", "policy…, reply: the documents, when they are not beside the data as …-docs.jsonl")
    .action((task: string, options: Evaluation & Common) => {
      const measure = Object.hasOwn(measures, task) ? measures[task] : undefined;
      if (!measure) throw new Error(`unknown task ${task}; known: ${tasks.join(", ")}`);
      return print(measure(options));
    });
}
