import { describe, expect, it } from "vitest";
import { createTerminalAdapter, parseLine } from "../../../adapters/terminal/index.ts";
import type { ConversationRef } from "../../../bots/model/index.ts";
import { channelContract } from "../../contracts/channel-contract.ts";

const from: ConversationRef = { channel: "terminal", conversationId: "terminal", userId: "me" };
const options = { id: "line-1", from, sentAt: new Date("2025-03-01T08:00:00Z") };

channelContract("terminal", async () => {
  const lines: string[] = [];
  return {
    adapter: createTerminalAdapter({ write: (line) => lines.push(line) }),
    to: from,
    shown: async () => lines.map((line) => ({ text: line.replace(/^bot> /, "").replaceAll(" ⏎ ", "\n"), buttons: [] })),
    samples: [
      {
        name: "line",
        expected: { kind: "text", text: "路灯坏了" },
        read() {
          const message = parseLine("路灯坏了\r\n", options);
          if (!message) throw new Error("not read");
          return message;
        },
      },
    ],
  };
});

describe("终端渠道", () => {
  it("每条消息是一行 bot> …，行内换行写成 ⏎", async () => {
    const lines: string[] = [];
    const adapter = createTerminalAdapter({ write: (line) => lines.push(line) });
    const choices = [{ id: "a/b", label: "好的", number: 1 }];
    await adapter.send(from, { kind: "choices", text: "第一行\n\n第二行", choices }, { idempotencyKey: "1" });
    expect(lines).toEqual(["bot> 第一行 ⏎ 第二行 ⏎ 回复序号即可选择： ⏎ 1. 好的"]);
  });

  it("空行什么也没说", () => {
    expect(parseLine("  \n", options)).toBeUndefined();
  });
});
