import type { Company, Media, Place, Request, RequestFact, RequestKind, TicketStatus } from "../../bots/model/index.ts";
import type { ResponseGrade } from "./catalogue.ts";

/** How to reach whoever brought the request. Through Open311 a ticket may come with an e-mail address only. */
export interface DeskContact {
  name?: string;
  phone?: string;
  email?: string;
}

/** What the desk needs of a request; a `Request` of the bot is one. */
export type DeskRequest = Pick<
  Request,
  | "id"
  | "kind"
  | "category"
  | "description"
  | "place"
  | "occurredAt"
  | "wants"
  | "period"
  | "facts"
  | "company"
  | "confidential"
  | "evidence"
  | "createdAt"
  | "joins"
  | "follows"
> & { contact?: DeskContact };

/** Which way a request came: from the bot of this house, or from the holder of an API key. */
export type TicketSource = "bot" | `open311:${string}`;

export interface UnitRef {
  id: string;
  name: string;
}

/** The part of a ticket that is sealed at rest. */
export interface TicketBody {
  requestId: string;
  description: string;
  place?: Place;
  occurredAt?: string;
  wants?: string;
  period?: Request["period"];
  facts?: RequestFact[];
  company?: Company;
  evidence: Media[];
  /** The number of an earlier ticket of the same matter. */
  related?: string;
}

export const bodyOf = (request: DeskRequest): TicketBody => ({
  requestId: request.id,
  description: request.description,
  place: request.place,
  occurredAt: request.occurredAt,
  wants: request.wants,
  period: request.period,
  facts: request.facts,
  company: request.company,
  evidence: request.evidence,
  related: request.follows ?? request.joins,
});

/** A ticket (工单) with everything in it. All times ISO 8601 in UTC. */
export interface Ticket {
  number: string;
  source: TicketSource;
  kind: RequestKind;
  categoryCode?: string;
  categoryPath: string[];
  catalogueVersion: string;
  unit: UnitRef;
  second?: UnitRef;
  way: "direct" | "double" | "conference";
  grade: ResponseGrade;
  state: TicketStatus;
  /** Reporter's identity withheld from every unit (举报, or at the citizen's wish). */
  confidential: boolean;
  /** How often citizens pressed for an answer (催办), all together. */
  urges: number;
  /** How many people stand behind the ticket: whoever brought it and whoever joined, without those who left. */
  voices: number;
  /** When the one who brought it withdrew, where it went on for others. */
  firstLeftAt?: string;
  createdAt: string;
  updatedAt: string;
  dueAt: string;
  closedAt?: string;
  body: TicketBody;
  contact?: DeskContact;
}

/** "left": one of several withdrew; "leads": this one comes first now. */
export type EventKind = TicketStatus | "urged" | "supplemented" | "joined" | "left" | "leads";

/** One line of a ticket's history. `seq` grows over all tickets. */
export interface TicketEvent {
  seq: number;
  number: string;
  kind: EventKind;
  at: string;
  unit?: string;
  dueAt?: string;
  text?: string;
  /** The member of staff who did it; shown to staff only. */
  actor?: string;
  /** The request of the one person it concerns, where several share the ticket. */
  requestId?: string;
}

export const isOpen = (state: TicketStatus): boolean => state !== "closed" && state !== "withdrawn";

/** Past its due time while open, or settled after it. */
export function isOverdue(ticket: Pick<Ticket, "closedAt" | "dueAt">, now: Date): boolean {
  return Date.parse(ticket.closedAt ?? now.toISOString()) > Date.parse(ticket.dueAt);
}

const TITLE_CHARACTERS = 24;

/** A line to know a ticket by: its 目 and the beginning of the description. */
export function titleOf(categoryPath: readonly string[], description: string): string {
  const line = description.replace(/\s+/g, " ").trim();
  const characters = [...line];
  const start = characters.length > TITLE_CHARACTERS ? `${characters.slice(0, TITLE_CHARACTERS).join("")}…` : line;
  const leaf = categoryPath.at(-1);
  return leaf ? `${leaf}：${start}` : start;
}
