import type { Entry } from "../policies/entry.ts";
import { guard, joinTests, joinTexts } from "./cells.ts";
import { columnName, type Field, fields } from "./fields.ts";

/** What a cell of Excel holds ("Excel specifications and limits": 32,767 characters), with room for escapes. */
const CELL_LENGTH = 30_000;

const STATUS: Readonly<Record<Entry["status"], string>> = {
  draft: "草稿",
  published: "已发布",
  withdrawn: "已停用",
  expired: "已过期",
};

function cellOf(entry: Entry, field: Field): string {
  switch (field) {
    case "similar":
      return entry.similar.length === 0 ? "" : joinTexts(entry.similar);
    case "tests":
      return entry.tests === undefined ? "" : joinTests(entry.tests) || "[]";
    case "demonstration":
      return entry.demonstration === undefined ? "" : entry.demonstration ? "是" : "否";
    case "status":
      return STATUS[entry.status];
    case "source.checkedBy": {
      const by = entry.source?.checkedBy;
      return by === undefined ? "" : by === "text" ? "对照原文" : "凭记忆";
    }
    case "source.title":
    case "source.issuer":
    case "source.number":
    case "source.article":
    case "source.url":
    case "source.checkedOn":
      return entry.source?.[SOURCE[field]] ?? "";
    default:
      return entry[field] ?? "";
  }
}

const SOURCE = {
  "source.title": "title",
  "source.issuer": "issuer",
  "source.number": "number",
  "source.article": "article",
  "source.url": "url",
  "source.checkedOn": "checkedOn",
} as const;

/** Pieces that fit into a cell each; a character is never cut in two. */
function pieces(text: string): string[] {
  const cut: string[] = [];
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + CELL_LENGTH);
    if (end < text.length && /[\ud800-\udbff]/.test(text.charAt(end - 1))) end -= 1;
    cut.push(text.slice(start, end));
    start = end;
  }
  return cut.length === 0 ? [""] : cut;
}

/** Entries as rows of a table, header first; reading them again by the names of the columns gives the same entries. */
export function entryRows(entries: readonly Entry[]): string[][] {
  const texts = entries.map((entry) => pieces(entry.text));
  const more = texts.reduce((most, parts) => Math.max(most, parts.length), 1);
  const header = fields.flatMap((field) => {
    if (field !== "text") return [columnName(field)];
    return Array.from({ length: more }, (_, i) => `${columnName(field)}${i === 0 ? "" : i + 1}`);
  });
  const rows = entries.map((entry, i) =>
    fields.flatMap((field) => {
      if (field !== "text") return [guard(cellOf(entry, field))];
      return Array.from({ length: more }, (_, part) => guard(texts[i]?.[part] ?? ""));
    }),
  );
  return [header, ...rows];
}
