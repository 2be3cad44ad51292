import { type CountMatrix, countMatrix, raritiesOf, type SparseMatrix, score, weigh } from "./matrix.ts";
import type { Profile } from "./profile.ts";
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
  /** Of each class, a weight a column, then the bias. */
  separators: Float32Array[];
}

/** Learns from the messages `among`. */
export function learn(course: Course, among: Int32Array): Learned {
  const { counts, profile, messages, classes, classCount, seed } = course;
  const rarities = raritiesOf(counts, among);
  const matrix = weigh(counts, rarities);
  const rowsOf = { asSent: among, withParts: withParts(messages, among) };
  const learned = profile.learners.map((learner) => {
    const rows = rowsOf[learner.from];
    const classOfRow = rows.map((row) => classes[row % messages.length] as number);
    return trainSeparators({ matrix, rows, classes: classOfRow, classCount, learner, seed });
  });
  return { matrix, rarities, separators: meanOf(learned) };
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
    const scores = (row: number): number[] => separators.map((weights) => score(matrix, row, weights));
    for (const i of folds.keys()) {
      if (folds[i] !== fold) continue;
      held.asSent[i] = scores(i);
      held.titleAlone[i] = scores(n + i);
      held.textAlone[i] = scores(2 * n + i);
    }
  }
  return held;
}
