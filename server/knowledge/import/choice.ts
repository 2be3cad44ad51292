/** Which rows a start imports: all without a fault, or only those of `rows`, or all but those of `except` (numbers of the preview). */
export interface Choice {
  rows?: number[];
  except?: number[];
}

/** Why nothing can be begun with a choice. */
export type ChoiceRefusal =
  /** Rows with faults were chosen. */
  { kind: "faulty-rows"; rows: number } | { kind: "nothing-chosen" };

type Judged = { kind: "wanted"; wanted: number[] } | ChoiceRefusal;

/** The numbers of the rows that are to be imported, in their order, or why it cannot be begun. */
export function judgeChoice(
  { rows, except }: Choice,
  { size, faulty }: { size: number; faulty: readonly number[] },
): Judged {
  const [named, left, bad] = [new Set(rows), new Set(except), new Set(faulty)];
  const chosen = Array.from({ length: size }, (_, seq) => seq).filter(
    (seq) => (rows ? named.has(seq) : !bad.has(seq)) && !left.has(seq),
  );
  if (chosen.length === 0) return { kind: "nothing-chosen" };
  const faultyRows = chosen.filter((seq) => bad.has(seq)).length;
  return faultyRows > 0 ? { kind: "faulty-rows", rows: faultyRows } : { kind: "wanted", wanted: chosen };
}
