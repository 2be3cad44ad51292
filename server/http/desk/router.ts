import express, { type Request, type Response, Router } from "express";
import type { Clock } from "../../../bots/ports.ts";
import type { Desk } from "../../desk/desk.ts";
import type { HandlingOutcome } from "../../desk/handling.ts";
import type { HandlingStep } from "../../desk/rules.ts";
import type { StaffRole } from "../../staff/account.ts";
import { type RequireStaff, staffOf } from "../../staff/guard.ts";
import { checked, refuse } from "./checked.ts";
import { stepText, ticketQuery, unitQuery } from "./schemas.ts";
import { detailView, summaryView } from "./views.ts";

export interface DeskRouterOptions {
  desk: Desk;
  clock: Clock;
  requireStaff: RequireStaff;
}

const deskRoles: readonly StaffRole[] = ["admin", "center", "unit"];

/** The staff's work on tickets, to be mounted at `/api/desk`. */
export function createDeskRouter({ desk, clock, requireStaff }: DeskRouterOptions): Router {
  const router = Router();
  router.use(requireStaff(deskRoles));
  router.use(express.json({ limit: "256kb" }));
  // Names and telephone numbers stay out of every cache.
  router.use((_request, response, next) => {
    response.set("Cache-Control", "no-store");
    next();
  });

  router.get("/units", (request, response) => {
    const query = checked(unitQuery, request.query, response);
    if (query) response.json({ units: desk.lists.units(staffOf(response), query.query || undefined) });
  });

  router.get("/tickets", (request, response) => {
    const filter = checked(ticketQuery, request.query, response);
    if (!filter) return;
    const viewer = staffOf(response);
    const { tickets, total } = desk.lists.tickets(viewer, filter);
    response.json({ tickets: tickets.map((ticket) => summaryView(viewer, ticket, clock.now())), total });
  });

  router.get("/tickets/:number", (request, response) => {
    const found = desk.lists.ticket(staffOf(response), request.params.number);
    if (!found) notFound(response);
    else response.json(detailView(staffOf(response), found, clock.now()));
  });

  router.post("/tickets/:number/accept", async (request, response) => {
    await step(request, response, "accept");
  });
  for (const name of ["reply", "close"] as const) {
    router.post(`/tickets/:number/${name}`, async (request, response) => {
      const body = checked(stepText, request.body, response);
      if (body) await step(request, response, name, body.text);
    });
  }

  async function step(request: Request, response: Response, name: HandlingStep, text?: string): Promise<void> {
    const number = String(request.params.number);
    tell(response, await desk.handle(staffOf(response), number, name, text));
  }

  function tell(response: Response, outcome: HandlingOutcome): void {
    switch (outcome.kind) {
      case "done": {
        const found = desk.lists.ticket(staffOf(response), outcome.ticket.number);
        const { ticket } = outcome;
        const whole = { events: [], joiners: [], ...found, ticket };
        response.json(detailView(staffOf(response), whole, clock.now()));
        break;
      }
      case "not-found":
        notFound(response);
        break;
      case "forbidden":
        refuse(response, 403, "not-allowed", outcome.reason);
        break;
      case "conflict":
        refuse(response, 409, "wrong-state", outcome.reason);
        break;
      default:
        throw new Error(`unknown outcome ${JSON.stringify(outcome satisfies never)}`);
    }
  }

  return router;
}

const notFound = (response: Response): void => refuse(response, 404, "not-found", "没有找到这张工单。");
