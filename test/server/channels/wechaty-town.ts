import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createWechatyClient, type WechatyClient } from "../../../adapters/wechaty/index.ts";
import type { CommunityGroup, SmallMatter } from "../../../bots/model/index.ts";
import type { Entrance } from "../../../server/channels/channel.ts";
import { createWechatyChannel } from "../../../server/channels/wechaty.ts";
import { compose } from "../../../server/compose.ts";
import type { ComposeOptions, House } from "../../../server/house.ts";
import { createMediaStore } from "../../../server/media/index.ts";
import { atAllHours } from "../../conversations/transcript.ts";
import {
  BOT_NAME,
  createWechatyPlatform,
  ROOM,
  type Sent,
  TOPIC,
  type WechatyPlatform,
} from "../../fakes/wechaty-platform.ts";
import { loggerInto } from "../../fakes/written-log.ts";
import { temporaryFolder } from "../temporary.ts";

const FOUR: CommunityGroup = {
  channel: "wechaty",
  room: TOPIC,
  community: "朝阳区望京街道望京西园四区",
  gridWorkers: [{ name: "王芳", userId: "fang" }],
  minutes: 60,
};

/** The whole house with the channel switched on, and a stand-in for the platform whose puppet comes and goes. */
export interface WechatyTown {
  platform: WechatyPlatform;
  house(): House;
  /** Puts a message on the platform and waits until it has been taken, and what it brings about was said. */
  send(message: Sent): Promise<string>;
  /** The puppet tells of an old message once more. */
  again(id: string): Promise<void>;
  /** Somebody writes in the group. */
  group(from: string, text: string, more?: Partial<Sent>): Promise<string>;
  /** The same with the bot mentioned. */
  call(from: string, text: string, more?: Partial<Sent>): Promise<string>;
  /** Somebody writes to the bot alone. */
  alone(from: string, text: string): Promise<string>;
  /** What the group, or one person, was told since the last look. */
  heard(where?: string): string[];
  /** The matters of the group as they stand, whatever became of them. */
  matters(): Promise<SmallMatter[]>;
  agree(): Promise<void>;
  /** Time goes by, and the clock does what is due. */
  later(minutes: number): Promise<void>;
  rest(): Promise<void>;
  restart(): Promise<void>;
  /** Another process of the same data directory, without a channel; to be closed. */
  second(): Promise<House>;
  logged(): string;
  close(): Promise<void>;
}

const SECRET = "a secret key that only this test knows";
const MINUTE_MS = 60_000;

export async function openWechatyTown(
  options: Pick<ComposeOptions, "dispatch"> & { group?: CommunityGroup; loggedIn?: boolean } = {},
): Promise<WechatyTown> {
  const folder = temporaryFolder();
  const dataDir = folder.path;
  let nowMs = Date.parse("2026-11-26T02:00:00Z");
  const clock = { now: () => new Date(nowMs) };
  const platform = createWechatyPlatform(clock.now);
  const lines: string[] = [];
  const log = loggerInto(lines);
  const dispatching = options.dispatch ? { dispatch: options.dispatch } : {};
  let read = 0;
  let house!: House;
  let entrance!: Entrance;
  let taken = taking();

  async function open(): Promise<void> {
    taken = taking();
    const client = taken.watch(createWechatyClient({ puppet: platform.plug() }));
    let channel: ReturnType<typeof createWechatyChannel> | undefined;
    house = await compose({
      dataDir,
      secretKey: SECRET,
      log,
      clock,
      handoff: atAllHours,
      channels: (rooms) => {
        channel = createWechatyChannel(client, "https://12345.example.gov.cn", rooms);
        return channel.adapter ? [channel.adapter] : [];
      },
      ...dispatching,
    });
    const { database, seal } = house;
    const media = createMediaStore({ dir: join(dataDir, "media"), database, seal, clock, newId: randomUUID });
    if (!channel) throw new Error("the channel was not built");
    entrance = channel.open({ house, media, secretKey: "k", log });
    house.start();
    entrance.start?.();
    await until(() => taken.isListening());
    if (options.loggedIn === false) return;
    platform.login();
    await until(() => client.state() === "online");
  }

  async function close(): Promise<void> {
    await entrance.close?.();
    await house.close();
  }

  await open();
  const configured = options.group ?? FOUR;
  await house.store.configureGroup(configured);

  const town: WechatyTown = {
    platform,
    house: () => house,
    async send(message) {
      nowMs += 1_000;
      const id = platform.send(message);
      await taken.done(id);
      await town.rest();
      return id;
    },
    async again(id) {
      const before = taken.count(id);
      platform.again(id);
      await taken.done(id, before + 1);
      await town.rest();
    },
    group: (from, text, more = {}) => town.send({ from, text, room: ROOM, ...more }),
    call: (from, text, more = {}) => town.group(from, `@${BOT_NAME}\u2005${text}`, more),
    alone: (from, text) => town.send({ from, text }),
    heard(where = ROOM) {
      const fresh = platform.said.slice(read).filter(({ to }) => to === where);
      read = platform.said.length;
      return fresh.map(({ text }) => text);
    },
    async matters() {
      const ids = house.database.raw.prepare<[], string>("SELECT id FROM small_matters ORDER BY seq").pluck().all();
      const all = await Promise.all(ids.map((id) => house.store.loadSmallMatter(id)));
      return all.filter((matter) => matter !== undefined);
    },
    async agree() {
      nowMs += 1_000;
      const [group = configured] = await house.store.communityGroups();
      await house.store.saveGroup({ ...group, agreed: { by: "王芳", at: clock.now().toISOString() } });
    },
    async later(minutes) {
      nowMs += minutes * MINUTE_MS;
      // What one sweep brings about may be due in the next.
      for (let times = 0; times < 3; times++) {
        await house.groups.sweep();
        await house.idle();
      }
    },
    rest: () => house.idle(),
    async restart() {
      await close();
      await open();
    },
    second: () =>
      compose({ dataDir, secretKey: SECRET, log, clock, handoff: atAllHours, channels: () => [], ...dispatching }),
    logged: () => lines.join("\n"),
    async close() {
      await close();
      folder.remove();
    },
  };
  return town;
}

const PATIENCE_MS = 15_000;

async function until(isSo: () => boolean): Promise<void> {
  const endMs = Date.now() + PATIENCE_MS;
  while (!isSo()) {
    if (Date.now() > endMs) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Knows which messages the server has finished with. */
function taking() {
  const counts = new Map<string, number>();
  let listening = false;
  const count = (id: string) => counts.get(id) ?? 0;
  return {
    count,
    isListening: () => listening,
    watch: (client: WechatyClient): WechatyClient => ({
      ...client,
      async start(handlers) {
        await client.start({
          ...handlers,
          async onMessage(raw) {
            await handlers.onMessage(raw);
            counts.set(raw.id, count(raw.id) + 1);
          },
        });
        listening = true;
      },
    }),
    async done(id: string, times = 1) {
      await until(() => count(id) >= times);
    },
  };
}
