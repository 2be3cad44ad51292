import { readFileSync } from "node:fs";

/**
 * Messages of our own with what is expected of them, one JSON object a line. Rules were written with the `tuned` lines in sight; the `held`
 * ones were only ever counted, so that their figures tell how the rules do on messages nobody looked at.
 */
export type Probe<Expected> = Expected & { text: string; half: "tuned" | "held" };

/** All lines of `name`.jsonl of this folder. */
export const probeOf = <Expected>(name: string): Probe<Expected>[] =>
  readFileSync(new URL(`${name}.jsonl`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** The share of `cases` that are right, 0 to 1, and the texts of the others for the message of a failing test. */
export function shareOf<Case extends { text: string }>(cases: readonly Case[], isRight: (one: Case) => boolean) {
  const wrong = cases.filter((one) => !isRight(one)).map(({ text }) => text);
  return { share: 1 - wrong.length / cases.length, wrong };
}
