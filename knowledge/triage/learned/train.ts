import type { Segmenter } from "../../text/segment.ts";
import { fitSharpness } from "./calibrate.ts";
import { type Course, crossValidate, type HeldOut, learn, openCourse } from "./cross-validate.ts";
import { assignFolds } from "./folds.ts";
import { type Measures, measureLabels } from "./measure.ts";
import type { LabelledMessage } from "./message.ts";
import { type LearnedModel, packModel } from "./model.ts";
import { type ProfileName, profiles } from "./profile.ts";
import { readMessage } from "./tokens.ts";

/** What cross-validation says of one profile: messages as they came, those of them with both parts, all by their titles or texts alone. */
export interface ProfileReport {
  asSent: Measures;
  both: Measures;
  titleAlone: Measures;
  textAlone: Measures;
}

export interface TrainingReport {
  /** Of each label, how many messages. */
  counts: Record<string, number>;
  folds: number;
  profile: ProfileName;
  profiles: Partial<Record<ProfileName, ProfileReport>>;
  features: number;
}

/** Training data that nothing can be learned from; the message says what is missing. */
export class TrainingDataError extends Error {
  override readonly name = "TrainingDataError";
}

const FOLDS = 5;
const SEED = 7;

/**
 * Learns to tell the labels of `examples` apart. Every profile is cross-validated, the better one is taken, its probabilities are
 * calibrated on the messages held out, and it learns once more from all. The same examples give the same model. Throws a TrainingDataError unless there are
 * two labels with two messages each.
 */
export function trainModel(options: { examples: readonly LabelledMessage[]; segmenter: Segmenter }): {
  model: LearnedModel;
  report: TrainingReport;
} {
  const { examples, segmenter } = options;
  const counts = countLabels(examples);
  const labels = Object.keys(counts);
  const messages = examples.map((example) => readMessage(example, segmenter));
  const classes = Int32Array.from(examples, ({ label }) => labels.indexOf(label));
  const count = Math.min(FOLDS, ...Object.values(counts));
  const folds = assignFolds({ messages, classes, count, seed: SEED });
  const tried = Object.values(profiles).map((profile) => {
    const course = openCourse({ messages, profile, classes, classCount: labels.length, seed: SEED });
    const held = crossValidate(course, folds);
    return { name: profile.name, course, held, report: reportOf(course, held, labels) };
  });
  const best = tried.reduce((one, other) => (other.report.asSent.macroF1 > one.report.asSent.macroF1 ? other : one));
  const { rarities, separators } = learn(best.course, Int32Array.from(messages.keys()));
  const model = packModel({
    ...{ labels, profile: best.name, sharpness: sharpnessOf(best.course, best.held) },
    ...{ features: best.course.counts.features, rarities, separators },
  });
  const reports = Object.fromEntries(tried.map(({ name, report }) => [name, report]));
  const features = model.features.length;
  return { model, report: { counts, folds: count, profile: best.name, profiles: reports, features } };
}

function countLabels(examples: readonly LabelledMessage[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { label } of examples) counts.set(label, (counts.get(label) ?? 0) + 1);
  if (counts.size < 2) throw new TrainingDataError("at least two labels are needed to learn what tells them apart");
  const lonely = [...counts].filter(([, count]) => count < 2);
  if (lonely.length > 0) {
    throw new TrainingDataError(
      `at least two messages of each label are needed; one only: ${lonely.map(([l]) => l).join(", ")}`,
    );
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function reportOf(course: Course, held: HeldOut, labels: readonly string[]): ProfileReport {
  const pairs = (scores: readonly number[][]) =>
    scores.map((each, i) => ({
      wanted: labels[course.classes[i] as number] as string,
      guessed: labels[each.indexOf(Math.max(...each))] as string,
    }));
  return {
    asSent: measureLabels(pairs(held.asSent)),
    both: measureLabels(pairs(held.asSent).filter((_, i) => hasBoth(course, i))),
    titleAlone: measureLabels(pairs(held.titleAlone)),
    textAlone: measureLabels(pairs(held.textAlone).filter((_, i) => hasText(course, i))),
  };
}

const hasText = ({ messages }: Course, i: number): boolean => messages[i]?.text !== "";
const hasBoth = (course: Course, i: number): boolean => hasText(course, i) && course.messages[i]?.title !== "";

/** Where no example has a part, its sharpness is that of messages as they were sent. */
function sharpnessOf(course: Course, held: HeldOut): LearnedModel["sharpness"] {
  const cases = (scores: readonly number[][]) =>
    scores.map((each, i) => ({ scores: each, wanted: course.classes[i] as number }));
  const fit = (some: ReturnType<typeof cases>): number => fitSharpness(some.length > 0 ? some : cases(held.asSent));
  return {
    both: fit(cases(held.asSent).filter((_, i) => hasBoth(course, i))),
    titleAlone: fit(cases(held.titleAlone).filter((_, i) => course.messages[i]?.title !== "")),
    textAlone: fit(cases(held.textAlone).filter((_, i) => hasText(course, i))),
  };
}
