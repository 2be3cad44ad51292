import { createMiniProgramClient, serviceConversation } from "../../../adapters/mini-program/index.ts";
import { parseMessage, readBody } from "../../../adapters/mini-program/parse.ts";
import { createWebAdapter } from "../../../adapters/web/index.ts";
import type { InboundContent } from "../../../bots/model/index.ts";
import { channelContract } from "../../contracts/channel-contract.ts";
import { startMiniProgramHost } from "../../fakes/mini-program-host.ts";
import { createMemoryLog } from "../memory-log.ts";
import { createMemoryVault } from "../memory-vault.ts";
import { adapterWith, at, OPEN_ID, USER } from "./memory.ts";
import { APP_ID, type SampleName, samples } from "./samples.ts";

function sample(name: SampleName, format: "json" | "xml", expected: InboundContent) {
  return {
    name: `${name} ${format}`,
    expected,
    read() {
      const parsed = parseMessage(readBody(samples[name][format]) ?? {}, APP_ID);
      if (parsed.kind !== "said") throw new Error(`${name} was ${parsed.kind}`);
      return { id: parsed.envelope.id, content: parsed.content };
    },
  };
}

const read = (["json", "xml"] as const).flatMap((format) => [
  sample("text", format, { kind: "text", text: "望京西园四区路灯坏了 <快修> & 谢谢" }),
  sample("own ticket card", format, {
    kind: "choice",
    choiceId: "progress/show/20260301000001",
    label: "我的工单",
  }),
  sample("unknown type", format, { kind: "unsupported", what: "hologram" }),
]);

channelContract("小程序（客服消息）", async () => {
  const host = await startMiniProgramHost();
  const client = createMiniProgramClient({
    ...host,
    apiBase: host.url,
    vault: createMemoryVault(),
    clock: { now: () => at },
  });
  host.wrote(OPEN_ID);
  const sendCustom: typeof client.sendCustom = (openId, text) => {
    host.wrote(openId);
    return client.sendCustom(openId, text);
  };
  return {
    adapter: adapterWith({ client: { ...client, sendCustom } }),
    to: serviceConversation(USER),
    shown: async () => host.seen.map(({ text }) => ({ text, buttons: [] })),
    samples: read,
    close: () => host.close(),
  };
});

channelContract("小程序（里面的对话）", async () => {
  const log = createMemoryLog();
  const conversationId = await log.create(USER);
  const web = createWebAdapter({ log, clock: { now: () => at } });
  const client = {
    sendCustom: () => Promise.reject(new Error("the chat inside needs no 客服")),
    sendNotice: () => Promise.reject(new Error("nobody has allowed a notice")),
  };
  // A text too long for the chat inside is one of its own length, not the 客服's.
  const adapter = adapterWith({ client, inApp: { send: web.send, isWatched: log.isWatched } });
  return {
    adapter: { ...adapter, capabilities: web.capabilities },
    to: { channel: "mini-program", conversationId, userId: USER },
    async shown() {
      const { activities } = await log.since(conversationId, "0", 1_000);
      return activities.map((activity) => ({
        text: activity.text ?? "",
        buttons: activity.suggestedActions?.actions.map(({ title }) => title) ?? [],
      }));
    },
    samples: read,
  };
});
