import type { Division, Place, RequestFact } from "../../../bots/model/index.ts";
import { periodInDates } from "../../../flows/text/labels.ts";
import type { TicketWithHistory } from "../../desk/desk.ts";
import type { Joiner } from "../../desk/joiner-table.ts";
import { isOverdue, type Ticket, type TicketBody, titleOf } from "../../desk/ticket.ts";
import { contactFor, seesTheCity, textFor, type Viewer } from "../../desk/viewer.ts";
import type { TicketDetailJson, TicketSummaryJson } from "./schemas.ts";

/** A ticket as a line of the list. */
export function summaryView(viewer: Viewer, ticket: Ticket, now: Date): TicketSummaryJson {
  return {
    number: ticket.number,
    title: titleOf(ticket.categoryPath, textFor(viewer, ticket, ticket.body.description)),
    kind: ticket.kind,
    categoryPath: ticket.categoryPath,
    state: ticket.state,
    unit: ticket.unit,
    second: ticket.second,
    grade: ticket.grade,
    createdAt: ticket.createdAt,
    dueAt: ticket.dueAt,
    closedAt: ticket.closedAt,
    urges: ticket.urges,
    voices: ticket.voices,
    overdue: isOverdue(ticket, now),
  };
}

/** A ticket with everything that this viewer may see of it. */
export function detailView(viewer: Viewer, found: TicketWithHistory, now: Date): TicketDetailJson {
  const { ticket, events, joiners } = found;
  const { body } = ticket;
  const read = readerFor(viewer, ticket);
  const speakers = new Map(joiners.map(({ requestId, contact }) => [requestId, contact]));
  return {
    ...summaryView(viewer, ticket, now),
    way: ticket.way,
    confidential: ticket.confidential,
    catalogueVersion: ticket.catalogueVersion,
    updatedAt: ticket.updatedAt,
    description: textFor(viewer, ticket, body.description),
    place: body.place && placeView(body.place),
    occurredAt: body.occurredAt,
    wants: read(body.wants),
    details: detailsOf(body).map(({ label, value }) => ({ label, value: textFor(viewer, ticket, value) })),
    // Who has withdrawn is not to be called any more.
    contact: ticket.firstLeftAt === undefined ? contactFor(viewer, ticket) : undefined,
    evidence: evidenceView(viewer, ticket, body),
    related: body.related,
    firstLeftAt: ticket.firstLeftAt,
    joiners: joiners.map((joiner) => joinerView(viewer, ticket, joiner)),
    timeline: events.map((event) => ({
      at: event.at,
      kind: event.kind,
      unit: event.unit,
      actor:
        seesTheCity(viewer) || event.actor === undefined || event.unit === ticket.unit.name ? event.actor : undefined,
      text: readerFor(viewer, { ...ticket, contact: speakers.get(event.requestId ?? "") ?? ticket.contact })(
        event.text,
      ),
    })),
  };
}

const FACT_LABELS: Record<RequestFact["kind"], string> = {
  unit: "涉及单位",
  amount: "金额",
  plate: "车牌号",
  orderNumber: "订单号",
};

function detailsOf({ company, facts = [], period }: TicketBody): { label: string; value: string }[] {
  return [
    ...(period ? [{ label: "折算日期", value: periodInDates(period) }] : []),
    ...(company ? [{ label: "企业名称", value: company.name }] : []),
    ...(company ? [{ label: "信用代码", value: company.creditCode ?? "待补" }] : []),
    ...facts.map(({ kind, text }) => ({ label: FACT_LABELS[kind], value: text })),
  ];
}

/** People name files after themselves; whoever may not know who brought the request does not read it there. */
export const fileNameFor = (viewer: Viewer, ticket: Ticket, name: string | undefined): string | undefined =>
  name === undefined ? undefined : textFor(viewer, ticket, name);

const readerFor =
  (viewer: Viewer, ticket: Ticket) =>
  (text: string | undefined): string | undefined =>
    text === undefined ? undefined : textFor(viewer, ticket, text);

/** Each by the same rules as the one who came first. */
function joinerView(viewer: Viewer, ticket: Ticket, joiner: Joiner): TicketDetailJson["joiners"][number] {
  const { body, contact, joinedAt, urges, leftAt } = joiner;
  const own = { ...ticket, contact };
  const read = readerFor(viewer, own);
  return {
    id: joiner.requestId,
    joinedAt,
    description: textFor(viewer, own, body.description),
    place: body.place?.text,
    occurredAt: body.occurredAt,
    wants: read(body.wants),
    contact: leftAt === undefined ? contactFor(viewer, own) : undefined,
    evidence: evidenceView(viewer, own, body),
    urges,
    leftAt,
  };
}

const evidenceView = (viewer: Viewer, ticket: Ticket, { evidence }: TicketBody) =>
  evidence.map(({ id, mimeType, name }) => ({ id, mimeType, name: fileNameFor(viewer, ticket, name) }));

const placeView = (place: Place) => ({
  text: place.text,
  district: nameOf(place.district),
  subdistrict: nameOf(place.subdistrict),
  community: nameOf(place.community),
  point: place.point && { latitude: place.point.latitude, longitude: place.point.longitude },
});

const nameOf = (division: Division | undefined): string | undefined => division?.name;
