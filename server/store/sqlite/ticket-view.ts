import type { FilingState, Request, TicketStatus, TicketUpdate, TicketView } from "../../../bots/model/index.ts";

const TITLE_LENGTH = 24;

/**
 * A request with what has become of it. Everything follows from the updates in the order in which they happened, so the
 * order in which they arrived cannot matter. `updates`: oldest first.
 */
export function viewOf(request: Request, filing: FilingState, updates: TicketUpdate[]): TicketView {
  return {
    requestId: request.id,
    filing,
    title: titleOf(request.description),
    status: statusOf(filing, updates),
    unit: updates.findLast((update) => update.unit !== undefined)?.unit,
    dueAt: updates.findLast((update) => update.dueAt !== undefined)?.dueAt,
    createdAt: request.createdAt,
    updates,
  };
}

function statusOf(filing: FilingState, updates: TicketUpdate[]): TicketStatus | "saved" | "refused" {
  switch (filing.kind) {
    case "saved":
    case "pending":
      return "saved";
    case "refused":
      return "refused";
    case "filed":
      return updates.at(-1)?.status ?? "accepted";
    default:
      throw filing satisfies never;
  }
}

/** The citizen's own opening words, cut between characters. */
function titleOf(description: string): string {
  const characters = [...description.trim().replace(/\s+/g, " ")];
  return characters.length <= TITLE_LENGTH ? characters.join("") : `${characters.slice(0, TITLE_LENGTH - 1).join("")}…`;
}
