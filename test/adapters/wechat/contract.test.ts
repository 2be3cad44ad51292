import { readXml } from "../../../adapters/shared/xml.ts";
import { createWechatClient } from "../../../adapters/wechat/index.ts";
import { parseMessage } from "../../../adapters/wechat/parse.ts";
import type { CustomMessage } from "../../../adapters/wechat/render.ts";
import type { InboundContent } from "../../../bots/model/index.ts";
import { channelContract } from "../../contracts/channel-contract.ts";
import { startWechatHost } from "../../fakes/wechat-host.ts";
import { createMemoryVault } from "../memory-vault.ts";
import { adapterWith, at } from "./memory.ts";
import { type SampleName, samples } from "./samples.ts";

const openId = "oIDrpjqASyTPnxRmpS9O_ruZGsfk";

function sample(name: SampleName, expected: InboundContent) {
  return {
    name,
    expected,
    read() {
      const parsed = parseMessage(readXml(samples[name]) ?? {});
      if (parsed.kind !== "said") throw new Error(`${name} was ${parsed.kind}`);
      return { id: parsed.envelope.id, content: parsed.content };
    },
  };
}

const read = [
  sample("text", { kind: "text", text: "望京西园四区路灯坏了 <快修> & 谢谢" }),
  sample("menu message click", { kind: "choice", choiceId: "intake/confirm", label: "确认提交" }),
  sample("menu click", { kind: "choice", choiceId: "progress/mine" }),
  sample("subscribe", { kind: "joined" }),
  sample("unknown type", { kind: "unsupported", what: "hologram" }),
];

const to = { channel: "wechat", conversationId: openId, userId: openId } as const;

channelContract("wechat（客服消息）", async () => {
  const host = await startWechatHost();
  const vault = createMemoryVault();
  const client = createWechatClient({ ...host, apiBase: host.url, vault, clock: { now: () => at } });
  return {
    adapter: adapterWith({ client }),
    to,
    shown: async () =>
      host.seen.map(({ text, menu }) => ({
        text,
        buttons: menu.map(({ content }) => content.replace(/^\d+\. /, "")),
      })),
    samples: read,
    close: () => host.close(),
  };
});

channelContract("wechat（被动回复）", async () => {
  const shown: string[] = [];
  const windows = {
    async reply(_userId: string, compose: () => Promise<string | undefined>) {
      const words = await compose();
      if (words === undefined) return false;
      shown.push(words);
      return true;
    },
  };
  const client = {
    async sendCustom(_openId: string, message: CustomMessage) {
      shown.push(message.msgtype === "text" ? message.text.content : message.msgmenu.head_content);
      return { kind: "sent" } as const;
    },
    sendNotice: async () => ({ kind: "sent" }) as const,
  };
  return {
    adapter: adapterWith({ client, windows }),
    to,
    shown: async () => shown.map((text) => ({ text, buttons: [] })),
    samples: read,
  };
});
