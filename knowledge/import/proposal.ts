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
  const values = valuesOf(cells, mapping, defaults);
  const faults = rowFaults(values);
  if (faults.length > 0) return { faults, warnings: [] };
  return { ...proposeLine(lineOf(values)), ...(values.has("id") ? {} : { madeId: true }) };
}

type Values = ReadonlyMap<Field, string>;

function rowFaults(values: Values): string[] {
  const faults: string[] = [];
  const check = (isBad: boolean, fault: string) => isBad && faults.push(fault);
  for (const field of DAYS) {
    const cell = values.get(field);
    const isBad = cell !== undefined && dayOf(cell) === undefined;
    check(isBad, `${columnName(field)}“${brief(cell ?? "")}”不是日期，请写成 2024-05-01`);
  }
  for (const [field, longest = 0] of Object.entries(LONGEST) as [Field, number][]) {
    check((values.get(field)?.length ?? 0) > longest, `${columnName(field)}太长，最多 ${longest} 个字`);
  }
  const isLong = splitTexts(values.get("similar") ?? "").some((each) => each.length > SHORT);
  check(isLong, `相似问太长，每个最多 ${SHORT} 个字`);
  const url = values.get("source.url") ?? "";
  check(url !== "" && !/^https?:\/\/\S+$/i.test(url), `链接“${brief(url)}”不是网址，要以 http 开头`);
  check(!values.has("text"), "答案（正文）是空的");
  check(!values.has("question") && !values.has("title") && !values.has("id"), "没有问题，也没有标题");
  const [from, to] = [dayOf(values.get("validFrom") ?? ""), dayOf(values.get("validTo") ?? "")];
  check(from !== undefined && to !== undefined && to < from, "失效日期早于生效日期");
  return faults;
}

function lineOf(values: Values) {
  const of = (field: Field) => values.get(field);
  const day = (field: Field) => dayOf(of(field) ?? "");
  const [tests, demonstration] = [of("tests"), of("demonstration")];
  return {
    id: of("id") ?? idOf("q", of("question") ?? of("title"), of("region"), of("audience")),
    question: of("question"),
    title: of("title"),
    text: of("text"),
    similar: splitTexts(of("similar") ?? ""),
    source: sourceOf(of, day("source.checkedOn")),
    validFrom: day("validFrom"),
    validTo: day("validTo"),
    category: of("category"),
    region: of("region"),
    audience: of("audience"),
    owner: of("owner"),
    reviewOn: day("reviewOn"),
    tests: tests && splitTests(tests),
    demonstration: demonstration && /^(是|1|true|yes)$/i.test(demonstration),
  };
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
  const line = {
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
