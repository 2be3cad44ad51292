/** A stretch of a message, UTF-16 offsets, `end` excluded. `value` where the meaning differs from the words. */
export interface Span {
  start: number;
  end: number;
  value?: string;
}

/** Where the first group of a match made with the flag `d` stands. */
export function groupSpan(match: RegExpExecArray | null | undefined, group = 1): Span | undefined {
  const [start, end] = match?.indices?.[group] ?? [];
  return start === undefined || end === undefined ? undefined : { start, end };
}
