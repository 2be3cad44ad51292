import { DeliveryError, isRetryable } from "../../bots/errors.ts";
import { fit } from "../../bots/fit.ts";
import type { ChannelCapabilities, OutboundMessage } from "../../bots/model/index.ts";
import type { ChannelAdapter, Clock, SendOptions } from "../../bots/ports.ts";
import type { ActivityDraft, ActivityLog } from "./client.ts";
import { renderActivity } from "./render.ts";

export type { Activity, ActivityDraft, ActivityLog, ActivityPage } from "./client.ts";
export { attachMedia, type DataFile, type ParsedActivity, parseActivity, type SpokenActivity } from "./parse.ts";
export { renderActivity } from "./render.ts";

const webCapabilities: ChannelCapabilities = {
  maxTextLength: 10_000,
  maxChoices: 20,
  canAskLocation: true,
  canShowCards: true,
  push: "anytime",
};

/** An activity under the key by which the log knows it again. */
export interface KeyedDraft {
  key: string;
  draft: ActivityDraft;
}

export interface WebAdapter extends ChannelAdapter {
  /** The activities by which a message is said, in order: what `send` appends. */
  activitiesOf(message: OutboundMessage, options: Pick<SendOptions, "idempotencyKey" | "replyHandle">): KeyedDraft[];
}

/**
 * The web chat and every other Direct Line client. Sending is an append to the log, so a message that was sent is there
 * whenever the citizen looks; the same idempotency key shows it once. `replyHandle` is the id of the activity answered.
 */
export function createWebAdapter(options: { log: ActivityLog; clock: Clock; botName?: string }): WebAdapter {
  const { log, clock, botName = "12345 智能助手" } = options;
  const from = { id: "bot", name: botName, role: "bot" } as const;
  const activitiesOf: WebAdapter["activitiesOf"] = (message, { idempotencyKey, replyHandle }) =>
    fit(message, webCapabilities).map((part, index) => ({
      // Keys of the bot and of citizens' clients never meet: a client cannot take the place of an answer.
      key: `bot:${idempotencyKey}#${index}`,
      draft: { ...renderActivity(part, { from, at: clock.now() }), replyToId: replyHandle },
    }));
  return {
    channel: "web",
    capabilities: webCapabilities,
    activitiesOf,
    async send(to, message, options) {
      try {
        for (const { key, draft } of activitiesOf(message, options)) await log.append(to.conversationId, key, draft);
      } catch (cause) {
        const retryable = isRetryable(cause);
        throw new DeliveryError(`web conversation ${to.conversationId} did not take the message`, { retryable, cause });
      }
    },
  };
}
