import type { Entry } from "../policies/entry.ts";

/** What editors write: an entry without what the life cycle adds. A draft may lack anything but its id. */
export type Content = Omit<Entry, "status" | "version">;

export type Lack = "question" | "text" | "source" | "dates" | "past" | "tests";

/** What a version still lacks before others look at it, or before it is published on `day` (YYYY-MM-DD, in Beijing). */
export function lacks(content: Content, day: string): Lack[] {
  const { question, title, text, source, validFrom, validTo, tests = [] } = content;
  const found: [Lack, boolean][] = [
    ["question", !question?.trim() && !title?.trim()],
    ["text", text.trim() === ""],
    ["source", Boolean(question?.trim()) && !source?.title.trim()],
    ["dates", validFrom !== undefined && validTo !== undefined && validTo < validFrom],
    ["past", validTo !== undefined && validTo < day],
    ["tests", tests.some((test) => test.question.trim() === "")],
  ];
  return found.flatMap(([lack, isThere]) => (isThere ? [lack] : []));
}

/** The same words in every field, whatever the order of the fields. */
export const isSame = (a: Content, b: Content): boolean => ordered(a) === ordered(b);

function ordered(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
