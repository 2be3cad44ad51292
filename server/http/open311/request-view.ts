import { withoutIdentity } from "../../desk/identity.ts";
import { isOpen, type Ticket } from "../../desk/ticket.ts";
import { formatTime } from "./time.ts";
import { MAX_TEXT, statusLabels } from "./vocabulary.ts";
import type { Value } from "./xml.ts";

/**
 * A ticket as other systems see it. Never a name or a phone number; the citizen's description, the exact place and
 * the point only for the holder of a key. Text fields are always there, the rest only where there is a value.
 */
export function requestView(ticket: Ticket, hasKey: boolean): Value {
  const { body } = ticket;
  const exact = hasKey && !ticket.confidential;
  const divisions = [body.place?.district, body.place?.subdistrict, ...(exact ? [body.place?.community] : [])];
  const area = divisions.flatMap((division) => division ?? []);
  return {
    service_request_id: ticket.number,
    status: isOpen(ticket.state) ? "open" : "closed",
    status_notes: statusLabels[ticket.state],
    service_name: ticket.categoryPath.at(-1) ?? "未分类",
    service_code: ticket.categoryCode ?? "",
    description: hasKey ? cut(withoutIdentity(body.description, ticket.contact)) : "",
    agency_responsible: ticket.unit.name,
    service_notice: notice(ticket),
    requested_datetime: formatTime(ticket.createdAt),
    updated_datetime: formatTime(ticket.updatedAt),
    expected_datetime: formatTime(ticket.dueAt),
    address: exact && body.place ? body.place.text : area.map((division) => division.name).join("") || undefined,
    address_id: area.at(-1)?.code,
    lat: exact ? body.place?.point?.latitude : undefined,
    long: exact ? body.place?.point?.longitude : undefined,
  };
}

const cut = (text: string): string => {
  const characters = [...text];
  return characters.length <= MAX_TEXT ? text : `${characters.slice(0, MAX_TEXT - 1).join("")}…`;
};

const graded = { "2h": "2小时", "24h": "24小时", "7d": "7天", "15d": "15天" } as const;

export const notice = (ticket: Ticket): string =>
  ticket.way === "conference"
    ? `已受理，由${ticket.unit.name}研究后派单，办理期限${graded[ticket.grade]}`
    : `已受理并派往${[ticket.unit.name, ticket.second?.name].filter(Boolean).join("、")}，办理期限${graded[ticket.grade]}`;
