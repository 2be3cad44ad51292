import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { ChannelName, ConversationRef, InboundContent, OutboundMessage } from "../../bots/model/index.ts";
import type { ChannelAdapter } from "../../bots/ports.ts";
import { compose } from "../../server/compose.ts";
import type { ComposeOptions, House } from "../../server/house.ts";
import { createLogger } from "../../server/log.ts";
import { createListeningChannel, type ListeningChannel } from "../../server/simulation/listening-channel.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { atAllHours } from "./transcript.ts";

/** A whole bot with several channels, at a time that the test moves. */
export interface ChannelHouse {
  clock: ReturnType<typeof createFakeClock>;
  house(): House;
  /** A citizen of a channel, new unless named. */
  citizen(channel: ChannelName, name?: string): Citizen;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface Citizen {
  from: ConversationRef;
  /** Says it, waits for the answer and gives back what was said since. The same id again is the same message. */
  say(said: string | InboundContent, options?: { id?: string }): Promise<string>;
  press(label: string): Promise<string>;
  /** Everything the citizen was told, a message a line. */
  heard(): Promise<string[]>;
  /** The messages that fit. */
  told(pattern: RegExp): Promise<string[]>;
  /** Files one complaint and answers its number. */
  file(complaint?: string): Promise<string>;
}

const COMPLAINT = "望京西园四区北门路面积水好几天了，走路都得绕，希望尽快排水";

export async function openChannelHouse(
  options: {
    start?: string;
    /** Other adapters in place of the listening channels. */
    adapters?: (all: Map<ChannelName, ListeningChannel>) => ChannelAdapter[];
  } & Partial<Omit<ComposeOptions, "channels">> = {},
): Promise<ChannelHouse> {
  const { start, adapters, ...rest } = options;
  const dataDir = await mkdtemp(join(tmpdir(), "jiesu-channels-"));
  const clock = createFakeClock(start);
  const names: ChannelName[] = ["web", "telegram", "wechat", "line"];
  const channels = new Map(names.map((name) => [name, createListeningChannel(name)]));
  const open = async () => {
    const house = await compose({
      dataDir,
      secretKey: "k".repeat(40),
      log: createLogger("silent"),
      channels: () => adapters?.(channels) ?? [...channels.values()],
      handoff: atAllHours,
      clock,
      ...rest,
    });
    house.start();
    return house;
  };
  let house = await open();

  function citizenOf(from: ConversationRef): Citizen {
    const said = async () => {
      await house.idle();
      return channels.get(from.channel)?.said(from.conversationId) ?? [];
    };
    const self: Citizen = {
      from,
      async say(content, { id = randomUUID() } = {}) {
        const before = (await said()).length;
        const heard: InboundContent = typeof content === "string" ? { kind: "text", text: content } : content;
        await house.receive({ id, from, sentAt: clock.now(), content: heard });
        return (await said()).slice(before).map(wordsOf).join("\n");
      },
      async press(label) {
        const offered = (await said()).toReversed().flatMap((each) => ("choices" in each ? each.choices : []));
        const choice = offered.find((each) => each.label === label);
        if (!choice) throw new Error(`no button "${label}"`);
        return self.say({ kind: "choice", choiceId: choice.id, label });
      },
      heard: async () => (await said()).map(wordsOf),
      told: async (pattern) => (await self.heard()).filter((words) => pattern.test(words)),
      async file(complaint = COMPLAINT) {
        await self.say(complaint);
        const asked = (await self.heard()).at(-1) ?? "";
        if (/称呼和电话/.test(asked)) await self.say("王女士 13800000000");
        await self.say("确认提交");
        const [receipt = ""] = (await self.told(/受理编号 \d{14}/)).slice(-1);
        const number = /受理编号 (\d{14})/.exec(receipt)?.[1] ?? "";
        expect(number).toMatch(/^\d{14}$/);
        return number;
      },
    };
    return self;
  }

  return {
    clock,
    house: () => house,
    citizen: (channel, name = randomUUID()) => citizenOf({ channel, conversationId: `c-${name}`, userId: name }),
    async restart() {
      await house.close();
      house = await open();
    },
    async close() {
      await house.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function wordsOf(message: OutboundMessage): string {
  const choices = "choices" in message ? message.choices.map(({ label }) => `[${label}]`).join(" ") : "";
  const rows = message.kind === "card" ? message.rows.map(({ label, value }) => `${label}：${value}`).join("\n") : "";
  const link = message.kind === "link" ? `${message.title} ${message.url}` : "";
  return [message.text, rows, choices, link].filter(Boolean).join("\n");
}
