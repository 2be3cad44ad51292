import { existsSync } from "node:fs";
import { z } from "zod";
import type { LabelledDocument, LabelledQuestion } from "../../knowledge/policies/ranking/lessons.ts";
import { InputError, readJsonLines } from "./json-lines.ts";
import { fileLines } from "./lines.ts";

const id = z.union([z.string(), z.number()]).transform(String);
const document = z.object({ id, text: z.string().refine((text) => text.trim() !== "", "must not be empty") });
const question = z.object({ id, query: z.string(), doc: id, answer: z.string().optional() });

/** Lines `{id, text}`. */
export async function readDocuments(file: string): Promise<LabelledDocument[]> {
  const documents: LabelledDocument[] = [];
  for await (const { value } of readJsonLines(fileLines(file), document)) documents.push(value);
  return documents;
}

/** Lines `{id, query, doc, answer?}`; `doc` must be one of the documents. */
export async function readQuestions(file: string, documents: readonly LabelledDocument[]): Promise<LabelledQuestion[]> {
  const known = new Set(documents.map((one) => one.id));
  const questions: LabelledQuestion[] = [];
  for await (const { line, value } of readJsonLines(fileLines(file), question)) {
    if (!known.has(value.doc)) throw new InputError(`line ${line}: doc: no document has the id ${value.doc}`);
    questions.push(value);
  }
  if (questions.length === 0) throw new InputError(`${file} has no line to measure on`);
  return questions;
}

/** The documents beside a file of questions: `…-docs.jsonl` beside `…-queries-dev.jsonl` and the like. Throws when there are none. */
export function documentsBeside(questions: string): string {
  const beside = questions.replace(/-queries[^/\\]*\.jsonl$/, "-docs.jsonl");
  if (beside !== questions && existsSync(beside)) return beside;
  throw new InputError(`name the documents of ${questions} with --docs`);
}
