import type { ChoiceLesson } from "../../learning/choice.ts";
import type { Segmenter } from "../../text/segment.ts";
import { CANDIDATES } from "../candidates.ts";
import type { Entry } from "../entry.ts";
import { type Candidate, createEntryIndex, type EntryIndex } from "../entry-index.ts";
import { type Measure, measureOf } from "../measure.ts";
import { windowsOf } from "../quoting/windows.ts";
import { DOCUMENT_QUOTE } from "../weigh.ts";
import { measureDocuments, readForRanking } from "./rank-documents.ts";
import type { RankedQuestion } from "./read.ts";

export interface LabelledDocument {
  id: string;
  text: string;
}

/** A question and the document that answers it; `answer` stands in that document verbatim. */
export interface LabelledQuestion {
  id: string;
  query: string;
  doc: string;
  answer?: string | undefined;
}

/** A question as it was measured against its base. */
export interface MeasuredQuestion {
  asked: LabelledQuestion;
  question: RankedQuestion;
  candidates: Candidate[];
  signs: Float64Array[];
  areReplies: boolean;
}

export interface Classroom {
  index: EntryIndex;
  measure: Measure;
}

/** Documents as an import without questions makes them. */
export function openClassroom(documents: readonly LabelledDocument[], segmenter: Segmenter): Classroom {
  const index = createEntryIndex({ segmenter });
  for (const { id, text } of documents) index.put({ id, text, similar: [], status: "published" });
  return { index, measure: measureOf(index, segmenter) };
}

/** `accept` leaves documents out, as if they were not there. */
export function measureQuestion(
  asked: LabelledQuestion,
  { index, measure }: Classroom,
  accept: (entry: Entry) => boolean = () => true,
): MeasuredQuestion {
  const question = readForRanking(asked.query, measure);
  const candidates = index.search(asked.query, CANDIDATES, accept);
  return { asked, question, candidates, ...measureDocuments(question, candidates, measure) };
}

/** Which candidate is the right one; none when the search has not found it. */
export function rankingLesson({ asked, candidates, signs }: MeasuredQuestion): ChoiceLesson[] {
  const right = candidates.map(({ entry }) => entry.id === asked.doc);
  return right.includes(true) ? [{ rows: signs, right }] : [];
}

/** Which stretches of the right document hold the whole answer; none where all do, or no one does. */
export function quotingLesson({ asked, question }: MeasuredQuestion, { index }: Classroom): ChoiceLesson[] {
  const text = index.get(asked.doc)?.text;
  const { answer } = asked;
  if (text === undefined || answer === undefined) return [];
  const windows = windowsOf(text, question, DOCUMENT_QUOTE);
  const right = windows.map(({ span }) => text.slice(span.start, span.end).includes(answer));
  return right.includes(true) && right.includes(false) ? [{ rows: windows.map(({ signs }) => signs), right }] : [];
}
