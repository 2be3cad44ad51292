/** What the staff API gives (`/api/session`, `/api/desk/…`). All times ISO 8601 with zone. */
export interface StaffUser {
  username: string;
  name: string;
  role: string;
  unitId?: string;
}

interface UnitName {
  id: string;
  name: string;
}

export interface DeskUnit extends UnitName {
  shortName?: string;
  type?: string;
  /** Number of open tickets. */
  open: number;
}

export interface TicketRow {
  number: string;
  title: string;
  kind: string;
  categoryPath: string[];
  state: string;
  unit?: UnitName;
  second?: UnitName;
  grade: string;
  createdAt: string;
  dueAt: string;
  closedAt?: string;
  /** How often the citizen pressed for an answer (催办). */
  urges: number;
  /** How many people stand behind it. */
  voices: number;
  overdue: boolean;
}

/** Its bytes are at `/api/desk/media/{ticket number}/{id}`. */
export interface EvidenceFile {
  id: string;
  mimeType: string;
  name?: string;
}

/** Somebody who joined the ticket. */
export interface Joiner {
  id: string;
  joinedAt: string;
  description: string;
  place?: string;
  occurredAt?: string;
  wants?: string;
  contact?: { name?: string; phone?: string };
  evidence: EvidenceFile[];
  urges: number;
  leftAt?: string;
}

export interface TicketDetail extends TicketRow {
  description: string;
  place?: string | { text?: string };
  occurredAt?: string;
  wants?: string;
  details?: { label: string; value: string }[];
  contact?: { name?: string; phone?: string };
  evidence?: EvidenceFile[];
  /** The number of an earlier ticket of the same matter. */
  related?: string;
  firstLeftAt?: string;
  joiners?: Joiner[];
  timeline?: { at: string; kind: string; unit?: string; actor?: string; text?: string }[];
}

export interface TicketPage {
  tickets: TicketRow[];
  total: number;
}

export type DeskAction = { kind: "accept" } | { kind: "reply"; text: string } | { kind: "close"; text: string };

/** Closed or withdrawn: no clock runs and nothing is left to do. */
export const isOver = (state: string): boolean => state === "closed" || state === "withdrawn";
