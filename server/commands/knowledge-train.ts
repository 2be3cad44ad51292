import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { learnRanking } from "../../knowledge/policies/ranking/learn.ts";
import { writeLearnedRanking } from "../../knowledge/policies/ranking/learned.ts";
import { learnNearWords } from "../../knowledge/text/learn-near-words.ts";
import type { TitledText } from "../../knowledge/text/parted-texts.ts";
import type { Segmenter } from "../../knowledge/text/segment.ts";
import { learnTitleWords, readTitleWords } from "../../knowledge/text/title-words.ts";
import { readJsonLines } from "./json-lines.ts";
import { documentsBeside, readDocuments, readQuestions } from "./labelled-questions.ts";
import { fileLines } from "./lines.ts";

const letter = z.object({ title: z.string().optional(), text: z.string() });

/**
 * Learns what ranking of documents rests on. First `letters` (lines `{title?, text}`; those without a title are papers) give near words
 * and title words, written as `near-words.bin` and `title-words.txt`; where they are absent nothing of it changes. Then `papers` and `replies`
 * (lines `{id, query, doc, answer?}`, their documents beside them) give `ranking.json`, by the words that are shipped. All go to the folder `out`.
 */
export async function knowledgeTrain(options: {
  papers: string;
  replies: string;
  letters: readonly string[];
  out: string;
  segmenter: Segmenter;
  report: (line: string) => void;
}): Promise<void> {
  const { segmenter, report, out } = options;
  await mkdir(out, { recursive: true });
  if (options.letters.length > 0) {
    const texts = await readLetters(options.letters);
    const titles = texts.flatMap(({ title }) => title ?? []);
    const titleWords = learnTitleWords(titles, segmenter);
    await writeFile(join(out, "title-words.txt"), titleWords);
    const learned = learnNearWords({ texts, segmenter, titleWords: readTitleWords(titleWords), report });
    await writeFile(join(out, "near-words.bin"), learned);
  }
  const [papers, replies] = [await schoolbook(options.papers), await schoolbook(options.replies)];
  const { learned, report: figures } = learnRanking({ papers, replies, segmenter });
  await writeFile(join(out, "ranking.json"), writeLearnedRanking(learned));
  report(`by cross-validation: ${JSON.stringify(figures)}`);
}

async function schoolbook(file: string) {
  const documents = await readDocuments(documentsBeside(file));
  return { documents, questions: await readQuestions(file, documents) };
}

async function readLetters(files: readonly string[]): Promise<TitledText[]> {
  const texts: TitledText[] = [];
  for (const file of files) {
    for await (const { value } of readJsonLines(fileLines(file), letter)) texts.push(value);
  }
  return texts;
}
