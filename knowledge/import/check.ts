import type { Content } from "../life/content.ts";
import { compare, type Finding } from "./comparing/compare.ts";
import type { Mapping } from "./fields.ts";
import { type Defaults, type Proposal, proposeLine, proposeRow, proposeSection } from "./proposal.ts";
import type { Reading } from "./read.ts";

/** A row of the preview: what a row, a section or a line of the file becomes. */
export interface CheckedRow extends Proposal {
  /** Its row, line or page in the file. */
  at: number;
  /** 第 3 行, 第 2 页, 第三条: where an editor finds it. */
  place: string;
  findings: Finding[];
}

interface Placed extends Proposal {
  at: number;
  place: string;
}

/** What would become of a file: nothing is written. `mapping` counts for tables only. */
export function checkReading(
  reading: Reading,
  options: { mapping: Mapping; defaults: Defaults; base: readonly Content[] },
): CheckedRow[] {
  const rows = unlikeIds(propose(reading, options));
  const entries = rows.flatMap(({ at, content, faults }) => (content && faults.length === 0 ? [{ at, content }] : []));
  const findings = compare(entries, options.base);
  let next = 0;
  return rows.map((row) => ({
    ...row,
    findings: row.content && row.faults.length === 0 ? (findings[next++] ?? []) : [],
  }));
}

function propose(reading: Reading, { mapping, defaults }: { mapping: Mapping; defaults: Defaults }): Placed[] {
  switch (reading.kind) {
    case "table":
      return reading.rows.map(({ at, cells }) => ({
        at,
        place: `第 ${at} 行`,
        ...proposeRow(cells, mapping, defaults),
      }));
    case "lines":
      return reading.lines.map(({ at, value, fault }) => {
        const proposal = fault ? { faults: [fault], warnings: [] } : proposeLine(value);
        return { at, place: `第 ${at} 行`, ...proposal };
      });
    case "document": {
      const { facts, sections } = reading;
      return sections.map((section, i) => {
        const { page, article } = section;
        const place = [page === undefined ? undefined : `第 ${page} 页`, article ?? `第 ${i + 1} 段`];
        const proposal = proposeSection(section, facts, i + 1, sections.length);
        return { at: page ?? i + 1, place: place.filter((part) => part !== undefined).join(" "), ...proposal };
      });
    }
    default:
      throw new Error(`unknown reading ${JSON.stringify(reading satisfies never)}`);
  }
}

/** An id that stands twice is a fault of the file; ids that were made here are told apart instead. */
function unlikeIds(rows: Placed[]): Placed[] {
  const seen = new Map<string, { place: string; count: number }>();
  return rows.map((row) => {
    const id = row.content?.id;
    const before = id === undefined ? undefined : seen.get(id);
    if (!row.content || id === undefined) return row;
    if (!before) {
      seen.set(id, { place: row.place, count: 1 });
      return row;
    }
    before.count += 1;
    if (row.madeId) return { ...row, content: { ...row.content, id: `${id}-${before.count}` } };
    return { ...row, faults: [...row.faults, `编号与${before.place}重复`] };
  });
}
