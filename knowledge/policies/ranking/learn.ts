import { type ChoiceLesson, learnChoice } from "../../learning/choice.ts";
import type { Segmenter } from "../../text/segment.ts";
import { WINDOW_SIGNS } from "../quoting/windows.ts";
import { judgeFirst } from "../weigh.ts";
import { GROUNDS } from "./grounds.ts";
import type { LearnedRanking } from "./learned.ts";
import {
  type Classroom,
  type LabelledDocument,
  type LabelledQuestion,
  type MeasuredQuestion,
  measureQuestion,
  openClassroom,
  quotingLesson,
  rankingLesson,
} from "./lessons.ts";
import { type Fared, fare, paperFigures, retrievalFigures } from "./measure-ranking.ts";
import { rankMeasured } from "./rank-documents.ts";
import { SIGNS } from "./signs.ts";

/** A base and questions about it, of one kind of documents. */
export interface Schoolbook {
  documents: readonly LabelledDocument[];
  questions: readonly LabelledQuestion[];
}

interface Pupil {
  whole: MeasuredQuestion;
  lacking: MeasuredQuestion;
}

const FOLDS = 5;
/** For each lesson; weights that were learned on other folds do best with it. */
const RESTRAINT = 0.001;
const GROUNDS_RESTRAINT = 0.002;
/**
 * Which paper comes first the search decides well: its sign is expected to count, and the others have to show more. Behind the first nothing
 * is expected.
 */
const PAPERS_RESTRAINT = 0.01;
const PAPERS_EXPECTED = Float64Array.from(SIGNS, (sign) => (sign === "found" ? 8 : 0));

/** Learns from papers and replies; the report has figures by cross-validation in which no document is in two folds. */
export function learnRanking(books: { papers: Schoolbook; replies: Schoolbook; segmenter: Segmenter }) {
  const papers = openBook(books.papers, books.segmenter);
  const replies = openBook(books.replies, books.segmenter);
  const learned = learnFrom(papers.pupils, replies.pupils, papers.classroom);
  return {
    learned,
    report: {
      papers: paperFigures(validate(papers, "papers")),
      replies: retrievalFigures(validate(replies, "replies")),
    },
  };
}

interface OpenBook {
  classroom: Classroom;
  pupils: Pupil[];
}

function openBook({ documents, questions }: Schoolbook, segmenter: Segmenter): OpenBook {
  const classroom = openClassroom(documents, segmenter);
  const pupils = questions.map((asked) => ({
    whole: measureQuestion(asked, classroom),
    lacking: measureQuestion(asked, classroom, ({ id }) => id !== asked.doc),
  }));
  return { classroom, pupils };
}

function validate({ classroom, pupils }: OpenBook, kind: "papers" | "replies"): Fared[] {
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const taught = pupils.filter(({ whole }) => foldOf(whole.asked.doc) !== fold);
    const learned = learnFrom(kind === "papers" ? taught : [], kind === "replies" ? taught : [], classroom);
    return pupils
      .filter(({ whole }) => foldOf(whole.asked.doc) === fold)
      .map((pupil) => fare(pupil, classroom, learned));
  });
}

function foldOf(document: string): number {
  let state = 2_166_136_261;
  for (let i = 0; i < document.length; i++) state = Math.imul(state ^ document.charCodeAt(i), 16_777_619);
  return ((state ^ (state >>> 13)) >>> 0) % FOLDS;
}

/** `classroom` is that of the papers; quotes and grounds are learned from papers alone. */
function learnFrom(papers: readonly Pupil[], replies: readonly Pupil[], classroom: Classroom): LearnedRanking {
  const rankings = (pupils: readonly Pupil[]) => pupils.flatMap(({ whole }) => rankingLesson(whole));
  const quotes = papers.flatMap(({ whole }) => quotingLesson(whole, classroom));
  const ranking = {
    papers: choose(rankings(papers), SIGNS.length, PAPERS_RESTRAINT, PAPERS_EXPECTED),
    replies: choose(rankings(replies), SIGNS.length, RESTRAINT),
    behind: choose(rankings(papers), SIGNS.length, PAPERS_RESTRAINT),
    windows: choose(quotes, WINDOW_SIGNS.length, RESTRAINT),
  };
  const grounds = papers.flatMap((pupil) =>
    groundLessons(pupil, classroom, { ...ranking, grounds: new Float64Array(GROUNDS.length) }),
  );
  return { ...ranking, grounds: choose(grounds, GROUNDS.length, GROUNDS_RESTRAINT) };
}

const choose = (lessons: readonly ChoiceLesson[], size: number, restraint: number, expected?: Float64Array) =>
  lessons.length === 0
    ? new Float64Array(size)
    : learnChoice(lessons, { size, restraint: restraint * lessons.length, step: 0.1, ...(expected && { expected }) });

/** To trust the first document, or (a row of zeros) not to: right when it answers; wrong whenever the right one had been taken out. */
function groundLessons({ whole, lacking }: Pupil, { measure }: Classroom, learned: LearnedRanking): ChoiceLesson[] {
  return [whole, lacking].flatMap((measured) => {
    const [first, second] = rankMeasured(measured, learned);
    if (!first) return [];
    const { grounds } = judgeFirst(measured.question, [first, second], { measure, learned });
    return [{ rows: [grounds, new Float64Array(GROUNDS.length)], right: [measured === whole, measured !== whole] }];
  });
}
