import type { FlowContext } from "../bots/flow.ts";
import type { TicketView } from "../bots/model/index.ts";

/** With the number that it got. */
type OpenTicket = TicketView & { filing: { kind: "filed"; number: string } };

/** Filed, and neither closed nor withdrawn: it can be urged, supplemented and withdrawn. */
export const isOpen = (ticket: TicketView): ticket is OpenTicket =>
  ticket.filing.kind === "filed" && ticket.status !== "closed" && ticket.status !== "withdrawn";

/** The citizen's newest open ticket among their latest. */
export const newestOpen = async (ctx: FlowContext): Promise<OpenTicket | undefined> =>
  (await ctx.tickets.mine(5)).find(isOpen);
