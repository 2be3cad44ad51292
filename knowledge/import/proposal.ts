import { createHash } from "node:crypto";
import type { Content } from "../life/content.ts";
import { readImportLine } from "../policies/import-line.ts";
import { splitTests, splitTexts, unguard } from "./cells.ts";
import { dayOf } from "./dates.ts";
import type { DocumentFacts } from "./document-facts.ts";
import { columnName, type Field, type Mapping } from "./fields.ts";
import { bareHeading, proposeQuestions } from "./questions.ts";
import type { Section } from "./sections.ts";

/** What a row or section of a file becomes: an entry, or why it cannot be one. Warnings do not keep it out. */
export interface Proposal {
  content?: Content;
  faults: string[];
  warnings: string[];
  /** The file names no id, so one was made of its words. */
  madeId?: true;
}

/** Values for every row of a file that has none of its own. */
export type Defaults = Partial<Record<Field, string>>;

const SHORT = 500;
const DAYS: readonly Field[] = ["validFrom", "validTo", "reviewOn", "source.checkedOn"];
const LONGEST: Partial<Record<Field, number>> = { id: 200, question: SHORT, title: SHORT, audience: 100, owner: 100 };

/** The same words give the same id, so a file that is imported again brings new versions rather than doubles. */
const idOf = (prefix: string, ...parts: (string | number | undefined)[]): string =>
  `${prefix}-${createHash("sha256")
    .update(parts.map((part) => part ?? "").join("\u0000"))
    .digest("hex")
    .slice(0, 16)}`;

/** The entry that a row of a table is by its mapping. */
export function proposeRow(cells: readonly string[], mapping: Mapping, defaults: Defaults = {}): Proposal {
  const faults: string[] = [];
  const values = valuesOf(cells, mapping, defaults);
  const of = (field: Field): string | undefined => values.get(field);
  const day = (field: Field): string | undefined => {
    const cell = of(field);
    const read = cell === undefined ? undefined : dayOf(cell);
    if (cell !== undefined && read === undefined)
      faults.push(`${columnName(field)}“${brief(cell)}”不是日期，请写成 2024-05-01`);
    return read;
  };
  const days = Object.fromEntries(DAYS.map((field) => [field, day(field)]));
  for (const [field, longest = 0] of Object.entries(LONGEST) as [Field, number][]) {
    if ((of(field)?.length ?? 0) > longest) faults.push(`${columnName(field)}太长，最多 ${longest} 个字`);
  }
  const similar = splitTexts(of("similar") ?? "");
  if (similar.some((each) => each.length > SHORT)) faults.push(`相似问太长，每个最多 ${SHORT} 个字`);
  const url = of("source.url");
  if (url !== undefined && !/^https?:\/\/\S+$/i.test(url)) faults.push(`链接“${brief(url)}”不是网址，要以 http 开头`);
  const { question, title, text = "" } = { question: of("question"), title: of("title"), text: of("text") };
  if (text.trim() === "") faults.push("答案（正文）是空的");
  if (!question && !title) faults.push("没有问题，也没有标题");
  if (days.validFrom && days.validTo && days.validTo < days.validFrom) faults.push("失效日期早于生效日期");
  const tests = of("tests");
  const demonstration = of("demonstration");
  const line = {
    id: of("id") ?? idOf("q", question ?? title, of("region"), of("audience")),
    question,
    title,
    text,
    similar,
    source: sourceOf(of, days["source.checkedOn"]),
    validFrom: days.validFrom,
    validTo: days.validTo,
    category: of("category"),
    region: of("region"),
    audience: of("audience"),
    owner: of("owner"),
    reviewOn: days.reviewOn,
    tests: tests === undefined ? undefined : splitTests(tests),
    demonstration: demonstration === undefined ? undefined : /^(是|1|true|yes)$/i.test(demonstration),
  };
  if (faults.length > 0) return { faults, warnings: [] };
  return { ...proposeLine(line), ...(of("id") === undefined ? { madeId: true } : {}) };
}

const brief = (text: string): string => (text.length > 30 ? `${text.slice(0, 30)}…` : text);

function valuesOf(cells: readonly string[], mapping: Mapping, defaults: Defaults): Map<Field, string> {
  const values = new Map<Field, string>();
  for (const [i, field] of mapping.entries()) {
    const cell = unguard(cells[i] ?? "");
    if (field && cell !== "") values.set(field, joined(field, values.get(field), cell));
  }
  for (const [field, value] of Object.entries(defaults) as [Field, string][]) {
    if (value.trim() !== "" && !values.has(field)) values.set(field, value.trim());
  }
  for (const [field, value] of values) if (value.trim() === "") values.delete(field);
  return values;
}

/** Texts of one field over several columns: 相似问 become lines, a 正文 that was cut is put together again. */
function joined(field: Field, before: string | undefined, cell: string): string {
  switch (field) {
    case "text":
      return (before ?? "") + cell;
    case "similar":
      return before === undefined ? cell : JSON.stringify([...splitTexts(before), ...splitTexts(cell)]);
    case "tests":
      return cell;
    default:
      return cell.trim();
  }
}

function sourceOf(of: (field: Field) => string | undefined, checkedOn: string | undefined) {
  const number = of("source.number");
  const title = of("source.title") ?? number;
  if (title === undefined) return undefined;
  const by = of("source.checkedBy");
  return {
    title,
    issuer: of("source.issuer"),
    number,
    article: of("source.article"),
    url: of("source.url"),
    checkedOn,
    checkedBy: by === undefined ? undefined : /^(text|对照原文|原文)$/i.test(by) ? "text" : "memory",
  };
}

/** The entry that a section of a document is: its words verbatim, the document as its source. */
export function proposeSection(section: Section, facts: DocumentFacts, number: number, sections: number): Proposal {
  const { headings, article, text } = section;
  const [question, ...similar] = proposeQuestions(section, facts.title);
  const inner = headings.map(bareHeading).filter((heading) => heading !== "");
  const part = section.part === undefined ? undefined : `（${section.part}）`;
  const name = [facts.title, article, ...inner.slice(-2), part].filter((part) => part !== undefined).join(" ");
  const title = name === facts.title && sections > 1 ? `${name}（${number}）` : name;
  const { issuer, number: documentNumber, validFrom, validTo } = facts;
  return proposeLine({
    id: idOf(
      "d",
      documentNumber ?? facts.title,
      article ?? (headings.length > 0 ? "" : number),
      headings.join("/"),
      section.part,
    ),
    question,
    title: title.slice(0, SHORT),
    text,
    similar,
    source: { title: facts.title, issuer, number: documentNumber, article: article ?? headings.at(-1) },
    validFrom,
    validTo,
  };
  return { ...proposeLine(line), madeId: true };
}

/** The entry that a line of JSONL is. */
export function proposeLine(line: unknown): Proposal {
  try {
    const { status: _, ...content } = readImportLine(line, "draft");
    const isBare = content.question !== undefined && content.source === undefined;
    return { content, faults: [], warnings: isBare ? ["没有写依据，补上依据以前不能答复市民"] : [] };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return { faults: [`格式不对：${why}`], warnings: [] };
  }
}
