import type { Block } from "./blocks.ts";
import { HEAD, standsAlone } from "./document-facts.ts";
import { markOf } from "./marks.ts";

/** A line that fills this share of the longest one was broken by the page, not by its author. */
const FULL = 0.75;
/** No page is so narrow that shorter lines had to be broken. */
const NARROWEST = 16;

/** Puts the lines of printed pages together into paragraphs, over page ends too. No character is added or lost. */
export function joinLines(blocks: readonly Block[]): Block[] {
  const longest = blocks.reduce((most, block) => Math.max(most, block.kind === "paragraph" ? block.text.length : 0), 0);
  const joined: Block[] = [];
  let lastLength = 0;
  for (const [i, block] of blocks.entries()) {
    const last = joined.at(-1);
    const isWide = lastLength >= Math.max(NARROWEST, longest * FULL);
    lastLength = block.kind === "paragraph" ? block.text.length : 0;
    if (isWide && block.kind === "paragraph" && last?.kind === "paragraph" && runsOn(last.text, block.text, i < HEAD)) {
      const needsSpace = /[\w,.]$/.test(last.text) && /^\w/.test(block.text);
      last.text += (needsSpace ? " " : "") + block.text;
    } else joined.push({ ...block });
  }
  return joined;
}

const runsOn = (line: string, next: string, isAtHead: boolean): boolean =>
  !/[。；：！？;:!?]$/.test(line) && !markOf(next) && !standsAlone(line, isAtHead) && !standsAlone(next, isAtHead);
