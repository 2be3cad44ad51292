import type { Fields } from "./reply.ts";
import { MAX_SPAN_MS } from "./vocabulary.ts";

const W3C = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** GeoReport v2, Date/time format: the zone must be there. A plus sign that a client sent unescaped arrives as a blank. */
function parseTime(text: string): Date | undefined {
  const candidate = text.trim().replace(/ (\d{2}:\d{2})$/, "+$1");
  const time = W3C.test(candidate) ? new Date(candidate) : undefined;
  return time && !Number.isNaN(time.getTime()) ? time : undefined;
}

/** Without fractions of a second, as GeoReport v2 writes its examples. */
export const formatTime = (iso: string): string => iso.replace(/\.\d+(?=Z$)/, "");

export type Span = { kind: "span"; from: Date; to: Date } | { kind: "wrong"; description: string };

/**
 * `start_date` and `end_date` of a search: at most 90 days, the most recent 90 days when both are missing, 90 days from or up
 * to the one that is given. The second named by `end_date` belongs to the span.
 */
export function readSpan(fields: Fields, now: Date): Span {
  const start = fields.get("start_date");
  const end = fields.get("end_date");
  const from = start === undefined ? undefined : parseTime(start);
  const to = end === undefined ? undefined : parseTime(end);
  if (start !== undefined && !from)
    return wrong("start_date must be a W3C date and time with zone, e.g. 2026-01-01T00:00:00Z");
  if (end !== undefined && !to)
    return wrong("end_date must be a W3C date and time with zone, e.g. 2026-01-01T00:00:00Z");
  const last = to ?? new Date(from ? from.getTime() + MAX_SPAN_MS : now.getTime());
  const first = from ?? new Date(last.getTime() - MAX_SPAN_MS);
  if (first > last) return wrong("start_date must not be later than end_date");
  if (last.getTime() - first.getTime() > MAX_SPAN_MS)
    return wrong("start_date and end_date may not span more than 90 days");
  return { kind: "span", from: first, to: new Date(last.getTime() + 1000) };
}

const wrong = (description: string): Span => ({ kind: "wrong", description });
