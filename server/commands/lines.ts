import { createReadStream } from "node:fs";

/**
 * The lines of a stream, without their ends. Only LF and CRLF end a line: U+2028, U+2029 and a lone CR may stand inside a JSON
 * string (RFC 8259, 7) and must not cut it in two, as readline does. Opened when the first line is wanted.
 */
export async function* linesOf(open: () => NodeJS.ReadableStream): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of open().setEncoding("utf8")) {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    yield* lines.map(withoutReturn);
  }
  if (rest !== "") yield withoutReturn(rest);
}

const withoutReturn = (line: string): string => (line.endsWith("\r") ? line.slice(0, -1) : line);

/** The lines of a file. */
export const fileLines = (file: string): AsyncGenerator<string> => linesOf(() => createReadStream(file));
