import { fit } from "../../bots/fit.ts";
import type { ChannelCapabilities } from "../../bots/model/index.ts";
import type { ChannelAdapter } from "../../bots/ports.ts";
import { createPrinter } from "./client.ts";
import { renderLine } from "./render.ts";

export { parseLine } from "./parse.ts";

const terminalCapabilities: ChannelCapabilities = {
  maxTextLength: 4_000,
  maxChoices: 0,
  canAskLocation: false,
  canShowCards: false,
  push: "anytime",
};

/** A conversation at a terminal. `write` gets one line for each message, without its end. */
export function createTerminalAdapter(options: { write(line: string): void }): ChannelAdapter {
  const printer = createPrinter(options);
  return {
    channel: "terminal",
    capabilities: terminalCapabilities,
    async send(_to, message, { idempotencyKey }) {
      for (const [index, part] of fit(message, terminalCapabilities).entries()) {
        printer.print(`${idempotencyKey}#${index}`, renderLine(part));
      }
    },
  };
}
