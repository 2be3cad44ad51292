import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChannelName } from "../../bots/model/index.ts";
import type { ChannelAdapter } from "../../bots/ports.ts";
import { defaultQuietHours } from "../../server/delivery/quiet-hours.ts";
import type { ListeningChannel } from "../../server/simulation/listening-channel.ts";
import { type ChannelHouse, type Citizen, openChannelHouse } from "./channel-house.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let town: ChannelHouse;
afterEach(() => town.close());

async function handle(number: string, step: "accept" | "reply" | "close", text?: string): Promise<void> {
  const outcome = await town.house().desk?.handle({ role: "admin", name: "测试员" }, number, step, text);
  expect(outcome?.kind).toBe("done");
  await town.house().idle();
}
const counted = async () =>
  (await town.house().metrics.words.get()).values.map(({ labels, value }) => `${labels.outcome} ${value}`);

describe("夜里不打扰", () => {
  let citizen: Citizen;
  beforeEach(async () => {
    town = await openChannelHouse({ start: "2026-11-26T21:00:00+08:00", quiet: defaultQuietHours });
    citizen = town.citizen("web");
  });

  it("22:30 的进展等到早上八点，按先后说，各说一次", async () => {
    const number = await citizen.file();
    town.clock.pass(90 * MINUTE_MS);
    await handle(number, "accept");
    await handle(number, "reply", "明早抽水。");
    expect(await citizen.told(/有进展|明早抽水/)).toEqual([]);
    town.clock.pass(9.5 * HOUR_MS - 1);
    expect(await citizen.told(/有进展|明早抽水/)).toEqual([]);
    town.clock.pass(1);
    expect(await citizen.told(/有进展|明早抽水/)).toEqual([
      expect.stringMatching(/有进展/),
      expect.stringMatching(/明早抽水/),
    ]);
    expect(await counted()).toEqual(expect.arrayContaining(["postponed 2"]));
  });

  it("中间重启，早上照样说，只说一次", async () => {
    const number = await citizen.file();
    town.clock.pass(90 * MINUTE_MS);
    await handle(number, "accept");
    await town.restart();
    expect(await citizen.told(/有进展/)).toEqual([]);
    town.clock.pass(9.5 * HOUR_MS);
    await town.restart();
    expect(await citizen.told(/有进展/)).toHaveLength(1);
  });

  it("应急的工单，夜里也马上说", async () => {
    const { store } = town.house();
    const request = {
      id: "r-emergency",
      from: citizen.from,
      kind: "emergency" as const,
      description: "路面塌陷，有人可能掉下去",
      confidential: false,
      evidence: [],
      createdAt: town.clock.now().toISOString(),
    };
    const { revision, state } = await store.loadConversation(citizen.from);
    const message = {
      id: "m-emergency",
      from: citizen.from,
      sentAt: town.clock.now(),
      content: { kind: "joined" as const },
    };
    await store.commitTurn({
      message,
      baseRevision: revision,
      state,
      say: [],
      effects: [{ kind: "file", request }],
    });
    await town.house().idle();
    const ticket = await store.loadTicket("r-emergency");
    const number = ticket?.filing.kind === "filed" ? ticket.filing.number : "";
    town.clock.pass(3 * HOUR_MS);
    await handle(number, "accept");
    expect(await citizen.told(new RegExp(`${number} 有进展`))).toHaveLength(1);
  });

  it("23:00 市民来说话：攒着的先说，再答复，都马上说", async () => {
    const number = await citizen.file();
    town.clock.pass(90 * MINUTE_MS);
    await handle(number, "accept");
    await handle(number, "reply", "明早抽水。");
    town.clock.pass(30 * MINUTE_MS);
    const said = await citizen.say("谢谢");
    expect(said).toMatch(/有进展[\s\S]*明早抽水[\s\S]*不客气/);
    town.clock.pass(12 * HOUR_MS);
    expect(await citizen.told(/明早抽水/)).toHaveLength(1);
  });

  it("刚说过话的人，夜里也马上听到；一刻钟以后就等到早上", async () => {
    const number = await citizen.file();
    town.clock.pass(2 * HOUR_MS);
    await citizen.say("我的工单");
    town.clock.pass(14 * MINUTE_MS);
    await handle(number, "accept");
    expect(await citizen.told(/有进展/)).toHaveLength(1);
    town.clock.pass(2 * MINUTE_MS);
    await handle(number, "reply", "明早抽水。");
    expect(await citizen.told(/明早抽水/)).toHaveLength(0);
  });

  it("没人接的人工：夜里的通知也等到早上，不挡后来的答复", async () => {
    town.clock.pass(2 * HOUR_MS);
    await citizen.say("转人工");
    town.clock.pass(16 * MINUTE_MS);
    await town.house().reception.sweep();
    await town.house().idle();
    const before = (await citizen.heard()).length;
    town.clock.pass(9 * HOUR_MS);
    expect((await citizen.heard()).length).toBe(before + 1);
  });

  it("关联了的两个账号：在说话的那边马上说，另一边早上说", async () => {
    const telegram = town.citizen("telegram");
    const number = await citizen.file();
    const code = /关联码：(\w{8})/.exec(await citizen.say("关联账号"))?.[1] ?? "";
    await telegram.say(code);
    await telegram.say("确认关联");
    town.clock.pass(2 * HOUR_MS);
    await telegram.say("我的工单");
    await handle(number, "accept");
    expect(await telegram.told(/有进展/)).toHaveLength(1);
    expect(await citizen.told(/有进展/)).toHaveLength(0);
    town.clock.pass(9 * HOUR_MS);
    expect(await citizen.told(/有进展/)).toHaveLength(1);
    expect(await telegram.told(/有进展/)).toHaveLength(1);
  });
});

