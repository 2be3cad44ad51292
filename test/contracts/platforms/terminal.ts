import { createTerminalAdapter, parseLine } from "../../../adapters/terminal/index.ts";
import { renderLine } from "../../../adapters/terminal/render.ts";
import { fit as reduce } from "../../../bots/fit.ts";
import { AT, type Platform } from "./platform.ts";

export const terminal: Platform = {
  name: "terminal",
  channel: "terminal",
  payloads(turn) {
    const { capabilities } = createTerminalAdapter({ write: () => undefined });
    return turn
      .flatMap((message) => reduce(message, capabilities))
      .map(renderLine)
      .map((line) => ({
        words: line.replace("bot> ", "").replaceAll(" ⏎ ", "\n"),
        buttons: [],
        faults: /[\r\n]/.test(line) ? ["more than one line"] : [],
      }));
  },
  read: (deed) =>
    deed.kind === "say"
      ? parseLine(deed.text, {
          id: "1",
          from: { channel: "terminal", conversationId: "t", userId: "t" },
          sentAt: AT,
        })?.content
      : undefined,
};
