import { columnName, type Field } from "../../../knowledge/import/fields.ts";
import type { ImportSettings } from "../../store/sqlite/knowledge/import-table.ts";

/** Fields that may be put together from several columns. */
const SEVERAL: readonly Field[] = ["similar", "text"];

/** What is wrong with settings for a file with these columns (none: no table), as a sentence. */
export function settingsFault(
  { mapping, defaults }: ImportSettings,
  columns: string[] | undefined,
): string | undefined {
  if (defaults.id !== undefined || defaults.question !== undefined) return "编号和问题各行不同，不能统一填写。";
  if (mapping === undefined) return undefined;
  if (columns === undefined) return "这不是表格，没有列可以对应。";
  if (mapping.length !== columns.length) return `表格有 ${columns.length} 列，请给每一列选好对应的项目。`;
  const named = mapping.filter((field) => field !== null);
  const twice = named.find((field, i) => named.indexOf(field) !== i && !SEVERAL.includes(field));
  if (twice) return `有两列都对应“${columnName(twice)}”，请只留一列。`;
  if (!named.includes("text")) return "请选好哪一列是答案（正文）。";
  return undefined;
}
