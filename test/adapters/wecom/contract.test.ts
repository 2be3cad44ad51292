import { readXml } from "../../../adapters/shared/xml.ts";
import { createWecomClient, parseKfMessage, refOf } from "../../../adapters/wecom/index.ts";
import { parseCallback } from "../../../adapters/wecom/parse.ts";
import type { InboundContent } from "../../../bots/model/index.ts";
import { type ChannelHarness, channelContract } from "../../contracts/channel-contract.ts";
import { startWecomHost } from "../../fakes/wecom-host.ts";
import { createMemoryVault } from "../memory-vault.ts";
import { adapterWith, at, clock, freshBudget } from "./memory.ts";
import { type AppSample, appSamples, type KfSample, kfSamples } from "./samples.ts";

type Spoken = ReturnType<typeof parseCallback> | ReturnType<typeof parseKfMessage>;

const spoken = (name: string, expected: InboundContent, parse: () => Spoken) => ({
  name,
  expected,
  read() {
    const parsed = parse();
    if (parsed.kind !== "said") throw new Error(`${name} was ${parsed.kind}`);
    return { id: parsed.envelope.id, content: parsed.content };
  },
});
const app = (name: AppSample, expected: InboundContent) =>
  spoken(name, expected, () => parseCallback(readXml(appSamples[name]) ?? {}));
const kf = (name: KfSample, expected: InboundContent) => spoken(name, expected, () => parseKfMessage(kfSamples[name]));

const samples = [
  app("text", { kind: "text", text: "望京西园四区路灯坏了 <快修> & 谢谢" }),
  app("menu click", { kind: "choice", choiceId: "progress/mine" }),
  app("subscribe", { kind: "joined" }),
  app("unknown type", { kind: "unsupported", what: "hologram" }),
  kf("text", { kind: "text", text: "望京西园四区路灯坏了 <快修> & 谢谢" }),
  kf("menu click", { kind: "choice", choiceId: "intake/confirm", label: "确认提交" }),
  kf("enter with a code", { kind: "joined" }),
];

async function harness(to: ChannelHarness["to"], screen: string): Promise<ChannelHarness> {
  const host = await startWecomHost();
  const client = createWecomClient({ ...host, apiBase: host.url, vault: createMemoryVault(), clock });
  const budget = freshBudget();
  await budget.heard(to.conversationId, at);
  host.kf.put("wk1", { external_userid: "wm1", origin: 3, msgid: "m", msgtype: "text", text: { content: "你好" } });
  return {
    adapter: adapterWith({ client, budget }),
    to,
    shown: async () =>
      host.seen
        .filter((each) => each.to === screen)
        .map(({ text, menu }) => ({ text, buttons: menu.map(({ content }) => content.replace(/^\d+\. /, "")) })),
    samples,
    close: () => host.close(),
  };
}

channelContract("wecom（自建应用）", () => harness(refOf({ kind: "app", userId: "zhang.san" }), "zhang.san"));
channelContract("wecom（微信客服）", () =>
  harness(refOf({ kind: "kf", openKfId: "wk1", externalUserId: "wm1" }), "wk1:wm1"),
);
