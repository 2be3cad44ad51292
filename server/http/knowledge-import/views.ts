import type { z } from "zod";
import type { CheckedRow } from "../../../knowledge/import/check.ts";
import { columnName, fields } from "../../../knowledge/import/fields.ts";
import { formatName } from "../../../knowledge/import/formats.ts";
import type { ImportRow, RowCounts } from "../../store/sqlite/knowledge/import-table.ts";
import type { importList, importView, rowList } from "./schemas.ts";

type Line = z.output<typeof importList>["imports"][number];

export function lineView({ outcome, ...row }: ImportRow): Line {
  const { id, fileName, by, state, total, done, createdAt, changedAt } = row;
  return {
    ...{ id, fileName, by, state, total, done },
    ...(outcome === undefined ? {} : "fault" in outcome ? { message: outcome.fault } : { result: outcome }),
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
  };
}

const KNOWN_FIELDS = fields.filter((field) => field !== "status").map((field) => ({ field, name: columnName(field) }));

export function viewOf(row: ImportRow & { counts: RowCounts }): z.output<typeof importView> {
  const { summary, settings, counts } = row;
  return {
    ...lineView(row),
    format: summary && formatName(summary.format),
    kind: summary?.kind,
    notes: summary?.notes ?? [],
    columns: summary?.columns?.map((name, i) => ({
      name,
      field: summary.mapping?.[i] ?? null,
      samples: (summary.samples ?? []).map((cells) => cells[i] ?? ""),
    })),
    defaults: settings.defaults,
    document: summary?.facts,
    counts,
    fields: KNOWN_FIELDS,
  };
}

export function rowView({ seq, chosen, body }: { seq: number; chosen: boolean; body: string }) {
  const { place, content, faults, warnings, findings } = JSON.parse(body) as CheckedRow;
  const view: z.output<typeof rowList>["rows"][number] = {
    seq,
    place,
    chosen,
    content: content && { ...content },
    faults,
    warnings,
    findings,
  };
  return view;
}
