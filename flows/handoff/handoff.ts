import type { Flow } from "../../bots/flow.ts";
import { oneTurnFlow } from "../one-turn.ts";

/** A wish for a human: recorded with the turn. What comes of it, and what is said, is decided around the flows (bots/attended.ts). */
export const createHandoffFlow = (): Flow<null> =>
  oneTurnFlow("handoff", async (_ctx, message) => ({
    next: "done",
    say: [],
    effects: [{ kind: "record", what: "wish-for-human", detail: message.id }],
  }));
