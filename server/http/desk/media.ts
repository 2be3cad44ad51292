import { Router } from "express";
import type { Desk } from "../../desk/desk.ts";
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
    const ticket = desk?.ticket(number)?.ticket;
    const viewer = staffOf(response);
    const belongs = ticket && maySee(viewer, ticket) && ticket.body.evidence.some((each) => each.id === id);
    const found = belongs ? media.find(id) : undefined;
    if (!ticket || !found) {
      response.status(404).json({ error: { code: "not-found", message: "找不到这个附件。" } });
      return;
    }
    const shown = { ...found.media, name: fileNameFor(viewer, ticket, found.media.name) };
    sendUpload(request, response, { media: shown, bytes: await found.bytes(), cacheControl: "private, no-store" });
  });
  return router;
}
