import type { z } from "zod";

/** A fault in what was given on standard input; the message names the line. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/**
 * Reads lines of JSON one by one and checks each against `schema`. Every string of `input` is one line or several whole lines; empty ones are
 * passed over. Throws an InputError at the first line that is not JSON or does not fit.
 */
export async function* readJsonLines<T>(
  input: AsyncIterable<string>,
  schema: z.ZodType<T>,
): AsyncGenerator<{ line: number; value: T }> {
  let line = 0;
  for await (const chunk of input) {
    for (const text of chunk.replace(/\r?\n$/, "").split(/\r?\n/)) {
      line += 1;
      if (text.trim() !== "") yield { line, value: readLine(text, line, schema) };
    }
  }
}

function readLine<T>(text: string, line: number, schema: z.ZodType<T>): T {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (cause) {
    throw new InputError(`line ${line}: not valid JSON`, { cause });
  }
  const result = schema.safeParse(parsed);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join(".") || "line"}: ${issue.message}`);
  throw new InputError(`line ${line}: ${faults.join("; ")}`);
}
