import type { Activity, ActivityDraft, ActivityLog, SpokenActivity } from "../../../adapters/web/index.ts";
import { isRetryable } from "../../../bots/errors.ts";
import type { Logger, Receive } from "../../../bots/ports.ts";
import { asError } from "../../log.ts";
import { gone, HttpRefusal } from "./refusal.ts";
import type { Visited } from "./tokens.ts";

interface Speaker {
  conversationId: string;
  userId: string;
  channel: Visited;
}

export interface Intake {
  /** Answers the activity's id once the message is durable; the same message again answers the same id and adds nothing. */
  accept(said: SpokenActivity, speaker: Speaker): Promise<string>;
}

/** Puts what a citizen said in the log, where their client looks for its echo, and hands it to the bot. */
export function createIntake(options: { log: ActivityLog; receive: Receive; newId(): string; logger: Logger }): Intake {
  const { log, receive, newId, logger } = options;

  async function echo(key: string, said: SpokenActivity, { conversationId }: Speaker): Promise<Activity> {
    const { activity, duplicate } = await log
      .append(conversationId, `user:${key}`, said.echo)
      .catch((error: unknown) => {
        if (!isRetryable(error)) throw gone();
        throw notTaken(error, conversationId);
      });
    // An id used twice for different words would swallow the second ones.
    if (duplicate && substance(activity) !== substance(said.echo)) {
      throw new HttpRefusal(409, "Conflict", "这个消息编号已经用过，内容却不同；请作为新消息再发一次。");
    }
    return activity;
  }

  function notTaken(error: unknown, conversationId: string): HttpRefusal {
    logger.warn("direct-line.not-taken", {
      conversationId,
      error: asError(error),
    });
    const message = "系统暂时繁忙，这条消息还没有收下，请稍后再发一次。";
    return new HttpRefusal(503, "ServiceUnavailable", message, { retryAfterSeconds: 2, cause: error });
  }

  return {
    async accept(said, speaker) {
      const { conversationId, userId, channel } = speaker;
      const key = said.key ?? newId();
      const activity = await echo(key, said, speaker);
      try {
        await receive({
          // Clients choose their ids: only within a conversation do equal ids mean the same message.
          id: `${conversationId}|${key}`,
          from: { channel, conversationId, userId },
          sentAt: new Date(activity.timestamp),
          content: said.content,
          replyHandle: activity.id,
        });
      } catch (error) {
        throw notTaken(error, conversationId);
      }
      return activity.id;
    },
  };
}

/** What makes two activities the same message; time and sender's name may differ between attempts. */
function substance({ type, name, text, value, channelData, attachments }: ActivityDraft): string {
  const files = attachments?.map(({ contentUrl }) => contentUrl);
  return JSON.stringify([type, name, text, value, channelData?.choiceId, channelData?.location, files]);
}
