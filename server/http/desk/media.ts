import { Router } from "express";
import type { Desk, TicketWithHistory } from "../../desk/desk.ts";
import type { Ticket } from "../../desk/ticket.ts";
import { maySee } from "../../desk/viewer.ts";
import type { MediaStore } from "../../media/index.ts";
import { type RequireStaff, staffOf } from "../../staff/guard.ts";
import { sendUpload } from "../send-upload.ts";
import { fileNameFor } from "./views.ts";

/**
 * `GET /{ticket number}/{id}`: a piece of evidence of a ticket, for the staff who may see that ticket. To be mounted at
 * `/api/desk/media`.
 */
export function createStaffMediaRouter(options: {
  media: MediaStore;
  requireStaff: RequireStaff;
  desk?: Desk;
}): Router {
  const { media, requireStaff, desk } = options;
  const router = Router();
  router.get("/:number/:id", requireStaff(["admin", "center", "unit"]), async (request, response) => {
    const { number, id } = request.params as { number: string; id: string };
    const ticket = desk?.ticket(number);
    const viewer = staffOf(response);
    const mayOpen = ticket && maySee(viewer, ticket.ticket);
    const brought = mayOpen ? broughtBy(ticket, id) : undefined;
    const found = brought ? media.find(id) : undefined;
    if (!brought || !found) {
      response.status(404).json({ error: { code: "not-found", message: "找不到这个附件。" } });
      return;
    }
    const shown = { ...found.media, name: fileNameFor(viewer, brought, found.media.name) };
    sendUpload(request, response, { media: shown, bytes: await found.bytes(), cacheControl: "private, no-store" });
  });
  return router;
}

/** The ticket with the contact of the one who brought this piece of evidence; undefined when nobody of it has. */
function broughtBy({ ticket, joiners }: TicketWithHistory, id: string): Ticket | undefined {
  const who = [ticket, ...joiners].find(({ body }) => body.evidence.some((each) => each.id === id));
  return who && { ...ticket, contact: who.contact };
}
