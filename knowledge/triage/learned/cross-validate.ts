import { type CountMatrix, countMatrix, raritiesOf, type SparseMatrix, score, weigh } from "./matrix.ts";
import type { LearnerOptions, Profile } from "./profile.ts";
import { trainSeparators } from "./separators.ts";
import { partsOf, type ReadMessage, textAlone, titleAlone } from "./tokens.ts";

/** Messages with their features counted: of `n` messages row i is message i as sent, row n + i its title alone, row 2n + i its text alone. */
export interface Course {
  counts: CountMatrix;
  profile: Profile;
  messages: readonly ReadMessage[];
  /** Of each message, the number of its class. */
  classes: Int32Array;
  classCount: number;
  seed: number;
}

export function openCourse(options: Omit<Course, "counts">): Course {
  const { messages, profile } = options;
  const rows = [...messages, ...messages.map(titleAlone), ...messages.map(textAlone)];
  return { ...options, counts: countMatrix(rows, profile.families) };
}

export interface Learned {
  /** The weighed rows of all messages. */
  matrix: SparseMatrix;
  /** Of each column, how rare it is among the messages learned from. */
  rarities: Float32Array;
  separators: Separators;
}

/** Of each class, a weight a column, then the bias: `parts` for messages that lack a part, where they are judged apart. */
export interface Separators {
  whole: Float32Array[];
  parts?: Float32Array[];
}

/** Learns from the messages `among`. */
export function learn(course: Course, among: Int32Array): Learned {
  const { counts, profile, messages, classes, classCount, seed } = course;
  const rarities = raritiesOf(counts, among);
  const matrix = weigh(counts, rarities);
  const learnFrom = (rows: Int32Array, learners: readonly LearnerOptions[]): Float32Array[] => {
    const classOfRow = rows.map((row) => classes[row % messages.length] as number);
    return meanOf(
      learners.map((learner) => trainSeparators({ matrix, rows, classes: classOfRow, classCount, learner, seed })),
    );
  };
  const whole = learnFrom(among, profile.whole);
  if (profile.parts === undefined) return { matrix, rarities, separators: { whole } };
  return { matrix, rarities, separators: { whole, parts: learnFrom(withParts(messages, among), profile.parts) } };
}

/** The rows of messages and, of those that have both, of their titles alone and their texts alone. */
function withParts(messages: readonly ReadMessage[], among: Int32Array): Int32Array {
  const n = messages.length;
  const divisible = [...among].filter((i) => partsOf(messages[i] as ReadMessage) === "both");
  return Int32Array.from([...among, ...divisible.map((i) => n + i), ...divisible.map((i) => 2 * n + i)]);
}

/** Of each class, the mean of its separators. */
function meanOf(learned: readonly Float32Array[][]): Float32Array[] {
  const [first = []] = learned;
  return first.map((weights, k) =>
    weights.map((_, column) => learned.reduce((sum, each) => sum + (each[k]?.[column] ?? 0), 0) / learned.length),
  );
}

/** Scores of every class for each message by separators that never saw it. */
export interface HeldOut {
  asSent: number[][];
  titleAlone: number[][];
  textAlone: number[][];
}

export function crossValidate(course: Course, folds: Int32Array): HeldOut {
  const n = course.messages.length;
  const held: HeldOut = { asSent: [], titleAlone: [], textAlone: [] };
  for (const fold of new Set(folds)) {
    const among = Int32Array.from(folds.keys()).filter((i) => folds[i] !== fold);
    const { matrix, separators } = learn(course, among);
    const { whole, parts = whole } = separators;
    const scores = (row: number, by: Float32Array[]): number[] => by.map((weights) => score(matrix, row, weights));
    for (const i of folds.keys()) {
      if (folds[i] !== fold) continue;
      held.asSent[i] = scores(i, partsOf(course.messages[i] as ReadMessage) === "both" ? whole : parts);
      held.titleAlone[i] = scores(n + i, parts);
      held.textAlone[i] = scores(2 * n + i, parts);
    }
  }
  return held;
}
