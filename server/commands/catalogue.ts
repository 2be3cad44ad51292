import { writeFile } from "node:fs/promises";
import { z } from "zod";
import type { CategoryGuess } from "../../bots/model/index.ts";
import { chooseCategory } from "../../flows/intake/choose-category.ts";
import { createCatalogue } from "../../knowledge/catalogue/catalogue.ts";
import { createEvidence } from "../../knowledge/catalogue/evidence.ts";
import { learnRanking } from "../../knowledge/catalogue/learn.ts";
import { lessonsFrom, lessonsFromExamples } from "../../knowledge/catalogue/lessons.ts";
import { loadCatalogue } from "../../knowledge/catalogue/load.ts";
import { type Judged, type LabelledLeaves, measureLeaves } from "../../knowledge/catalogue/measure.ts";
import { loadRanking, writeRanking } from "../../knowledge/catalogue/ranking-file.ts";
import type { Segmenter } from "../../knowledge/text/segment.ts";
import { InputError, readJsonLines } from "./json-lines.ts";

type Input = AsyncIterable<string>;

const code = z.string().regex(/^\d{6}$/, "a leaf's code has six digits");
const labelled = z.union([
  z.object({ text: z.string(), leaf: code }).transform(({ text, leaf }) => ({ text, leaves: [leaf] })),
  z.object({ text: z.string(), leaves: z.array(code) }),
]);

/** Fewer messages than this teach nothing. */
const LEAST = 50;
const GUESSES = 3;

/** Lines `{text, leaf}` as tickets have them, or `{text, leaves: []}` when people accept several or none. */
async function readLabelled(input: Input): Promise<LabelledLeaves[]> {
  const messages: LabelledLeaves[] = [];
  for await (const { value } of readJsonLines(input, labelled)) messages.push(value);
  return messages;
}

/**
 * Learns from lines `{text, leaf}`, and from examples of the catalogue, how much each signal counts and how sure a guess may be; writes `out`. Nothing is kept of the texts. Takes about
 * a second for every 500 lines. `dir` is the folder of the catalogue. Throws an InputError when there is too little to learn from.
 */
export async function catalogueTrain(options: {
  input: Input;
  out: string;
  dir?: string | undefined;
  segmenter: Segmenter;
  report: (line: string) => void;
}): Promise<void> {
  const messages = await readLabelled(options.input);
  if (messages.length < LEAST)
    throw new InputError(`${messages.length} lines are too few; at least ${LEAST} are needed`);
  const { leaves } = loadCatalogue(options.dir);
  const lessons = lessonsFrom(messages, createEvidence({ leaves, segmenter: options.segmenter }));
  const examples = lessonsFromExamples(leaves, options.segmenter);
  const file = writeRanking(learnRanking([...lessons, ...examples]));
  await writeFile(options.out, file);
  const found = lessons.filter(({ right }) => right.some(Boolean)).length;
  options.report(`${messages.length} messages, of ${found} a right leaf was among the candidates`);
  options.report(`${examples.length} examples of the catalogue itself, left out of it and learned from`);
  options.report(`${options.out}: ${file.length} bytes`);
}

/** Lines as for `catalogueTrain` → one object of figures (measureLeaves), with what the dialogue would do of itself. */
export async function* evaluateLeaves(options: {
  input: Input;
  dir?: string | undefined;
  segmenter: Segmenter;
}): AsyncGenerator<object> {
  const messages = await readLabelled(options.input);
  if (messages.length === 0) throw new InputError("there is no line to measure on");
  const { leaves } = loadCatalogue(options.dir);
  const ranking = loadRanking(options.dir);
  const catalogue = createCatalogue({ leaves, segmenter: options.segmenter, ranking });
  catalogue.rank(messages[0]?.text ?? "", 1);
  const startedAt = performance.now();
  const guessed = messages.map((message) => ({ ...message, guesses: catalogue.rank(message.text, GUESSES) }));
  const msPerMessage = (performance.now() - startedAt) / messages.length;
  const judged = guessed.map((message) => ({ ...message, choice: codesOf(message.guesses) }));
  yield { task: "leaves", ...measureLeaves(judged), msPerMessage };
}

/** What the dialogue does with guesses, as codes. */
function codesOf(guesses: readonly CategoryGuess[]): Judged["choice"] {
  const choice = chooseCategory(guesses);
  switch (choice.kind) {
    case "taken":
      return { kind: "taken", codes: [choice.guess.code] };
    case "offered":
      return { kind: "offered", codes: choice.guesses.map((guess) => guess.code) };
    case "open":
      return { kind: "open", codes: [] };
    default:
      return choice satisfies never;
  }
}
