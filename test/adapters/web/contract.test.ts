import { createWebAdapter, parseActivity } from "../../../adapters/web/index.ts";
import type { InboundContent } from "../../../bots/model/index.ts";
import { channelContract } from "../../contracts/channel-contract.ts";
import { createMemoryLog } from "../memory-log.ts";

const at = new Date("2025-03-01T08:00:00Z");

function sample(name: string, body: object, expected: InboundContent) {
  const activity = { channelData: { clientActivityID: `client-${name}` }, ...body };
  return {
    name,
    expected,
    read() {
      const parsed = parseActivity(activity, { at, maxTextLength: 1000 });
      if (parsed.kind !== "spoken" || parsed.key === undefined) throw new Error(`${name} was ${parsed.kind}`);
      return { id: parsed.key, content: parsed.content };
    },
  };
}

channelContract("web", async () => {
  const log = createMemoryLog();
  const conversationId = await log.create("visitor-1");
  return {
    adapter: createWebAdapter({ log, clock: { now: () => at } }),
    to: { channel: "web", conversationId, userId: "visitor-1" },
    async shown() {
      const { activities } = await log.since(conversationId, "0", 1000);
      return activities.map(({ text = "", suggestedActions }) => ({
        text,
        buttons: suggestedActions?.actions.map(({ title }) => title) ?? [],
      }));
    },
    samples: [
      sample("text", { type: "message", text: "路灯坏了" }, { kind: "text", text: "路灯坏了" }),
      sample("join", { type: "event", name: "webchat/join" }, { kind: "joined" }),
    ],
  };
});
