import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Gauge } from "prom-client";
import {
  createWechatyAdapter,
  createWechatyClient,
  missingPackage,
  type WechatyClient,
  type WechatyState,
} from "../../adapters/wechaty/index.ts";
import { BotError } from "../../bots/errors.ts";
import type { Logger } from "../../bots/ports.ts";
import { type Config, dropLibrarySwitches } from "../config.ts";
import type { Rooms } from "../house.ts";
import type { Metrics } from "../metrics.ts";
import { reasonOf } from "../outbox/reason.ts";
import { createDeliveryBook } from "../store/sqlite/delivery-book.ts";
import type { Channel } from "./channel.ts";
import type { WechatyConfig } from "./wechaty-config.ts";
import { createWechatyIntake } from "./wechaty-intake.ts";

const STATES: WechatyState[] = ["starting", "scan", "online", "offline", "failed", "stopped"];

const START_AGAIN_MS = 60_000;

/** What an operator can do about a state; nothing where all is well. */
const MEND: Partial<Record<WechatyState, string>> = {
  scan: "open the address with the telephone of the account's keeper and scan; whoever has it can log in",
  offline: "nobody is logged in: words wait; wait for the next scan, or look at the account's telephone",
  failed: "check WECHATY_PUPPET and WECHATY_PUPPET_OPTIONS; it is tried again every minute",
};

/** The client of the configured account. Throws a BotError when the library or the puppet is not installed. */
export function wechatyClient({ puppet, options }: WechatyConfig, dataDir: string): WechatyClient {
  const missing = missingPackage(puppet);
  if (missing !== undefined) {
    throw new BotError(
      `WECHATY_PUPPET: the package "${missing}" is not installed; run npm install ${missing}, or unset WECHATY_PUPPET`,
      { retryable: false },
    );
  }
  dropLibrarySwitches();
  return createWechatyClient({ puppet, puppetOptions: options, memory: join(dataDir, "wechaty") });
}

/** An account of 微信 in community groups and private chats. */
export function createWechatyChannel(client: WechatyClient, publicUrl: Config["publicUrl"], rooms: Rooms): Channel {
  const book = createDeliveryBook({ ...rooms, channel: "wechaty" });
  return {
    adapter: createWechatyAdapter({ client, book, publicUrl }),
    open({ house, media, log }) {
      const { groups, receive, store, metrics } = house;
      const intake = createWechatyIntake({ client, media, groups, receive, store, log });
      const show = showState(metrics, log);
      show("starting");
      const fault = (what: string, error: unknown) =>
        log.warn("wechaty.fault", { what, reason: reasonOf(error), state: client.state() });

      async function enter(state: WechatyState, code?: string): Promise<void> {
        show(state, code);
        if (state !== "online") return;
        await store.hastenAll("wechaty");
        house.wakeOutbox();
      }

      const handlers = {
        async onMessage(raw: Parameters<typeof intake.take>[0]) {
          await intake.take(raw).catch((error: unknown) => {
            log.error("wechaty.not-taken", { messageId: raw.id, reason: reasonOf(error) });
          });
        },
        onState(state: WechatyState, code?: string) {
          enter(state, code).catch((error: unknown) => fault("state", error));
        },
        onFault: fault,
      };
      const closing = new AbortController();

      /** What keeps a puppet from starting may be over in a minute, or be mended without a start of the server. */
      async function keepStarting(): Promise<void> {
        while (!closing.signal.aborted) {
          try {
            return await client.start(handlers);
          } catch (error) {
            show("failed");
            const cause = error instanceof Error ? error.cause : undefined;
            log.error("wechaty.not-started", { reason: reasonOf(error), cause: reasonOf(cause) });
            await setTimeout(START_AGAIN_MS, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
          }
        }
      }

      return {
        mounts: [],
        start() {
          keepStarting().catch((error: unknown) => fault("start", error));
        },
        close() {
          closing.abort();
          return client.stop();
        },
      };
    },
  };
}

/** `jiesu_wechaty_state{state}` is 1 for the state the account is in; each change is logged with what to do. */
function showState({ registry }: Metrics, log: Logger) {
  const gauge = new Gauge({
    name: "jiesu_wechaty_state",
    help: "1 for the state that the account of community groups is in",
    labelNames: ["state"],
    registers: [registry],
  });
  return (state: WechatyState, code?: string) => {
    for (const each of STATES) gauge.set({ state: each }, each === state ? 1 : 0);
    const mend = MEND[state];
    log[mend === undefined ? "info" : "warn"]("wechaty.state", { state, mend, scan: code });
  };
}
