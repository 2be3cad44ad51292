import type { Flow } from "../../bots/flow.ts";
import { oneTurnFlow } from "../one-turn.ts";
import { handoffWords } from "../text/guide.ts";

/** A wish for a human: recorded with the turn, answered with what exists. */
export const createHandoffFlow = (): Flow<null> =>
  oneTurnFlow("handoff", async (ctx, message) => ({
    next: "done",
    say: ctx.digression ? handoffWords.notedBriefly() : handoffWords.noted(),
    effects: [{ kind: "record", what: "wish-for-human", detail: message.id }],
  }));
