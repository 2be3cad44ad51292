import type { OutboundMessage, SmallMatter, TicketView } from "../../bots/model/index.ts";
import { groupWords } from "../text/group.ts";
import { askForTicket, expire, told, wasAsked } from "./small-matter.ts";

/** What the clock brings about: words for the group, the matter as it is then. */
export interface Lapse {
  matter: SmallMatter;
  say: OutboundMessage[];
}

/**
 * What is due of a matter at `now`. `workerId`: of its grid worker, where known. `ticket`: what became of the request, for one that was
 * escalated. Undefined: nothing is due any more.
 */
export function lapse(
  matter: SmallMatter,
  at: { now: Date; workerId?: string; ticket?: Pick<TicketView, "filing" | "status"> },
): Lapse | undefined {
  const { now, workerId, ticket } = at;
  switch (matter.state) {
    case "open": {
      const asking = askForTicket(matter, "time", now);
      const mentions = [matter.author, ...(workerId === undefined || workerId === matter.author ? [] : [workerId])];
      return { matter: asking, say: groupWords.askConsent(asking, mentions) };
    }
    case "asking":
      return matter.asked
        ? { matter: expire(matter, now), say: groupWords.expired(matter) }
        : { matter: wasAsked(matter, now), say: [] };
    case "escalated":
      return newsOf(matter, ticket);
    case "solved":
    case "expired":
    case "withdrawn":
      return undefined;
    default:
      throw new Error(`unknown state ${matter.state satisfies never}`);
  }
}

/** The group hears that there is a ticket, and its end: nothing of what the unit writes, no number. */
function newsOf(matter: SmallMatter, ticket: Pick<TicketView, "filing" | "status"> | undefined): Lapse {
  const quiet = { matter: told(matter, matter.told), say: [] };
  if (!ticket || matter.told === "closed") return quiet;
  if (ticket.filing.kind === "refused") return { matter: told(matter, "closed"), say: groupWords.refused(matter) };
  if (ticket.status === "closed") return { matter: told(matter, "closed"), say: groupWords.closed(matter) };
  if (ticket.status === "withdrawn") return { matter: told(matter, "closed"), say: [] };
  if (ticket.filing.kind !== "filed" || matter.told === "filed") return quiet;
  return { matter: told(matter, "filed"), say: groupWords.filed(matter) };
}
