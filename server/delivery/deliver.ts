import { DeliveryError, DispatchError, isRetryable } from "../../bots/errors.ts";
import type { ChannelName, FollowUp, Job, OutboundMessage, Work } from "../../bots/model/index.ts";
import type { ChannelAdapter, Clock, DispatchClient, Store, Submission } from "../../bots/ports.ts";
import { actionNews } from "../../flows/index.ts";
import { conversationLane, requestLane } from "../outbox/lanes.ts";
import type { Aside } from "../outbox.ts";
import { type Plan, planWords } from "./planner.ts";
import type { QuietHours } from "./quiet-hours.ts";
import { createWordsReader, type Words, type WordsWork } from "./words.ts";

export interface DeliveryOptions {
  store: Store;
  dispatch: DispatchClient;
  channels: ChannelAdapter[];
  /** What is really said of a message that is about to leave; the message itself when absent. */
  lastLook?(message: OutboundMessage): OutboundMessage;
  clock: Clock;
  /** When only emergencies and answers are said; no such time when absent. */
  quiet?: QuietHours;
  /** The dispatch system has taken something: news may be waiting there. */
  onDispatched(): void;
  /** The channel has taken words. */
  onSaid?(channel: ChannelName): void;
}

/** What no second try can mend is a refusal: the citizen hears of it, and nothing hangs in between for ever. */
function refusalOf(error: unknown): Submission {
  if (isRetryable(error)) throw error;
  return { kind: "refused", reason: "派单系统无法接收，已转工作人员处理" };
}

type WorkOf<Kind extends Work["kind"]> = Extract<Work, { kind: Kind }>;
export type Handlers = {
  [Kind in Work["kind"]]: (
    work: WorkOf<Kind>,
    job: Job,
  ) => Promise<Kind extends "file" | "act" ? FollowUp[] : FollowUp[] | Aside>;
};

const NOTHING: FollowUp[] = [];

/**
 * What the outbox does with each kind of work. Every handler may run again with the same job after a crash: messages carry the
 * job's id, requests their own id and actions their own id to the other side, which recognises them.
 */
export function createDelivery(options: DeliveryOptions): Handlers {
  const { store, dispatch, clock, quiet, lastLook = (message: OutboundMessage) => message } = options;
  const channels = new Map(options.channels.map((channel) => [channel.channel, channel]));
  const wordsOf = createWordsReader(store);

  function channelOf({ to }: Words): ChannelAdapter {
    const channel = channels.get(to.channel);
    if (channel) return channel;
    const reason = `channel "${to.channel}" is not switched on; set its secrets and start again`;
    throw new DeliveryError(reason, { retryable: true, retryAfterMs: 60_000 });
  }

  /** Answers within a turn are never held back. */
  async function planFor(words: Words, { push }: ChannelAdapter["capabilities"]): Promise<Plan> {
    if (!words.unasked) return { kind: "now" };
    const { to, isUrgent } = words;
    const lastHeardAt = await store.lastHeard(to);
    const isCounted = typeof push === "object" && push.messages !== undefined && lastHeardAt !== undefined;
    const pushed = isCounted ? await store.pushesSince(to, lastHeardAt) : 0;
    return planWords({ now: clock.now(), urgent: await isUrgent(), lastHeardAt, push, pushed }, quiet);
  }

  /** What can be said in one go with a job: all that waits behind it, up to what has to wait longer. */
  async function behind(job: Job): Promise<{ key: string; message: OutboundMessage }[]> {
    const more: { key: string; message: OutboundMessage }[] = [];
    for (const { key, work } of await store.wordsBehind(job.id)) {
      const words = await wordsOf(work);
      if (!words) continue;
      if ((await planFor(words, channelOf(words).capabilities)).kind === "later") break;
      more.push({ key, message: lastLook(words.message) });
    }
    return more;
  }

  async function say(work: WordsWork, job: Job): Promise<FollowUp[] | Aside> {
    const words = await wordsOf(work);
    if (!words) return NOTHING;
    const channel = channelOf(words);
    const plan = await planFor(words, channel.capabilities);
    if (plan.kind === "later") return { until: plan.until, reason: plan.reason };
    const { to, message, replyHandle, ticket } = words;
    await channel.send(to, lastLook(message), {
      idempotencyKey: job.id,
      behind: () => behind(job),
      pushed: () => store.notePush(to),
      ...(replyHandle === undefined ? {} : { replyHandle }),
      ...(ticket === undefined ? {} : { ticket }),
      ...(plan.shut === undefined ? {} : { shut: plan.shut }),
    });
    options.onSaid?.(to.channel);
    return NOTHING;
  }

  async function file({ requestId, token }: WorkOf<"file">): Promise<FollowUp[]> {
    const submission = await (token ? dispatch.numberOf(token) : submit(requestId)).catch(refusalOf);
    if (submission.kind === "pending" && token) {
      throw new DispatchError("the dispatch system has not named the number yet", { retryable: true });
    }
    await store.recordSubmission(requestId, submission);
    options.onDispatched();
    if (submission.kind !== "pending") return NOTHING;
    return [{ laneId: requestLane(requestId), work: { kind: "file", requestId, token: submission.token } }];
  }

  async function submit(requestId: string) {
    const request = await store.loadRequest(requestId);
    if (!request) throw new DispatchError(`request ${requestId} is not in the store any more`, { retryable: false });
    return dispatch.submit(request, request.id);
  }

  /** What became of it may come hours later, when the dispatch system is there again: it is told like news. */
  async function act({ actionId, number, action, to }: WorkOf<"act">): Promise<FollowUp[]> {
    const own = await store.findTicket(number, to);
    const outcome = await dispatch.act(number, action, actionId, own?.requestId);
    options.onDispatched();
    const message = actionNews(number, action, outcome.kind === "refused" ? outcome.reason : undefined);
    if (!message) return NOTHING;
    return [{ laneId: conversationLane(to), work: { kind: "say", to, message, unasked: true } }];
  }

  return { say, file, act, "tell-filing": say, notify: say };
}
