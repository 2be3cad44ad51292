import type { Flow } from "../../bots/flow.ts";
import { oneTurnFlow } from "../one-turn.ts";
import { statutoryWords } from "../text/statutory.ts";

/**
 * Matters that belong to a channel of their own (纪检监察、信息公开、诉讼仲裁复议、信访、涉密): the bot names the channel and leaves a
 * record that it did; no ticket is made. Whoever was understood wrongly can go on, except where secrets may be at stake.
 */
export const createStatutoryFlow = (): Flow<null> =>
  oneTurnFlow("statutory", async (ctx, message) => {
    const matter = (await ctx.reading())?.statutory;
    if (!matter || message.content.kind !== "text") return { next: "pass" };
    const secret = matter === "secret";
    return {
      next: "done",
      say: statutoryWords.channel(matter, !secret),
      effects: [{ kind: "record", what: "statutory", detail: matter }],
      ...(secret ? {} : { remember: { lastMatter: message.content.text } }),
    };
  });
