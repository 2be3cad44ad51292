import type { CategoryGuess } from "../../bots/model/index.ts";
import { calibrationError } from "../triage/learned/measure.ts";

/** A citizen's words and the leaves that people accept for them; none when no leaf fits. */
export interface LabelledLeaves {
  text: string;
  leaves: readonly string[];
}

/** What was guessed at a message, best first, and which guesses the dialogue took or offered. */
export interface Judged extends LabelledLeaves {
  guesses: readonly CategoryGuess[];
  choice: { kind: "taken" | "offered" | "open"; codes: readonly string[] };
}

/**
 * How well leaves are found. `top1`, `top3` and `class1` (the first level) are over the messages that have a leaf, the rest over all. `ece` is the expected
 * calibration error of the best guess in ten bins. `coverage` is the share taken without asking, `asked` that offered as choices;
 * `precisionTaken` how often the taken leaf is right, `precisionAsked` how often a right one is among the offered.
 */
export function measureLeaves(judged: readonly Judged[]): Record<string, number> {
  const labelled = judged.filter(({ leaves }) => leaves.length > 0);
  const taken = judged.filter(({ choice }) => choice.kind === "taken");
  const asked = judged.filter(({ choice }) => choice.kind === "offered");
  return {
    messages: judged.length,
    withoutLeaf: judged.length - labelled.length,
    top1: share(labelled, ({ guesses, leaves }) => isAmong(guesses.slice(0, 1), leaves)),
    top3: share(labelled, ({ guesses, leaves }) => isAmong(guesses.slice(0, 3), leaves)),
    class1: share(labelled, ({ guesses, leaves }) =>
      leaves.some((code) => code.slice(0, 2) === guesses[0]?.code.slice(0, 2)),
    ),
    ece: calibrationError(
      judged.map(({ guesses, leaves }) => ({
        p: guesses[0]?.confidence ?? 0,
        right: isAmong(guesses.slice(0, 1), leaves),
      })),
    ),
    coverage: share(judged, ({ choice }) => choice.kind === "taken"),
    precisionTaken: share(taken, offersRight),
    asked: share(judged, ({ choice }) => choice.kind === "offered"),
    precisionAsked: share(asked, offersRight),
  };
}

const offersRight = ({ choice, leaves }: Judged): boolean => choice.codes.some((code) => leaves.includes(code));

const isAmong = (guesses: readonly CategoryGuess[], leaves: readonly string[]): boolean =>
  guesses.some(({ code }) => leaves.includes(code));

/** 0 of nothing. */
const share = <T>(all: readonly T[], holds: (one: T) => boolean): number =>
  all.length === 0 ? 0 : all.filter(holds).length / all.length;
