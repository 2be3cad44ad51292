import type { Flow, FlowContext, Step } from "../bots/flow.ts";
import type { InboundMessage } from "../bots/model/index.ts";

/** A flow that never waits: whatever it says, the turn is its end. There is nothing to remind of, to leave or to carry over. */
export function oneTurnFlow(
  name: string,
  answer: (ctx: FlowContext, message: InboundMessage) => Promise<Step<null>>,
): Flow<null> {
  return {
    name,
    version: 1,
    start: answer,
    resume: (ctx, _state, message) => answer(ctx, message),
    remind: async () => [],
    leave: () => [],
    carryOver: () => null,
  };
}
