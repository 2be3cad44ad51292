import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { learnRanking } from "../../knowledge/policies/ranking/learn.ts";
import { writeLearnedRanking } from "../../knowledge/policies/ranking/learned.ts";
import { learnNearWords } from "../../knowledge/text/learn-near-words.ts";
import type { Segmenter } from "../../knowledge/text/segment.ts";
import { learnTitleWords } from "../../knowledge/text/title-words.ts";
import { readJsonLines } from "./json-lines.ts";
import { documentsBeside, readDocuments, readQuestions } from "./labelled-questions.ts";
import { fileLines } from "./lines.ts";

const letter = z.object({ title: z.string().optional(), text: z.string() });

/** Long papers are learned from in pieces, so that words of one page count as neighbours and not those of one volume. */
const PIECE = 500;

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
    const { texts, titles } = await readLetters(options.letters);
    await writeFile(join(out, "title-words.txt"), learnTitleWords(titles, segmenter));
    await writeFile(join(out, "near-words.bin"), learnNearWords({ texts, segmenter, report }));
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

async function readLetters(files: readonly string[]): Promise<{ texts: string[]; titles: string[] }> {
  const texts: string[] = [];
  const titles: string[] = [];
  for (const file of files) {
    for await (const { value } of readJsonLines(fileLines(file), letter)) {
      if (value.title === undefined) {
        for (let at = 0; at < value.text.length; at += PIECE) texts.push(value.text.slice(at, at + PIECE));
        continue;
      }
      titles.push(value.title);
      // The title stands for all of the letter, so it counts once more than its length would let it.
      texts.push(`${value.title}。${value.title}。${value.text}`);
    }
  }
  return { texts, titles };
}
