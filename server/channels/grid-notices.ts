import type { DeliveryBook } from "../../adapters/shared/delivery-book.ts";
import { createGroupRobot, type GroupRobot } from "../../adapters/wecom/index.ts";
import type { CommunityGroup, SmallMatter } from "../../bots/model/index.ts";
import type { Clock, GroupStore, Logger } from "../../bots/ports.ts";
import { gridNotice } from "../../flows/index.ts";
import type { Rooms } from "../house.ts";
import { reasonOf } from "../outbox/reason.ts";
import { createDeliveryBook } from "../store/sqlite/delivery-book.ts";
import type { Channel } from "./channel.ts";
import { AFTER_FAULT_MS, createRobotWatch } from "./robot-watch.ts";

/** In the last quarter of its time an open matter is told of once more. */
const LAST_SHARE = 0.25;

/**
 * Tells grid workers of small matters where they work: in their own group of 企业微信, by its robot, for a community group whose configuration names
 * one. Once when a matter is opened (or opened again), once when its time runs out. The number, the community and the time; nothing that
 * a citizen said, for it goes to another company's server.
 */
export function createGridNotices({ apiBase }: { apiBase: string }, rooms: Rooms): Channel {
  const robot = createGroupRobot({ apiBase, clock: rooms.clock });
  const book = createDeliveryBook({ ...rooms, channel: "wecom" });
  return {
    open: ({ house, log }) =>
      createRobotWatch(createGridTeller({ robot, book, store: house.store, clock: rooms.clock, log })),
  };
}

export interface GridTellerParts {
  robot: GroupRobot;
  book: Pick<DeliveryBook, "wasSent" | "recordSent">;
  store: Pick<GroupStore, "communityGroups" | "currentSmallMatters">;
  clock: Clock;
  log: Logger;
}

/** Answers how long to rest, in milliseconds. Never rejects. */
export function createGridTeller({ robot, book, store, clock, log }: GridTellerParts): () => Promise<number> {
  async function tell(group: CommunityGroup & { robotKey: string }, matter: SmallMatter): Promise<boolean> {
    const isLate = isNearlyOver(matter, clock.now());
    // A matter that was opened again has another deadline and is told of again.
    const note = `grid notice ${matter.id} ${matter.deadline}${isLate ? " late" : ""}`;
    if (book.wasSent(note)) return true;
    const sent = await robot.sendNotice({ key: group.robotKey, text: gridNotice(matter, isLate) });
    if (sent.kind === "refused") {
      log.warn("group.worker-not-told", { matterId: matter.id, code: sent.code, reason: sent.why });
      return false;
    }
    await book.recordSent([note]);
    return true;
  }

  return async function tellAll() {
    try {
      for (const group of await store.communityGroups()) {
        const { channel, roomId, robotKey } = group;
        if (robotKey === undefined || roomId === undefined) continue;
        const matters = await store.currentSmallMatters({ channel, conversationId: roomId }, clock.now());
        for (const matter of matters.filter(({ state }) => state === "open")) {
          if (!(await tell({ ...group, robotKey }, matter))) return AFTER_FAULT_MS;
        }
      }
      return 0;
    } catch (error) {
      log.warn("group.worker-not-told", { reason: reasonOf(error) });
      return AFTER_FAULT_MS;
    }
  };
}

function isNearlyOver({ openedAt, deadline }: SmallMatter, now: Date): boolean {
  const end = Date.parse(deadline);
  return now.getTime() >= end - LAST_SHARE * (end - Date.parse(openedAt));
}
