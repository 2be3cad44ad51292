import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { measureLabels } from "../../knowledge/triage/learned/measure.ts";
import { compose } from "../compose.ts";
import type { ComposeOptions, House } from "../house.ts";
import { createLogger } from "../log.ts";
import { type Course, converse } from "../simulation/converse.ts";
import { createListeningChannel } from "../simulation/listening-channel.ts";
import { createRecords, type LabelledLetter } from "../simulation/records.ts";
import { InputError, readJsonLines } from "./json-lines.ts";

const letterLine = z.object({
  id: z.string().min(1),
  title: z.string().optional(),
  text: z.string(),
  label: z.string().min(1),
});

/**
 * Lets a simulated citizen bring each letter to a whole bot in a folder of its own that is gone afterwards, and yields how it went:
 * the share that ended in an accepted ticket, messages from the opening to the confirmation, questions that were put twice, and how
 * often the ticket's leaf lies under the letter's label. Throws an InputError for lines of another shape.
 */
export async function* evaluateIntake(options: {
  input: AsyncIterable<string>;
  /** The label of the data set that a leaf of our catalogue falls under. */
  labelOf(code: string): string | undefined;
  model?: ComposeOptions["model"];
  onProgress?(done: number): void;
}): AsyncGenerator<object> {
  const letters: LabelledLetter[] = [];
  for await (const { value } of readJsonLines(options.input, letterLine)) letters.push(value);
  if (letters.length === 0) throw new InputError("there is no letter to bring");
  const dataDir = mkdtempSync(join(tmpdir(), "jiesu-intake-"));
  const channel = createListeningChannel();
  const house = await compose({
    dataDir,
    secretKey: "simulated citizens only: ".padEnd(40, "x"),
    log: createLogger("silent"),
    channels: () => [channel],
    model: options.model,
  });
  try {
    house.start();
    const courses: Course[] = [];
    for (const record of createRecords(letters, { divisions: house.divisions, labelOf: options.labelOf })) {
      courses.push(await converse(house, channel, record));
      options.onProgress?.(courses.length);
    }
    yield { task: "intake", ...summarise(courses), firstLevel: firstLevel(house, letters, courses, options.labelOf) };
  } finally {
    await house.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function summarise(courses: readonly Course[]) {
  const filed = courses.filter(({ number }) => number !== undefined);
  const turns = filed.map((course) => course.turns).toSorted((a, b) => a - b);
  const at = (share: number) => turns[Math.min(turns.length - 1, Math.floor(turns.length * share))];
  return {
    letters: courses.length,
    completed: filed.length,
    completionRate: filed.length / courses.length,
    medianTurns: at(0.5),
    p90Turns: at(0.9),
    questionsAskedTwice: courses.reduce((sum, { askedTwice }) => sum + askedTwice.length, 0),
    categoryAsked: courses.filter(({ asked }) => asked.includes("category")).length / courses.length,
    notCompleted: courses
      .filter(({ number }) => number === undefined)
      .map(({ id, asked }) => ({ id, asked }))
      .slice(0, 20),
    askedTwice: courses
      .filter(({ askedTwice }) => askedTwice.length > 0)
      .map(({ id, asked }) => ({ id, asked }))
      .slice(0, 20),
  };
}

/** The label that the ticket's leaf falls under, beside the letter's own; a ticket without a leaf counts as wrong. */
function firstLevel(
  house: House,
  letters: readonly LabelledLetter[],
  courses: readonly Course[],
  labelOf: (code: string) => string | undefined,
) {
  const pairs = letters.map(({ label }, index) => {
    const ticket = house.desk?.ticket(courses[index]?.number ?? "")?.ticket;
    return { wanted: label, guessed: labelOf(ticket?.categoryCode ?? "") ?? "none" };
  });
  return { ...measureLabels(pairs), leftOpen: pairs.filter(({ guessed }) => guessed === "none").length / pairs.length };
}
