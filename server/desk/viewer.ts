import { masked, withheld, withoutIdentity } from "./identity.ts";
import type { DeskContact, Ticket } from "./ticket.ts";

/** A member of staff as the desk sees them. `role` "admin" and "center" see the whole city, "unit" their own unit's tickets. */
export interface Viewer {
  name: string;
  role: string;
  unitId?: string;
}

export const seesTheCity = (viewer: Viewer): boolean => viewer.role === "admin" || viewer.role === "center";

/** Whether a ticket exists for this viewer at all. */
export function maySee(viewer: Viewer, ticket: Ticket): boolean {
  if (seesTheCity(viewer)) return true;
  if (viewer.role !== "unit" || viewer.unitId === undefined) return false;
  return viewer.unitId === ticket.unit.id || viewer.unitId === ticket.second?.id;
}

/** 首派负责: accepting and closing are for the unit that was dispatched to first; the second may answer too. */
export function isResponsible(viewer: Viewer, ticket: Ticket): boolean {
  return seesTheCity(viewer) || viewer.unitId === ticket.unit.id;
}

/**
 * The contact as far as this viewer may know it: all of it for the centre and the responsible unit, masked for the
 * second unit, nothing for any unit when the identity is withheld.
 */
export function contactFor(viewer: Viewer, ticket: Ticket): DeskContact | undefined {
  if (!ticket.contact || seesTheCity(viewer)) return ticket.contact;
  if (ticket.confidential) return withheld(ticket.contact);
  return isResponsible(viewer, ticket) ? ticket.contact : masked(ticket.contact);
}

/** A text of the ticket as far as this viewer may read it. */
export function textFor(viewer: Viewer, ticket: Ticket, text: string): string {
  const whole = seesTheCity(viewer) || (!ticket.confidential && isResponsible(viewer, ticket));
  return whole ? text : withoutIdentity(text, ticket.contact);
}
