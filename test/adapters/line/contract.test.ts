import { createLineClient } from "../../../adapters/line/index.ts";
import { parseWebhook } from "../../../adapters/line/parse.ts";
import type { InboundContent, OutboundMessage } from "../../../bots/model/index.ts";
import type { SendOptions } from "../../../bots/ports.ts";
import { channelContract } from "../../contracts/channel-contract.ts";
import { startLineHost } from "../../fakes/line-host.ts";
import { lineAdapterWith } from "./memory.ts";
import { type SampleName, samples, USER } from "./samples.ts";

function sample(name: SampleName, expected: InboundContent) {
  return {
    name,
    expected,
    read() {
      const parsed = parseWebhook({ events: [samples[name]] })?.[0];
      if (parsed?.kind !== "said") throw new Error(`${name} was ${parsed?.kind}`);
      return { id: parsed.envelope.id, content: parsed.content };
    },
  };
}

const read = [
  sample("text", { kind: "text", text: "望京西园四区路灯坏了 <快修> & 谢谢" }),
  sample("postback of a choice", { kind: "choice", choiceId: "intake/confirm" }),
  sample("follow", { kind: "joined" }),
  sample("sticker", { kind: "unsupported", what: "sticker" }),
];

const to = { channel: "line", conversationId: USER, userId: USER } as const;

for (const way of ["reply", "push"] as const) {
  channelContract(`line（${way}）`, async () => {
    const host = await startLineHost();
    const client = createLineClient({ channelAccessToken: host.accessToken, apiBase: host.url });
    const adapter = lineAdapterWith({ client });
    const send = (_to: typeof to, message: OutboundMessage, options: SendOptions) =>
      adapter.send(to, message, { ...options, replyHandle: way === "reply" ? host.replyToken(USER) : undefined });
    return {
      adapter: { ...adapter, send: send as typeof adapter.send },
      to,
      shown: async () => host.seen.map(({ text, buttons }) => ({ text, buttons: buttons.map(({ label }) => label) })),
      samples: read,
      close: () => host.close(),
    };
  });
}
