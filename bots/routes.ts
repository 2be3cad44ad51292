import { parseChoiceId } from "./choices.ts";
import type { FlowContext } from "./flow.ts";
import { isMereInsult } from "./insult.ts";
import type { InboundMessage, Intent } from "./model/index.ts";
import type { Navigation } from "./navigation.ts";
import { commandForm } from "./plain.ts";

/** Which flow takes a message that no waiting flow takes. */
export interface Routes {
  intents: Record<Intent, string>;
  joined: string;
  evidence: string;
  /** For what the law gives a channel of its own, unless it is merely asked about. */
  statutory: string;
  /** For danger that goes on now; whom to call has been said before. */
  danger: string;
  /** For insults and threats that bring no matter. */
  abuse: string;
  /** Whole texts, in command form, that lead to a flow even in the middle of another. */
  commands: Record<string, string>;
  /** The same for texts that are known by their shape. */
  recognise?(text: string): string | undefined;
  /** Whole texts, in command form, that leave the current flow. */
  cancel: readonly string[];
  /** What a text says about the conversation itself: again, later, go on, what have you got, why. */
  navigation(text: string): Navigation | undefined;
}

/** The flow that a whole text names. */
export const commandIn = ({ commands, recognise }: Routes, text: string): string | undefined =>
  commands[commandForm(text)] ?? recognise?.(text);

/** The flow that wants a message nobody waits for. */
export async function wantedFlow(
  ctx: FlowContext,
  { content }: InboundMessage,
  routes: Routes,
  isFlow: (name: string) => boolean,
): Promise<string> {
  switch (content.kind) {
    case "joined":
      return routes.joined;
    case "location":
    case "media":
      return routes.evidence;
    case "choice": {
      const { flow } = parseChoiceId(content.choiceId);
      return isFlow(flow) ? flow : routes.intents.unclear;
    }
    case "text": {
      const command = commandIn(routes, content.text);
      if (command) return command;
      const reading = await ctx.reading();
      if (reading?.danger) return routes.danger;
      if (reading && isMereInsult(reading, content.text)) return routes.abuse;
      if (reading?.statutory && reading.intent !== "question") return routes.statutory;
      return routes.intents[reading?.intent ?? "unclear"];
    }
    case "unsupported":
      return routes.intents.unclear;
    default:
      throw new Error(`unknown content ${JSON.stringify(content satisfies never)}`);
  }
}
