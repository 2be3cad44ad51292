import { keepAddress, parseActivity } from "../../../adapters/bot-framework/index.ts";
import type { InboundContent } from "../../../bots/model/index.ts";
import { channelContract } from "../../contracts/channel-contract.ts";
import { plainActivity, teamsActivity } from "../../fakes/bot-framework-activities.ts";
import { startBotFrameworkHost } from "../../fakes/bot-framework-host.ts";
import { createMemoryBook } from "../memory-book.ts";
import { adapterWith, addressIn, clientOf } from "./memory.ts";

function sample(name: string, activity: object, expected: InboundContent) {
  return {
    name,
    expected,
    read() {
      const parsed = parseActivity(activity, new Date());
      if (parsed?.kind !== "said") throw new Error(`${name} was ${parsed?.kind}`);
      return { id: parsed.envelope.id, content: parsed.content };
    },
  };
}

const SERVICE = "https://smba.trafficmanager.net/cn/";
const samples = [
  sample("text", teamsActivity("u", SERVICE, { text: "路灯坏了 <快修>" }), { kind: "text", text: "路灯坏了 <快修>" }),
  sample(
    "joined",
    plainActivity("webchat", "c", SERVICE, { type: "conversationUpdate", membersAdded: [{ id: "you" }] }),
    {
      kind: "joined",
    },
  ),
  sample("card of somebody", teamsActivity("u", SERVICE, { value: { poll: 3 } }), {
    kind: "unsupported",
    what: "value",
  }),
];

for (const channelId of ["msteams", "slack"]) {
  channelContract(`bot-framework ${channelId}`, async () => {
    const host = await startBotFrameworkHost();
    const book = createMemoryBook();
    const conversationId = `${channelId}|a:chat`;
    await keepAddress(book, conversationId, addressIn("a:chat", host.serviceUrl, channelId), new Date());
    return {
      adapter: adapterWith(clientOf(host), book),
      to: { channel: "bot-framework", conversationId, userId: `${channelId}|29:u` },
      shown: async () => host.seen.map(({ text, buttons }) => ({ text, buttons: buttons.map(({ title }) => title) })),
      samples,
      close: () => host.close(),
    };
  });
}
