import { parseChoiceId } from "../../bots/choices.ts";
import type { Flow } from "../../bots/flow.ts";
import { oneTurnFlow } from "../one-turn.ts";
import { privateGroupWords } from "../text/group.ts";
import { openingOf, withdraw } from "./small-matter.ts";

/**
 * What becomes of a small matter, asked in its author's private chat: `group/ask/ID` asks, `group/file/ID` leads to the form with all that was
 * told, `group/no/ID` ends it. Nothing is filed without the author's word.
 */
export const createGroupFlow = (): Flow<null> =>
  oneTurnFlow("group", async (ctx, { content }) => {
    if (content.kind !== "choice") return { next: "pass" };
    const { verb, argument } = parseChoiceId(content.choiceId);
    const matter = await ctx.smallMatters.find(argument);
    if (!matter) return { next: "done", say: privateGroupWords.over() };
    switch (verb) {
      case "ask":
        return { next: "done", say: privateGroupWords.ask(matter, openingOf(matter)) };
      case "file":
        return {
          next: "hand-over",
          to: "intake",
          message: {
            id: matter.id,
            from: ctx.from,
            sentAt: ctx.now,
            content: { kind: "choice", choiceId: `intake/matter/${matter.id}` },
          },
        };
      case "no":
        return {
          next: "done",
          say: privateGroupWords.declined(),
          effects: [{ kind: "small-matter", matter: withdraw(matter, ctx.now) }],
        };
      default:
        return { next: "pass" };
    }
  });
