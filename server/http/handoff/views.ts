import type { Handoff } from "../../../bots/model/index.ts";
import type { Attention, QueueLine } from "../../handoff/reception.ts";
import type { AttentionJson, QueueJson } from "./schemas.ts";

/** The queue as this operator sees it. */
export const queueJson = (username: string, queue: { open: QueueLine[]; ended: Handoff[] }): QueueJson => ({
  open: queue.open.map(({ handoff, subject }) => ({
    id: handoff.id,
    channel: handoff.from.channel,
    state: handoff.state,
    reason: handoff.reason,
    requestedAt: handoff.requestedAt,
    subject,
    takenBy: handoff.takenBy?.label,
    mine: handoff.takenBy?.username === username,
    unansweredSince: handoff.unansweredSince,
    dueAt: handoff.dueAt,
  })),
  ended: queue.ended.map(({ id, requestedAt, endedAt, ending, note }) => ({ id, requestedAt, endedAt, ending, note })),
});

export const attentionJson = ({ handoff, lines, pending, summary, form }: Attention): AttentionJson => ({
  id: handoff.id,
  channel: handoff.from.channel,
  reason: handoff.reason,
  requestedAt: handoff.requestedAt,
  takenAt: handoff.takenAt,
  unansweredSince: handoff.unansweredSince,
  dueAt: handoff.dueAt,
  label: handoff.takenBy?.label ?? "",
  ...summary,
  lines: lines.map(({ by, at, speaker, text, media }) => ({
    by,
    at: at.toISOString(),
    speaker,
    text,
    files: media.map(({ id, mimeType, name }) => ({ id, mimeType, name })),
  })),
  pending,
  form,
});
