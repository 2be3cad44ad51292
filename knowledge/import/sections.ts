import { type Block, blockText } from "./blocks.ts";
import { type Mark, markOf } from "./marks.ts";

/** A part of a document that answers something by itself: an article, or what stands under one heading. */
export interface Section {
  /** The headings above it, outermost first. */
  headings: string[];
  /** The one that names this section alone, and not others beside it. */
  heading?: string;
  /** 第三条. */
  article?: string;
  /** A question that the document itself asks. */
  asked?: string;
  /** Counts from 1 where it was too long to stay in one piece. */
  part?: number;
  /** Verbatim, paragraph by paragraph. */
  text: string;
  page?: number;
}

/** A longer section is cut between paragraphs, in UTF-16 units. */
const MOST_TEXT = 2_000;
const HEADING_LENGTH = 40;
/** Heading levels: those of styles first, then 编章节, then 一、 and （一）. */
const CHAPTERS = 10;
const ITEMS = 20;

interface Draft {
  headings: string[];
  heading?: string;
  article?: string;
  asked?: string;
  paragraphs: string[];
  page?: number;
}

const isHeading = (text: string): boolean => text.length <= HEADING_LENGTH && !/[。；;！!]|[，,：:]$/.test(text);

/** Splits a document: at its articles where it has any, otherwise at what is set or numbered as a heading. */
export function splitSections(blocks: readonly Block[]): Section[] {
  const marks = blocks.map((block) => (block.kind === "row" ? undefined : markOf(block.text)));
  const hasArticles = marks.filter((mark) => mark?.kind === "article").length >= 2;
  const writer = createWriter();
  for (const [i, block] of blocks.entries()) {
    const text = blockText(block);
    const mark = marks[i];
    const level = headingLevel(block, mark, hasArticles);
    if (mark?.kind === "article" && hasArticles) writer.article(mark.number, mark.heading, text, block.page);
    else if (level !== undefined) writer.head(level, text, block.page);
    else if (mark?.kind === "question") writer.question(mark.rest, block.page);
    else writer.paragraph(text, mark?.kind === "answer" ? mark.rest : text, block.page);
  }
  return writer.drafts.flatMap(finish);
}

function createWriter() {
  const drafts: Draft[] = [];
  const path: { level: number; text: string }[] = [];

  function begin(more: Partial<Draft>, page?: number): Draft {
    const draft = { headings: path.map(({ text }) => text), paragraphs: [], page, ...more };
    drafts.push(draft);
    return draft;
  }

  return {
    drafts,
    article(number: string, heading: string | undefined, text: string, page?: number): void {
      const headings = [...path.map((each) => each.text), ...(heading ? [heading] : [])];
      begin({ headings, heading, article: number, paragraphs: [text] }, page);
    },
    head(level: number, text: string, page?: number): void {
      while ((path.at(-1)?.level ?? -1) >= level) path.pop();
      path.push({ level, text });
      begin({ heading: text }, page);
    },
    question(asked: string, page?: number): void {
      begin({ asked }, page);
    },
    /** `answer`: the text as it stands behind 答： where a question was asked. */
    paragraph(text: string, answer: string, page?: number): void {
      const draft = drafts.at(-1) ?? begin({}, page);
      draft.paragraphs.push(draft.asked === undefined ? text : answer);
    },
  };
}

/** How deep the heading is that a block sets; nothing where it is text. */
function headingLevel(block: Block, mark: Mark | undefined, hasArticles: boolean): number | undefined {
  if (block.kind === "row") return undefined;
  if (mark?.kind === "chapter" && isHeading(block.text)) return CHAPTERS + mark.level;
  if (block.kind === "heading" && mark?.kind !== "article")
    return mark?.kind === "item" ? ITEMS + mark.level : block.level;
  if (hasArticles || mark?.kind !== "item" || mark.level > 2) return undefined;
  return isHeading(block.text) ? ITEMS + mark.level : undefined;
}

function finish({ paragraphs, ...rest }: Draft): Section[] {
  const parts: string[] = [];
  for (const paragraph of paragraphs) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + paragraph.length < MOST_TEXT)
      parts[parts.length - 1] = `${last}\n${paragraph}`;
    else parts.push(paragraph);
  }
  const filled = parts.filter((text) => text.trim() !== "");
  return filled.map((text, i) => ({ ...rest, ...(filled.length > 1 ? { part: i + 1 } : {}), text }));
}
