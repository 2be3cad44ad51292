import { pipeline } from "node:stream/promises";
import { Router } from "express";
import type { Desk } from "../../desk/desk.ts";
import { maySee } from "../../desk/viewer.ts";
import type { MediaStore } from "../../media/index.ts";
import { type RequireStaff, staffOf } from "../../staff/guard.ts";
import { uploadHeaders } from "../media.ts";

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
    const belongs = ticket && maySee(staffOf(response), ticket) && ticket.body.evidence.some((each) => each.id === id);
    const found = belongs ? await media.read(id) : undefined;
    if (!found) {
      response.status(404).json({ error: { code: "not-found", message: "找不到这个附件。" } });
      return;
    }
    response.set({ ...uploadHeaders(found.media), "Cache-Control": "private, no-store" });
    await pipeline(found.stream, response);
  });
  return router;
}