it("关掉安静时段：夜里也马上说", async () => {
  town = await openChannelHouse({ start: "2026-11-26T21:00:00+08:00" });
  const citizen = town.citizen("web");
  const number = await citizen.file();
  town.clock.pass(2 * HOUR_MS);
  await handle(number, "accept");
  expect(await citizen.told(/有进展/)).toHaveLength(1);
});

describe("平台的窗口和条数", () => {
  /** What the house asked of the channel beside the words. */
  let asked: { text: string; shut?: string; behind: number }[];

  /** 公众号's terms, on a channel that pushes what it is allowed to. */
  function limited(all: Map<ChannelName, ListeningChannel>): ChannelAdapter[] {
    const wechat = all.get("wechat") as ListeningChannel;
    const adapter: ChannelAdapter = {
      ...wechat,
      capabilities: { ...wechat.capabilities, push: { windowHours: 48, messages: 5 } },
      async send(to, message, options) {
        const behind = (await options.behind?.()) ?? [];
        asked.push({ text: message.text, shut: options.shut, behind: behind.length });
        if (options.shut !== undefined) return;
        await options.pushed?.();
        await wechat.send(to, message, options);
      },
    };
    return [adapter];
  }
  const lastAsked = () => asked.at(-1);

  beforeEach(async () => {
    asked = [];
    town = await openChannelHouse({ adapters: limited, quiet: defaultQuietHours });
  });

  it("四十八小时以后不去推送，说得出为什么；市民回来，重新算", async () => {
    const citizen = town.citizen("wechat");
    const number = await citizen.file();
    town.clock.pass(49 * HOUR_MS);
    await handle(number, "accept");
    expect(lastAsked()?.shut).toMatch(/48 hours/);
    await citizen.say("我的工单");
    await handle(number, "reply", "抽完了。");
    expect(lastAsked()).toMatchObject({ text: expect.stringContaining("抽完了") });
    expect(lastAsked()?.shut).toBeUndefined();
  });

  it("推过五条就不再推，市民再说话又有五条", async () => {
    const citizen = town.citizen("wechat");
    const number = await citizen.file();
    for (let index = 0; index < 5; index++) await town.house().store.notePush(citizen.from);
    await handle(number, "accept");
    expect(lastAsked()?.shut).toMatch(/5 messages/);
    town.clock.pass(MINUTE_MS);
    await citizen.say("我的工单");
    await handle(number, "reply", "抽完了。");
    expect(lastAsked()?.shut).toBeUndefined();
  });

  it("攒着的几条，交给渠道一次说完", async () => {
    const citizen = town.citizen("wechat");
    const number = await citizen.file();
    town.clock.pass(13 * HOUR_MS);
    await handle(number, "accept");
    await handle(number, "reply", "明早抽水。");
    town.clock.pass(9 * HOUR_MS);
    await town.house().idle();
    const morning = asked.find(({ text }) => /有进展/.test(text));
    expect(morning?.behind).toBe(1);
  });
});
