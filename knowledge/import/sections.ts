import { type Block, blockText } from "./blocks.ts";
import { type Mark, markOf } from "./marks.ts";

/** A part of a document that answers something by itself: an article, or what stands under one heading. */
export interface Section {
  /** The headings above it, outermost first. */
  headings: string[];
  /** 第三条. */
  article?: string;
  /** A question that the document itself asks. */
  asked?: string;
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
  const drafts: Draft[] = [];
  const path: { level: number; text: string }[] = [];
  let draft: Draft | undefined;

  function begin(more: Partial<Draft>, page?: number): Draft {
    draft = { headings: path.map(({ text }) => text), paragraphs: [], page, ...more };
    drafts.push(draft);
    return draft;
  }

  function head(level: number, text: string, page?: number): void {
    while ((path.at(-1)?.level ?? -1) >= level) path.pop();
    path.push({ level, text });
    begin({}, page);
  }

  for (const [i, block] of blocks.entries()) {
    const text = blockText(block);
    const mark = marks[i];
    const level = headingLevel(block, mark, hasArticles);
    if (mark?.kind === "article" && hasArticles) {
      const headings = [...path.map((each) => each.text), ...(mark.heading ? [mark.heading] : [])];
      begin({ headings, article: mark.number }, block.page).paragraphs.push(text);
    } else if (level !== undefined) head(level, text, block.page);
    else if (mark?.kind === "question") begin({ asked: mark.rest }, block.page);
    else if (mark?.kind === "answer" && draft?.asked !== undefined) draft.paragraphs.push(mark.rest);
    else (draft ?? begin({}, block.page)).paragraphs.push(text);
  }
  return drafts.flatMap(finish);
}

/** How deep the heading is that a block sets; nothing where it is text. */
function headingLevel(block: Block, mark: Mark | undefined, hasArticles: boolean): number | undefined {
  if (block.kind === "row") return undefined;
  if (mark?.kind === "chapter" && isHeading(block.text)) return CHAPTERS + mark.level;
  if (block.kind === "heading" && mark?.kind !== "article") return mark?.kind === "item" ? ITEMS + mark.level : block.level;
  if (hasArticles || mark?.kind !== "item" || mark.level > 2) return undefined;
  return isHeading(block.text) ? ITEMS + mark.level : undefined;
}

function finish({ paragraphs, ...rest }: Draft): Section[] {
  const parts: string[] = [];
  for (const paragraph of paragraphs) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + paragraph.length < MOST_TEXT) parts[parts.length - 1] = `${last}\n${paragraph}`;
    else parts.push(paragraph);
  }
  return parts.filter((text) => text.trim() !== "").map((text) => ({ ...rest, text }));
}
