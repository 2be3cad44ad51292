import { UnreadableFile } from "../fault.ts";
import type { ReadLimits } from "../limits.ts";
import { type Table, toTable } from "../table.ts";
import { openArchive } from "../zip.ts";
import { readSheet } from "./sheet.ts";
import { readLooks, readSharedTexts, readWorkbook } from "./workbook.ts";

export interface XlsxReading {
  table: Table;
  notes: string[];
}

/** The first sheet with anything in it. Throws UnreadableFile. */
export async function readXlsx(bytes: Uint8Array, limits: ReadLimits): Promise<XlsxReading> {
  const archive = await openArchive(bytes, "xlsx", limits);
  const { sheets, from1904 } = await readWorkbook(archive);
  if (sheets.length === 0) throw new UnreadableFile({ kind: "damaged", format: "xlsx" });
  const looks = await readLooks(archive);
  const shared = await readSharedTexts(archive, limits);
  for (const [i, sheet] of sheets.entries()) {
    if (!archive.names.includes(sheet.part)) throw new UnreadableFile({ kind: "damaged", format: "xlsx" });
    const { rows, emptyFormulas } = await readSheet(archive.stream(sheet.part), { shared, looks, from1904, limits });
    if (rows.length === 0) continue;
    const table = toTable(rows);
    if (!table) throw new UnreadableFile({ kind: "no-header" });
    const others = sheets.slice(i + 1).map(({ name }) => `“${name}”`);
    return {
      table,
      notes: [
        ...(others.length > 0 ? [`只读了工作表“${sheet.name}”，没有读${others.join("、")}。`] : []),
        ...(emptyFormulas > 0
          ? [`有 ${emptyFormulas} 格公式没有存下结果，当作空白。请在 Excel 里打开后重新保存。`]
          : []),
      ],
    };
  }
  throw new UnreadableFile({ kind: "no-text" });
}
