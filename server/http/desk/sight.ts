import type { TicketSight } from "../../delivery/undelivered.ts";
import type { Desk } from "../../desk/desk.ts";
import { maySee, seesTheCity, textFor } from "../../desk/viewer.ts";

/** What staff may know of tickets by the desk's own rules. Where the tickets are another system's, nobody here is shown a word of them. */
export const createTicketSight = (desk: Pick<Desk, "ticket"> | undefined): TicketSight => ({
  seesTheCity,
  textFor(user, number, text) {
    const ticket = desk?.ticket(number)?.ticket;
    return ticket && maySee(user, ticket) ? textFor(user, ticket, text) : undefined;
  },
});
