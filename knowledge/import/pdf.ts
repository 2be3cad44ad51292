import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Block } from "./blocks.ts";
import { UnreadableFile } from "./fault.ts";
import type { ReadLimits } from "./limits.ts";

/** What stands at one place of a page. `y` grows upwards, in points. */
interface Piece {
  text: string;
  y: number;
  endsLine: boolean;
}

/** Fewer characters than this on a page on average, and it is pictures of text. */
const SCANNED_BELOW = 5;

/**
 * The text of a PDF, line by line, with page numbers. Nothing is drawn and no script is run. Throws UnreadableFile for a locked, damaged or
 * scanned file.
 */
export async function readPdf(bytes: Uint8Array, limits: ReadLimits): Promise<Block[]> {
  const { getDocument, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const home = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  const loading = getDocument({
    // The library takes the buffer for itself.
    data: new Uint8Array(bytes),
    // Character maps of the fonts that Chinese documents name without carrying them.
    cMapUrl: `${join(home, "cmaps")}/`,
    standardFontDataUrl: `${join(home, "standard_fonts")}/`,
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    const document = await loading.promise;
    const { numPages } = document;
    if (numPages > limits.pages) throw new UnreadableFile({ kind: "too-many-pages", max: limits.pages });
    const blocks: Block[] = [];
    for (let page = 1; page <= numPages; page++) {
      const proxy = await document.getPage(page);
      const { items } = await proxy.getTextContent();
      const pieces = items.flatMap((item) =>
        "str" in item ? [{ text: item.str, y: Number(item.transform[5] ?? 0), endsLine: item.hasEOL }] : [],
      );
      blocks.push(...linesOf(pieces).map((text): Block => ({ kind: "paragraph", text, page })));
      proxy.cleanup();
    }
    const characters = blocks.reduce((sum, block) => sum + (block.kind === "paragraph" ? block.text.length : 0), 0);
    if (characters < SCANNED_BELOW * numPages) throw new UnreadableFile({ kind: "scanned", pages: numPages });
    return withoutPageNumbers(blocks);
  } catch (cause) {
    if (cause instanceof UnreadableFile) throw cause;
    const isLocked = cause instanceof Error && cause.name === "PasswordException";
    throw new UnreadableFile(isLocked ? { kind: "password" } : { kind: "damaged", format: "pdf" }, { cause });
  } finally {
    await loading.destroy();
  }
}

function linesOf(pieces: readonly Piece[]): string[] {
  const lines: string[] = [];
  let line = "";
  let lastY: number | undefined;
  const end = () => {
    if (line.trim()) lines.push(line.trim());
    line = "";
  };
  for (const { text, y, endsLine } of pieces) {
    if (lastY !== undefined && text.trim() !== "" && Math.abs(y - lastY) > 2) end();
    line += text;
    if (text.trim() !== "") lastY = y;
    if (endsLine) end();
  }
  end();
  return lines;
}

/** "— 3 —", "第 3 页 共 9 页" and bare numbers at a page's edge are no text of the document. */
const PAGE_NUMBER = /^([-—–－]\s*)?(第\s*)?\d{1,4}(\s*页)?(\s*[/／共]\s*(共\s*)?\d{1,4}\s*页?)?(\s*[-—–－])?$/;

function withoutPageNumbers(blocks: Block[]): Block[] {
  return blocks.filter((block, i) => {
    const isEdge = blocks[i - 1]?.page !== block.page || blocks[i + 1]?.page !== block.page;
    return !(isEdge && block.kind === "paragraph" && PAGE_NUMBER.test(block.text));
  });
}
