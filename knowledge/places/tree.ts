import type { Division } from "../../bots/model/index.ts";
import type { DivisionRecord } from "./divisions.ts";

/** From the district down to where it is known. */
export interface Branch {
  district?: Division;
  subdistrict?: Division;
  community?: Division;
}

export interface DivisionTree {
  /** The division with all that lie above it. */
  branch(code: string): Branch;
}

export function divisionTree(divisions: readonly DivisionRecord[]): DivisionTree {
  const byCode = new Map(divisions.map((record) => [record.code, record]));
  return {
    branch(code) {
      const branch: Branch = {};
      for (let at = byCode.get(code); at; at = at.parent ? byCode.get(at.parent) : undefined) {
        branch[at.level] = { code: at.code, name: at.name };
      }
      return branch;
    },
  };
}

/** Codes of a division begin with the codes of those above it. */
export const isWithin = (code: string, above: string): boolean => code.startsWith(above);

/** The code of the lowest division that all of `codes` lie in; empty when they share none. */
export function commonAncestor(codes: readonly string[]): string {
  const [first = "", ...rest] = codes;
  const length = [12, 9, 6].find(
    (digits) => first.length >= digits && rest.every((code) => code.startsWith(first.slice(0, digits))),
  );
  return first.slice(0, length ?? 0);
}
