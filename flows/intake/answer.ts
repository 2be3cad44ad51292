import { parseChoiceId } from "../../bots/choices.ts";
import type { InboundMessage } from "../../bots/model/index.ts";

/** The typed words of a message, or undefined when it is something else. */
export const textOf = (message: InboundMessage): string | undefined =>
  message.content.kind === "text" ? message.content.text.trim() : undefined;

/** The parts of a pressed button's id; empty for everything else. */
export const verbOf = (message: InboundMessage) =>
  message.content.kind === "choice" ? parseChoiceId(message.content.choiceId) : { flow: "", verb: "", argument: "" };
