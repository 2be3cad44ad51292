import type { Flow, FlowContext, Step } from "../../bots/flow.ts";
import type { InboundMessage } from "../../bots/model/index.ts";
import { handoffWords } from "../text/guide.ts";

/** A wish for a human: recorded with the turn, answered with what exists. */
export function createHandoffFlow(): Flow<null> {
  const note = async (ctx: FlowContext, message: InboundMessage): Promise<Step<null>> => ({
    next: "done",
    say: ctx.digression ? handoffWords.notedBriefly() : handoffWords.noted(),
    effects: [{ kind: "record", what: "wish-for-human", detail: message.id }],
  });
  return {
    name: "handoff",
    version: 1,
    start: note,
    resume: (ctx, _state, message) => note(ctx, message),
    remind: async () => [],
    leave: () => [],
    carryOver: () => null,
  };
}
