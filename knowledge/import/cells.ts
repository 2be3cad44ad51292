import type { TestQuestion } from "../policies/entry.ts";

/**
 * What begins like this is run as a formula by programs for tables ("OWASP, CSV Injection"). On the way out a mark is put before it, and
 * before what already has that mark; on the way in one mark is taken away.
 */
const RUNS = /^[=+\-@\t\r＝＋－＠]/;
const GUARDED = /^'(?=['=+\-@\t\r＝＋－＠])/;

export const guard = (text: string): string => (RUNS.test(text) || GUARDED.test(text) ? `'${text}` : text);
export const unguard = (cell: string): string => (GUARDED.test(cell) ? cell.slice(1) : cell);

/** Several texts in one cell: one a line, or as JSON where lines would not give them back. */
export function joinTexts(texts: readonly string[]): string {
  const divides = texts.length > 1 ? /[\r\n]/ : /[\r\n|｜；;]/;
  const areLines = texts.every((text) => text !== "" && !divides.test(text) && text.trim() === text);
  const joined = texts.join("\n");
  return areLines && !joined.startsWith("[") ? joined : JSON.stringify(texts);
}

/** Also what others write: several in one line, divided by |, ； or ;. */
export function splitTexts(cell: string): string[] {
  const json = cell.startsWith("[") ? parseTexts(cell) : undefined;
  if (json) return json;
  const lines = /[\r\n]/.test(cell) ? cell.split(/\r?\n/) : cell.split(/[|｜；;]/);
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}

function parseTexts(cell: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(cell);
    return Array.isArray(value) && value.every((each) => typeof each === "string") ? value : undefined;
  } catch {
    return undefined;
  }
}

const EXPECTED: Readonly<Record<TestQuestion["expect"], string>> = { this: "应答", refuse: "不答" };

export const joinTests = (tests: readonly TestQuestion[]): string =>
  joinTexts(tests.map(({ question, expect }) => `${EXPECTED[expect]}：${question}`));

export function splitTests(cell: string): TestQuestion[] {
  return splitTestLines(cell).map((line) => {
    const [, word, question] = /^(应答|不答)：([\s\S]*)$/.exec(line) ?? [];
    return question === undefined
      ? { question: line, expect: "this" as const }
      : { question, expect: word === "不答" ? ("refuse" as const) : ("this" as const) };
  });
}

/** A question of a test may have a semicolon in it, so only lines divide them. */
function splitTestLines(cell: string): string[] {
  const json = cell.startsWith("[") ? parseTexts(cell) : undefined;
  return json ?? cell.split(/\r?\n/).filter((line) => line.trim() !== "");
}
