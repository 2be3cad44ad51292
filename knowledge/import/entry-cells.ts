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

const yesNo = (value: boolean | undefined): string => (value === undefined ? "" : value ? "是" : "否");
const CHECKED = { text: "对照原文", memory: "凭记忆" } as const;

/** Every field but the text, which may take several cells. */
function cellsOf(entry: Entry): Record<Exclude<Field, "text">, string | undefined> {
  const { source, similar, tests } = entry;
  return {
    id: entry.id,
    question: entry.question,
    title: entry.title,
    similar: similar.length === 0 ? "" : joinTexts(similar),
    "source.title": source?.title,
    "source.issuer": source?.issuer,
    "source.number": source?.number,
    "source.article": source?.article,
    "source.url": source?.url,
    "source.checkedOn": source?.checkedOn,
    "source.checkedBy": source?.checkedBy && CHECKED[source.checkedBy],
    validFrom: entry.validFrom,
    validTo: entry.validTo,
    category: entry.category,
    region: entry.region,
    audience: entry.audience,
    owner: entry.owner,
    reviewOn: entry.reviewOn,
    tests: tests && (joinTests(tests) || "[]"),
    demonstration: yesNo(entry.demonstration),
    status: STATUS[entry.status],
  };
}

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
  const rows = entries.map((entry, i) => {
    const cells = cellsOf(entry);
    return fields.flatMap((field) => {
      if (field !== "text") return [guard(cells[field] ?? "")];
      return Array.from({ length: more }, (_, part) => guard(texts[i]?.[part] ?? ""));
    });
  });
  return [header, ...rows];
}
