import type { DeliveryBook } from "../../adapters/shared/delivery-book.ts";
import { createGroupRobot, type GroupRobot } from "../../adapters/wecom/index.ts";
import type { HandoffStore, Logger } from "../../bots/ports.ts";
import { waitingNotice } from "../../flows/index.ts";
import type { Config } from "../config.ts";
import type { Rooms } from "../house.ts";
import { reasonOf } from "../outbox/reason.ts";
import { createDeliveryBook } from "../store/sqlite/delivery-book.ts";
import type { Channel } from "./channel.ts";
import { AFTER_FAULT_MS, createRobotWatch } from "./robot-watch.ts";
import type { GroupRobotConfig } from "./wecom-config.ts";

const MOST_AT_ONCE = 200;

/** Tells the hotline centre's group when citizens wait for a person: how many, and where; nothing of who they are or what they said. */
export function createGroupRobotChannel(
  { key, apiBase }: GroupRobotConfig,
  publicUrl: Config["publicUrl"],
  rooms: Rooms,
): Channel {
  const robot = createGroupRobot({ apiBase, clock: rooms.clock });
  const book = createDeliveryBook({ ...rooms, channel: "wecom" });
  return {
    open({ house, log }) {
      return createRobotWatch(createTeller({ robot, book, key, store: house.store, log, publicUrl }));
    },
  };
}

/** Tells once of everyone who has begun to wait, all in one notice; answers how long to rest. Never rejects. */
function createTeller(parts: {
  robot: GroupRobot;
  book: Pick<DeliveryBook, "wasSent" | "recordSent">;
  key: string;
  store: Pick<HandoffStore, "openHandoffs">;
  log: Logger;
  publicUrl: string | undefined;
}): () => Promise<number> {
  const { robot, book, key, store, log, publicUrl } = parts;
  const noteOf = (handoffId: string) => `told the group of ${handoffId}`;
  return async function tell() {
    try {
      const open = await store.openHandoffs(MOST_AT_ONCE);
      const fresh = open.filter(({ id, state }) => state === "waiting" && !book.wasSent(noteOf(id)));
      if (fresh.length === 0) return 0;
      const sent = await robot.sendNotice({
        key,
        text: waitingNotice(fresh.length, publicUrl && `${publicUrl}/staff/`),
      });
      if (sent.kind === "refused") {
        log.warn("wecom.group-not-told", { code: sent.code, reason: sent.why });
        return AFTER_FAULT_MS;
      }
      await book.recordSent(fresh.map(({ id }) => noteOf(id)));
      return 0;
    } catch (error) {
      log.warn("wecom.group-not-told", { reason: reasonOf(error) });
      return AFTER_FAULT_MS;
    }
  };
}
