import { DeliveryError, isRetryable } from "../../bots/errors.ts";
import { fit } from "../../bots/fit.ts";
import type { ChannelCapabilities } from "../../bots/model/index.ts";
import type { ChannelAdapter, Clock } from "../../bots/ports.ts";
import type { ActivityLog } from "./client.ts";
import { renderActivity } from "./render.ts";

export type { Activity, ActivityDraft, ActivityLog } from "./client.ts";
export { attachMedia, type DataFile, type ParsedActivity, parseActivity, type SpokenActivity } from "./parse.ts";
export { renderActivity } from "./render.ts";

const webCapabilities: ChannelCapabilities = {
  maxTextLength: 10_000,
  maxChoices: 20,
  canAskLocation: true,
  canShowCards: true,
  push: "anytime",
};

/**
 * The web chat and every other Direct Line client. Sending is an append to the log, so a message that was sent is there
 * whenever the citizen looks; the same idempotency key shows it once. `replyHandle` is the id of the activity answered.
 */
export function createWebAdapter(options: { log: ActivityLog; clock: Clock; botName?: string }): ChannelAdapter {
  const { log, clock, botName = "12345 智能助手" } = options;
  const from = { id: "bot", name: botName, role: "bot" } as const;
  return {
    channel: "web",
    capabilities: webCapabilities,
    async send(to, message, { idempotencyKey, replyHandle }) {
      try {
        for (const [index, part] of fit(message, webCapabilities).entries()) {
          const draft = renderActivity(part, { from, at: clock.now() });
          // Keys of the bot and of citizens' clients never meet: a client cannot take the place of an answer.
          await log.append(to.conversationId, `bot:${idempotencyKey}#${index}`, { ...draft, replyToId: replyHandle });
        }
      } catch (cause) {
        const retryable = isRetryable(cause);
        throw new DeliveryError(`web conversation ${to.conversationId} did not take the message`, { retryable, cause });
      }
    },
  };
}
