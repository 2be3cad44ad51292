import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createReplyWindows } from "../../../adapters/shared/reply-window.ts";
import { StoreError } from "../../../bots/errors.ts";
import type { InboundMessage } from "../../../bots/model/index.ts";
import type { Logger } from "../../../bots/ports.ts";
import { createWechatIntake } from "../../../server/channels/wechat-intake.ts";
import { createWechatWebhook } from "../../../server/channels/wechat-webhook.ts";
import { createApp } from "../../../server/http/app.ts";
import type { MediaStore } from "../../../server/media/index.ts";
import { adapterWith } from "../../adapters/wechat/memory.ts";
import { createPlatform, type Platform } from "../../fakes/wechat-platform.ts";
import { freshMsgId } from "./wechat-town.ts";

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** The way in with a bot behind it that does what `receive` does. */
async function wayIn(receive: (message: InboundMessage) => Promise<"committed" | "duplicate">) {
  const lines: string[] = [];
  const write = (event: string, fields: object = {}) => void lines.push(`${event} ${JSON.stringify(fields)}`);
  const log: Logger = { debug: write, info: write, warn: write, error: write };
  const client = {
    sendCustom: async () => ({ kind: "sent" }) as const,
    sendNotice: async () => ({ kind: "sent" }) as const,
    download: async () => ({ kind: "refused", code: 40_007, why: "gone" }) as const,
  };
  const windows = createReplyWindows({ holdMs: 300, rememberMs: 1_000 });
  const adapter = adapterWith({ client, windows, clock: { now: () => new Date() } });
  const media = { limits: { maxBytes: 1 } } as MediaStore;
  const intake = createWechatIntake({ client, media, receive, hasten: async () => undefined, log });
  const handler = createWechatWebhook({ adapter, windows, intake, log });
  server = createServer(createApp({ mounts: [{ path: "/webhooks/wechat", handler }], log })).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const platform: Platform = createPlatform({
    webhook: `http://127.0.0.1:${port}/webhooks/wechat`,
    appId: "not needed in plain text",
    mode: "plain",
  });
  return { platform, logged: () => lines.join("\n") };
}

const message = (MsgId = freshMsgId()) => ({ FromUserName: "oSecret", MsgType: "text", Content: "张小明的话", MsgId });

describe("收不下的消息", () => {
  it("库一时忙：等一会儿再收，平台不用再送", async () => {
    let attempts = 0;
    const { platform } = await wayIn(async () => {
      attempts += 1;
      if (attempts < 3) throw new StoreError("busy", { retryable: true });
      return "committed";
    });
    expect((await platform.post(message())).status).toBe(200);
    expect(attempts).toBe(3);
  });

  it("怎么也收不下：503，不说收到；平台再送时重新来过；日志里没有话", async () => {
    let broken = true;
    const heard: string[] = [];
    const { platform, logged } = await wayIn(async ({ id }) => {
      if (broken) throw new StoreError("the disk is broken", { retryable: false });
      heard.push(id);
      return "committed";
    });
    const same = message();
    const refused = await platform.post(same);
    expect([refused.status, await refused.text()]).toEqual([503, ""]);
    broken = false;
    expect((await platform.post(same)).status).toBe(200);
    expect(heard).toEqual([same.MsgId]);
    expect(logged()).toMatch(/wechat.not-taken/);
    expect(logged()).not.toMatch(/张小明|oSecret/);
  });

  it("一个人一分钟里发得太多：429，别人照常", async () => {
    const { platform } = await wayIn(async () => "duplicate");
    const statuses = new Set<number>();
    for (let count = 0; count < 250; count += 1) statuses.add((await platform.post(message())).status);
    expect(statuses).toEqual(new Set([200, 429]));
    expect((await platform.post({ ...message(), FromUserName: "oOther" })).status).toBe(200);
  });
});
