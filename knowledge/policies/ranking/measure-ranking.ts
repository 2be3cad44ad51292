import { documentConfidence } from "../confidence.ts";
import { judgeFirst } from "../weigh.ts";
import { type LearnedRanking, loadLearnedRanking } from "./learned.ts";
import { type Classroom, type LabelledQuestion, type MeasuredQuestion, measureQuestion } from "./lessons.ts";
import { type RankedCandidate, rankMeasured } from "./rank-documents.ts";

/** How one question fared. `rank`: of the right document, 0 for the first; -1 when it was not among the candidates. */
export interface Fared {
  rank: number;
  /** The answer stands in the first document. */
  holds: boolean;
  /** What was quoted holds the whole answer. */
  quoted: boolean;
  /** How sure the base is, and how sure it was with the right document taken out. */
  confidence: number;
  without: number;
}

const MRR_DEPTH = 10;

/** `with` and `without`: the question measured against the whole base, and against the base without its document. */
export function fare(
  { whole, lacking }: { whole: MeasuredQuestion; lacking: MeasuredQuestion },
  classroom: Classroom,
  learned: LearnedRanking,
): Fared {
  const { asked } = whole;
  const judged = judgedFirst(whole, classroom, learned);
  const { answer } = asked;
  const first = judged?.order[0]?.candidate.entry;
  return {
    rank: judged?.order.findIndex(({ candidate }) => candidate.entry.id === asked.doc) ?? -1,
    holds: answer !== undefined && (first?.text.includes(answer) ?? false),
    quoted: answer !== undefined && (judged?.quote.includes(answer) ?? false),
    confidence: judged?.confidence ?? 0,
    without: judgedFirst(lacking, classroom, learned)?.confidence ?? 0,
  };
}

function judgedFirst(measured: MeasuredQuestion, { measure }: Classroom, learned: LearnedRanking) {
  const order: RankedCandidate[] = rankMeasured(measured, learned);
  const [first, second] = order;
  if (!first) return undefined;
  const { quote, grounds } = judgeFirst(measured.question, [first, second], { measure, learned });
  return { order, quote, confidence: documentConfidence(grounds, learned.grounds).value };
}

/** Measures every question on a base of the given documents with the shipped weights. */
export function measureAll(questions: readonly LabelledQuestion[], classroom: Classroom): Fared[] {
  const learned = loadLearnedRanking();
  return questions.map((asked) => {
    const whole = measureQuestion(asked, classroom);
    const lacking = measureQuestion(asked, classroom, ({ id }) => id !== asked.doc);
    return fare({ whole, lacking }, classroom, learned);
  });
}

const share = <T>(all: readonly T[], holds: (one: T) => boolean): number =>
  all.length === 0 ? 0 : all.filter(holds).length / all.length;

/** R@1, R@5 and MRR@10 of the right document. */
export const retrievalFigures = (fared: readonly { rank: number }[]) => ({
  "R@1": share(fared, ({ rank }) => rank === 0),
  "R@5": share(fared, ({ rank }) => rank >= 0 && rank < 5),
  "MRR@10":
    fared.reduce((sum, { rank }) => sum + (rank >= 0 && rank < MRR_DEPTH ? 1 / (rank + 1) : 0), 0) /
    Math.max(1, fared.length),
});

/**
 * The area under the curve of the confidence: how likely a question with its document in the base is surer than one without; ties count half.
 */
export function refusalArea(fared: readonly Pick<Fared, "confidence" | "without">[]): number {
  let sum = 0;
  for (const { confidence } of fared) {
    for (const { without } of fared) sum += confidence > without ? 1 : confidence === without ? 0.5 : 0;
  }
  return fared.length === 0 ? 0 : sum / fared.length ** 2;
}

/** All figures of a base of policy papers. */
export const paperFigures = (fared: readonly Fared[]) => ({
  ...retrievalFigures(fared),
  answerInFirst: share(fared, ({ holds }) => holds),
  quoted: share(fared, ({ quoted }) => quoted),
  refusalAUROC: refusalArea(fared),
});
