import type { DeskParts } from "./parts.ts";
import { type HandlingStep, transition } from "./rules.ts";
import type { Ticket } from "./ticket.ts";
import { isResponsible, maySee, type Viewer } from "./viewer.ts";

/** What became of a step of a unit. `reason` is a sentence for the member of staff. */
export type HandlingOutcome =
  | { kind: "done"; ticket: Ticket }
  | { kind: "not-found" }
  | { kind: "forbidden"; reason: string }
  | { kind: "conflict"; reason: string };

export type Handle = (viewer: Viewer, number: string, step: HandlingStep, text?: string) => Promise<HandlingOutcome>;

/** 接单, 答复, 办结 by staff. Two at once on one ticket: one succeeds, the other is told the state has changed. */
export function createHandle(parts: DeskParts): Handle {
  return async (viewer, number, step, text) => {
    const outcome = await parts.database.write(() => apply(parts, viewer, number, step, text));
    if (outcome.kind === "done") parts.changed();
    return outcome;
  };
}

function apply(parts: DeskParts, viewer: Viewer, number: string, step: HandlingStep, text?: string): HandlingOutcome {
  const ticket = parts.tickets.find(number);
  if (!ticket || !maySee(viewer, ticket)) return { kind: "not-found" };
  if (step !== "reply" && !isResponsible(viewer, ticket)) {
    return { kind: "forbidden", reason: `这张工单由${ticket.unit.name}首派负责，请由其接单和办结。` };
  }
  const next = transition(ticket.state, step);
  if (next.kind === "impossible") return { kind: "conflict", reason: next.reason };
  const at = parts.clock.now().toISOString();
  const closedAt = next.state === "closed" ? at : undefined;
  const changed: Ticket = { ...ticket, state: next.state, updatedAt: at, closedAt };
  const unit = isResponsible(viewer, ticket) ? ticket.unit.name : ticket.second?.name;
  parts.tickets.update(changed);
  parts.events.append(ticket.source, {
    number,
    kind: next.state,
    at,
    unit,
    text,
    actor: viewer.name,
    dueAt: ticket.dueAt,
  });
  return { kind: "done", ticket: changed };
}
