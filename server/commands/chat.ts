import { randomUUID } from "node:crypto";
import { createTerminalAdapter, parseLine } from "../../adapters/terminal/index.ts";
import type { Logger } from "../../bots/ports.ts";
import { compose } from "../compose.ts";
import type { ComposeOptions } from "../house.ts";

export interface ChatOptions {
  dataDir: string;
  secretKey: string;
  log: Logger;
  /** The city's own dispatch system; the embedded desk when absent. */
  dispatch?: ComposeOptions["dispatch"];
  model?: ComposeOptions["model"];
  handoff?: ComposeOptions["handoff"];
  /** Who speaks; the same name goes on with the same conversation. */
  user: string;
  /** Texts of the citizen, one each. */
  lines: AsyncIterable<string>;
  /** Gets each line of output without its end. */
  write(line: string): void;
}

/** Holds a conversation at the terminal: for each line in, one `bot> …` line for each reply and an empty line after them. */
export async function chat(options: ChatOptions): Promise<void> {
  const { dataDir, secretKey, log, dispatch, model, handoff, user, write } = options;
  const from = { channel: "terminal", conversationId: user, userId: user } as const;
  const house = await compose({
    conversation: from,
    dataDir,
    secretKey,
    log,
    dispatch,
    model,
    handoff,
    channels: () => [createTerminalAdapter({ write })],
  });
  try {
    house.start();
    await house.idle();
    for await (const line of options.lines) {
      const message = parseLine(line, { id: randomUUID(), from, sentAt: house.clock.now() });
      if (message) {
        await house.receive(message);
        await house.idle();
      }
      write("");
    }
  } finally {
    await house.close();
  }
}
