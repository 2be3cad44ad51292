import type { Content } from "./content.ts";
import { diffText, type Piece } from "./text-diff.ts";

/** One field that differs between two versions. */
export type FieldChange =
  | { field: string; kind: "text"; before?: string; after?: string; pieces: Piece[] }
  | { field: string; kind: "list"; removed: string[]; added: string[] };

const TEXTS = [
  "question",
  "title",
  "text",
  "validFrom",
  "validTo",
  "category",
  "region",
  "audience",
  "owner",
  "reviewOn",
] as const;
const NOTES = ["title", "issuer", "number", "article", "url", "checkedOn", "checkedBy"] as const;

/** What of an entry differs from one version to the other, field by field; texts also by sentences and characters. */
export function diffContent(before: Content, after: Content): FieldChange[] {
  const sourceOf = ({ source }: Content) => source ?? {};
  const [oldSource, newSource]: Record<string, string | undefined>[] = [sourceOf(before), sourceOf(after)] as const;
  return [
    ...TEXTS.flatMap((field) => textChange(field, before[field], after[field])),
    ...listChange("similar", before.similar, after.similar),
    ...NOTES.flatMap((field) => textChange(`source.${field}`, oldSource?.[field], newSource?.[field])),
    ...listChange("tests", tests(before), tests(after)),
    ...textChange("demonstration", flag(before.demonstration), flag(after.demonstration)),
  ];
}

const flag = (value: boolean | undefined): string | undefined => (value ? "true" : undefined);

const tests = (content: Content): string[] =>
  (content.tests ?? []).map((test) => `${test.expect === "this" ? "应答" : "不应答"}：${test.question}`);

function textChange(field: string, before: string | undefined, after: string | undefined): FieldChange[] {
  if (before === after) return [];
  return [{ field, kind: "text", before, after, pieces: diffText(before ?? "", after ?? "") }];
}

function listChange(field: string, before: readonly string[], after: readonly string[]): FieldChange[] {
  const removed = before.filter((one) => !after.includes(one));
  const added = after.filter((one) => !before.includes(one));
  return removed.length + added.length === 0 ? [] : [{ field, kind: "list", removed, added }];
}
