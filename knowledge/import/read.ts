import type { Block } from "./blocks.ts";
import { bodyOf, type DocumentFacts, factsOf } from "./document-facts.ts";
import { decodeText } from "./encoding.ts";
import { UnreadableFile } from "./fault.ts";
import { detectFormat } from "./format.ts";
import type { Format } from "./formats.ts";
import type { ReadLimits } from "./limits.ts";
import { joinLines } from "./lines-of-pdf.ts";
import { type Section, splitSections } from "./sections.ts";
import type { TableRow } from "./table.ts";

/** What was found in a file, before anything is made of it. */
export type Reading = { format: Format; notes: string[] } & (
  | { kind: "table"; columns: string[]; rows: TableRow[] }
  | { kind: "document"; facts: DocumentFacts; sections: Section[] }
  /** One value a line of JSON; `fault` where a line is none. */
  | { kind: "lines"; lines: { at: number; value?: unknown; fault?: string }[] }
);

/**
 * Reads a file. `name` helps where the bytes leave open what it is. Throws UnreadableFile. May take long and much memory for bad
 * files, so a server calls it in a thread of its own.
 */
export async function readFile(bytes: Uint8Array, name: string, limits: ReadLimits): Promise<Reading> {
  const format = detectFormat(bytes, name, limits);
  switch (format) {
    case "xlsx": {
      const { readXlsx } = await import("./xlsx/index.ts");
      const { table, notes } = await readXlsx(bytes, limits);
      return { format, notes, kind: "table", ...table };
    }
    case "csv": {
      const { readCsv } = await import("./csv.ts");
      const { text, encoding } = decodeText(bytes);
      return { format, notes: encodingNotes(encoding), kind: "table", ...(await readCsv(text, limits)) };
    }
    case "jsonl":
      return { format, notes: [], kind: "lines", lines: readLines(decodeText(bytes).text, limits) };
    case "docx": {
      const { readDocx } = await import("./docx/index.ts");
      const { blocks, hasTrackedChanges } = await readDocx(bytes, limits);
      const notes = hasTrackedChanges
        ? ["文档里有未处理的修订，按全部接受来读，删去的字没有读入。请确认后再导入。"]
        : [];
      return { format, notes, ...documentOf(blocks, name) };
    }
    case "pdf": {
      const { readPdf } = await import("./pdf.ts");
      return { format, notes: [], ...documentOf(joinLines(await readPdf(bytes, limits)), name) };
    }
    case "html":
    case "markdown": {
      const { text, encoding } = decodeText(bytes);
      const { readHtml } = await import("./html.ts");
      const { title, blocks } = readHtml(format === "html" ? text : await toHtml(text));
      return { format, notes: encodingNotes(encoding), ...documentOf(blocks, name, title) };
    }
    case "text": {
      const { text, encoding } = decodeText(bytes);
      const lines = text.split(/\r?\n/).map((line) => line.trim());
      const blocks = lines.filter((line) => line !== "").map((line): Block => ({ kind: "paragraph", text: line }));
      return { format, notes: encodingNotes(encoding), ...documentOf(blocks, name) };
    }
    default:
      throw new Error(`unknown format ${format satisfies never}`);
  }
}

const encodingNotes = (encoding: string): string[] =>
  encoding === "utf-8" ? [] : [`文字按 ${encoding.toUpperCase()} 编码读取，请在预览里看看有没有乱码。`];

async function toHtml(markdown: string): Promise<string> {
  const { marked } = await import("marked");
  return marked.parse(markdown, { async: false, gfm: true });
}

function documentOf(blocks: readonly Block[], name: string, title?: string) {
  const facts = factsOf(blocks, name, title);
  const sections = splitSections(bodyOf(blocks, facts));
  if (sections.length === 0) throw new UnreadableFile({ kind: "no-text" });
  return { kind: "document" as const, facts, sections };
}

function readLines(text: string, limits: ReadLimits) {
  const lines = text.split(/\r?\n/).flatMap((line, i) => (line.trim() === "" ? [] : [readLine(line, i + 1)]));
  if (lines.length === 0) throw new UnreadableFile({ kind: "not-entries" });
  if (lines.length > limits.rows) throw new UnreadableFile({ kind: "too-many-rows", max: limits.rows });
  return lines;
}

function readLine(line: string, at: number): { at: number; value?: unknown; fault?: string } {
  try {
    return { at, value: JSON.parse(line) };
  } catch {
    return { at, fault: "不是 JSON，可能没有写完整" };
  }
}
