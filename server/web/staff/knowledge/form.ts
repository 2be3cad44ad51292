import type { Content, FieldChange, SourceOf, TestQuestion } from "./model.ts";

/** An entry as it stands in the editor: every field a string, empty where it has nothing. */
export interface EntryForm {
  question: string;
  title: string;
  text: string;
  /** One way of asking a line. */
  similar: string;
  source: Record<keyof SourceOf, string>;
  validFrom: string;
  validTo: string;
  category: string;
  region: string;
  audience: string;
  owner: string;
  reviewOn: string;
  tests: TestQuestion[];
  demonstration: boolean;
}

/** A sentence for each field that is not right, by the field's name (`source.url`). */
export type Faults = Readonly<Record<string, string>>;

const SOURCE_FIELDS = ["title", "issuer", "number", "article", "url", "checkedOn", "checkedBy"] as const;
const WORD_FIELDS = [
  "question",
  "title",
  "validFrom",
  "validTo",
  "category",
  "region",
  "audience",
  "owner",
  "reviewOn",
] as const;

export function formOf(content: Content): EntryForm {
  const source = Object.fromEntries(SOURCE_FIELDS.map((field) => [field, content.source?.[field] ?? ""]));
  const words = Object.fromEntries(WORD_FIELDS.map((field) => [field, content[field] ?? ""]));
  return {
    ...(words as Pick<EntryForm, (typeof WORD_FIELDS)[number]>),
    text: content.text,
    similar: content.similar.join("\n"),
    source: source as EntryForm["source"],
    tests: content.tests ?? [],
    demonstration: content.demonstration ?? false,
  };
}

export const emptyForm = (): EntryForm => formOf({ text: "", similar: [] });

/** Lines of the paraphrases: trimmed, without empty and repeated ones. */
export const waysOf = (similar: string): string[] => [
  ...new Set(
    similar
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

export function contentOf(form: EntryForm): Content {
  const given = (value: string): string | undefined => value.trim() || undefined;
  const words = Object.fromEntries(WORD_FIELDS.flatMap((field) => pair(field, given(form[field]))));
  const source = Object.fromEntries(SOURCE_FIELDS.flatMap((field) => pair(field, given(form.source[field]))));
  const tests = form.tests.filter(({ question }) => question.trim() !== "");
  return {
    ...words,
    text: form.text,
    similar: waysOf(form.similar),
    ...(Object.keys(source).length === 0 ? {} : { source: { title: "", ...source } as SourceOf }),
    ...(tests.length === 0 ? {} : { tests }),
    ...(form.demonstration ? { demonstration: true } : {}),
  };
}

const pair = (field: string, value: string | undefined): [string, string][] =>
  value === undefined ? [] : [[field, value]];

/** The same content, whatever was typed on the way. */
export const isSameForm = (a: EntryForm, b: EntryForm): boolean =>
  JSON.stringify(contentOf(a)) === JSON.stringify(contentOf(b));

type Rule = [field: string, isWrong: boolean, sentence: string];

const faultsOf = (rules: Rule[]): Faults =>
  Object.fromEntries(rules.filter(([, isWrong]) => isWrong).map(([field, , sentence]) => [field, sentence]));

const MOST_WAYS = 200;
const MOST_LETTERS = 500;

/** What the server would not keep. */
export function saveFaults(form: EntryForm): Faults {
  const ways = waysOf(form.similar);
  const long = ways.findIndex((way) => way.length > MOST_LETTERS);
  return faultsOf([
    ["source.url", !isAddress(form.source.url.trim()), "网址要以 http:// 或 https:// 开头，如 https://www.gov.cn/…"],
    ["similar", ways.length > MOST_WAYS, `最多 ${MOST_WAYS} 种问法，现在有 ${ways.length} 种`],
    ["similar", long >= 0, `第 ${long + 1} 种问法太长，每种最多 ${MOST_LETTERS} 字`],
    ["validTo", isBefore(form.validTo, form.validFrom), "失效日期早于生效日期"],
  ]);
}

/** What others could not judge yet: the same that the server asks for when a version is handed in. `today`: YYYY-MM-DD. */
export function handInFaults(form: EntryForm, today: string): Faults {
  const isDocument = form.question.trim() === "" && form.title.trim() !== "";
  return faultsOf([
    ["question", !form.question.trim() && !isDocument, "请写市民会怎么问"],
    ["text", !form.text.trim(), "请写正文，市民看到的就是它"],
    ["source.title", !isDocument && !form.source.title.trim(), "请写依据；没有依据的内容不能答复市民"],
    ["validTo", isBefore(form.validTo, today), "失效日期已经过了"],
  ]);
}

const isAddress = (url: string): boolean => url === "" || /^https?:\/\/[^\s/]+\.[^\s]+$/.test(url);

const isBefore = (day: string, other: string): boolean => day !== "" && other !== "" && day < other;

/** Takes over what somebody else made of one field. */
export function withTheirs(form: EntryForm, change: FieldChange, theirs: Content): EntryForm {
  const other = formOf(theirs);
  const [field, inner] = change.field.split(".");
  if (field === "source" && inner !== undefined) {
    const name = inner as keyof SourceOf;
    return { ...form, source: { ...form.source, [name]: other.source[name] } };
  }
  const name = field as keyof EntryForm;
  return { ...form, [name]: other[name] };
}
