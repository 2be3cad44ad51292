import { z } from "zod";
import { DeliveryError } from "../../bots/errors.ts";
import type { Clock } from "../../bots/ports.ts";
import { createPlatformCalls } from "../shared/platform-calls.ts";
import type { Sent } from "./client.ts";
import { refusalOf } from "./codes.ts";

/** Says something in a group of the organisation, to the people who work there. Nothing comes back from such a group. */
export interface GroupRobot {
  /**
   * Throws a DeliveryError where trying again can help, with `retryAfterMs` when the robot has said enough in this minute; what is
   * refused for good is a value. Words over the platform's length end in "…". Said twice when an answer gets lost.
   */
  sendNotice(notice: GroupNotice): Promise<Sent>;
}

export type GroupNotice = {
  /** Of the robot's address: who has it can write to the group. */
  key: string;
} & (
  | { text: string; mentioned?: { members?: string[]; mobiles?: string[]; everybody?: true } }
  /** In the platform's dialect; people are named in it as `<@userid>`. */
  | { markdown: string }
);

/** "群机器人配置说明": in bytes of UTF-8, and messages of one robot in a minute. */
const MOST_TEXT_BYTES = 2_048;
const MOST_MARKDOWN_BYTES = 4_096;
const MOST_IN_MINUTE = 20;
const MINUTE_MS = 60_000;

const answerShape = z.looseObject({ errcode: z.number() });

/** `apiBase`: the platform's address without a slash at its end. The minute is counted in this process. */
export function createGroupRobot({ apiBase, clock }: { apiBase: string; clock: Clock }): GroupRobot {
  const calls = createPlatformCalls({ apiBase, platform: "wecom group robot" });
  const sentAtMs = new Map<string, number[]>();

  function takePlace(key: string): void {
    const nowMs = clock.now().getTime();
    const recent = (sentAtMs.get(key) ?? []).filter((ms) => ms > nowMs - MINUTE_MS);
    const [oldest] = recent;
    sentAtMs.set(key, recent);
    if (oldest !== undefined && recent.length >= MOST_IN_MINUTE) {
      const retryAfterMs = oldest + MINUTE_MS - nowMs;
      throw new DeliveryError("wecom: the group robot has said enough in this minute", {
        retryable: true,
        retryAfterMs,
      });
    }
    recent.push(nowMs);
  }

  return {
    async sendNotice(notice) {
      takePlace(notice.key);
      const path = `/cgi-bin/webhook/send?key=${encodeURIComponent(notice.key)}`;
      const answer = answerShape.safeParse(await calls.json(path, bodyOf(notice)));
      if (!answer.success)
        throw new DeliveryError("wecom: the group robot's answer cannot be read", { retryable: true });
      return answer.data.errcode === 0 ? { kind: "sent" } : refusalOf(answer.data.errcode);
    },
  };
}

function bodyOf(notice: GroupNotice): object {
  if ("markdown" in notice) {
    return { msgtype: "markdown", markdown: { content: within(notice.markdown, MOST_MARKDOWN_BYTES) } };
  }
  const { members = [], mobiles = [], everybody } = notice.mentioned ?? {};
  const mentioned_list = everybody ? [...members, "@all"] : members;
  return {
    msgtype: "text",
    text: { content: within(notice.text, MOST_TEXT_BYTES), mentioned_list, mentioned_mobile_list: mobiles },
  };
}

const ENDS_EARLY = "…";

function within(text: string, mostBytes: number): string {
  if (Buffer.byteLength(text) <= mostBytes) return text;
  let kept = "";
  let room = mostBytes - Buffer.byteLength(ENDS_EARLY);
  for (const char of text) {
    room -= Buffer.byteLength(char);
    if (room < 0) break;
    kept += char;
  }
  return kept + ENDS_EARLY;
}
