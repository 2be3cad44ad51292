import { cardText, linkText } from "../../bots/fit.ts";
import type { OutboundMessage } from "../../bots/model/index.ts";

/** A message as one line of a terminal: `bot> …`, with line breaks inside it as ` ⏎ `. Choices must be numbered text already. */
export const renderLine = (message: OutboundMessage): string =>
  `bot> ${wording(message)
    .split(/\s*\r?\n\s*/)
    .join(" ⏎ ")}`;

function wording(message: OutboundMessage): string {
  switch (message.kind) {
    case "text":
    case "choices":
    case "ask-location":
      return message.text;
    case "link":
      return linkText(message);
    case "card":
      return cardText(message);
    default:
      throw new Error("unknown kind of message", { cause: message satisfies never });
  }
}
