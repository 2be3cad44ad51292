/** What `/api/handoffs` gives. All times ISO 8601 with zone. */
export interface QueueLine {
  id: string;
  channel: string;
  state: "waiting" | "taken" | "ended";
  reason: string;
  requestedAt: string;
  /** The citizen's words, masked. */
  subject: string;
  takenBy?: string;
  mine: boolean;
  unansweredSince?: string;
}

export interface EndedLine {
  id: string;
  requestedAt: string;
  endedAt?: string;
  ending?: string;
  note?: string;
}

export interface Queue {
  open: QueueLine[];
  ended: EndedLine[];
}

export interface TalkFile {
  id: string;
  mimeType: string;
  name?: string;
}

export interface TalkLine {
  by: "citizen" | "bot" | "staff";
  at: string;
  /** Who of the staff. */
  speaker?: string;
  text: string;
  files: TalkFile[];
}

export interface FormRow {
  name: string;
  label: string;
  value: string;
  /** What the editor begins with; the value when absent. */
  input?: string;
  editable: boolean;
}

/** A conversation that the signed-in operator attends. */
export interface Attention {
  id: string;
  reason: string;
  requestedAt: string;
  unansweredSince?: string;
  /** When it goes back to the bot by itself. */
  dueAt?: string;
  /** What the citizen is told of the operator. */
  label: string;
  subject: string;
  understood: { label: string; value: string }[];
  tried: string[];
  lines: TalkLine[];
  /** Said, and not with the citizen; `failed`: and it will not be. */
  pending: { text: string; failed: boolean }[];
  form?: { title: string; rows: FormRow[] };
}
