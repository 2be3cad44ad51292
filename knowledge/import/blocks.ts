/** A piece of a document in reading order. Texts are verbatim but for white space at their ends and line breaks inside a line. */
export type Block = { page?: number } & (
  | { kind: "heading"; level: number; text: string }
  | { kind: "paragraph"; text: string }
  /** One row of a table; `isHeader`: its cells name the columns. */
  | { kind: "row"; cells: string[]; isHeader: boolean }
);

/** A row of a table as a line that can be read and quoted. */
const rowText = (cells: readonly string[]): string => cells.map((cell) => cell.trim()).join(" | ");

export const blockText = (block: Block): string => (block.kind === "row" ? rowText(block.cells) : block.text);
