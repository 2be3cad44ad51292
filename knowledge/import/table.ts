/** A row of a table as it stands in the file: `at` is its number there, counted from 1, and `cells` are its texts. */
export interface TableRow {
  at: number;
  cells: string[];
}

/** A table with its first filled row as the header. */
export interface Table {
  columns: string[];
  rows: TableRow[];
}

/** Columns without a name and without any value are no columns; a name that stands twice is told apart by its place. */
export function toTable(rows: readonly TableRow[]): Table | undefined {
  const [header, ...rest] = rows;
  if (!header?.cells.some((cell) => cell.trim() !== "")) return undefined;
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const columns = Array.from({ length: width }, (_, i) => header.cells[i]?.trim() || `第 ${i + 1} 列`);
  return { columns, rows: rest.map(({ at, cells }) => ({ at, cells: columns.map((_, i) => cells[i] ?? "") })) };
}
