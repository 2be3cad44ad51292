import { UnreadableFile } from "./fault.ts";
import type { ReadLimits } from "./limits.ts";
import { type Table, type TableRow, toTable } from "./table.ts";

const DELIMITERS = [",", "\t", ";", "，"] as const;

/** The sign that stands most often in the first line, outside of quotes. */
function delimiterOf(text: string): string {
  const line = (/^.*$/m.exec(text.trimStart())?.[0] ?? "").replace(/"[^"]*"/g, "");
  const counts = DELIMITERS.map((sign) => line.split(sign).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

/** A table of text (RFC 4180, with the quotes of others forgiven). Throws UnreadableFile. */
export async function readCsv(text: string, limits: ReadLimits): Promise<Table> {
  const { parse } = await import("csv-parse/sync");
  const rows: TableRow[] = [];
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: limits.cellLength,
      onRecord(record: string[], { lines }) {
        if (record.length > limits.columns && record.slice(limits.columns).some((cell) => cell !== "")) {
          throw new UnreadableFile({ kind: "too-many-columns", max: limits.columns });
        }
        if (record.some((cell) => cell.trim() !== "")) rows.push({ at: lines, cells: record });
        if (rows.length > limits.rows + 1) throw new UnreadableFile({ kind: "too-many-rows", max: limits.rows });
        return null;
      },
    });
  } catch (cause) {
    if (cause instanceof UnreadableFile) throw cause;
    throw new UnreadableFile(faultOf(cause, limits), { cause });
  }
  if (rows.length === 0) throw new UnreadableFile({ kind: "no-text" });
  const table = toTable(rows);
  if (!table) throw new UnreadableFile({ kind: "no-header" });
  return table;
}

function faultOf(cause: unknown, limits: ReadLimits) {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return code === "CSV_MAX_RECORD_SIZE"
    ? { kind: "cell-too-long" as const, at: "表格里", max: limits.cellLength }
    : { kind: "damaged" as const, format: "csv" as const };
}
