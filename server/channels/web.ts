import { createWebAdapter } from "../../adapters/web/index.ts";
import type { Clock } from "../../bots/ports.ts";
import type { InPlaceChannel } from "../delivery/in-place.ts";
import type { SqliteActivityLog } from "../store/sqlite/activity-log.ts";

/** The web channel, whose citizens read the log that lies beside the turns. */
export function createWebChannel(log: SqliteActivityLog, clock: Clock): InPlaceChannel {
  const web = createWebAdapter({ log, clock });
  return {
    ...web,
    sayInPlace: ({ conversationId }, words, replyHandle) =>
      log.prepare(
        conversationId,
        words.flatMap(({ key, message }) => web.activitiesOf(message, { idempotencyKey: key, replyHandle })),
      ),
  };
}
