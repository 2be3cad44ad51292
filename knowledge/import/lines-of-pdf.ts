import type { Block } from "./blocks.ts";
import { markOf } from "./marks.ts";

/** A line that fills this share of the longest one was broken by the page, not by its author. */
const FULL = 0.75;

/** Puts the lines of printed pages together into paragraphs, over page ends too. No character is added or lost. */
export function joinLines(blocks: readonly Block[]): Block[] {
  const longest = blocks.reduce((most, block) => Math.max(most, block.kind === "paragraph" ? block.text.length : 0), 0);
  const joined: Block[] = [];
  let lastLength = 0;
  for (const block of blocks) {
    const last = joined.at(-1);
    if (block.kind !== "paragraph" || last?.kind !== "paragraph") joined.push({ ...block });
    else if (lastLength >= longest * FULL && !/[。；：！？;:!?]$/.test(last.text) && !markOf(block.text)) {
      const needsSpace = /[\w,.]$/.test(last.text) && /^\w/.test(block.text);
      last.text += (needsSpace ? " " : "") + block.text;
    } else joined.push({ ...block });
    lastLength = block.kind === "paragraph" ? block.text.length : 0;
  }
  return joined;
}
