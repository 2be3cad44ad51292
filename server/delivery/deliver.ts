import { isAccountOf } from "../../bots/accounts.ts";
import { DeliveryError, DispatchError, isRetryable } from "../../bots/errors.ts";
import type { ConversationRef, FollowUp, Job, OutboundMessage, Work } from "../../bots/model/index.ts";
import type { ChannelAdapter, DispatchClient, SendOptions, Store, Submission } from "../../bots/ports.ts";
import { actionNews, filingNews, ticketNews } from "../../flows/index.ts";
import { conversationLane, requestLane } from "../outbox/lanes.ts";

export interface DeliveryOptions {
  store: Store;
  dispatch: DispatchClient;
  channels: ChannelAdapter[];
  /** What is really said of a message that is about to leave; the message itself when absent. */
  lastLook?(message: OutboundMessage): OutboundMessage;
  /** The dispatch system has taken something: news may be waiting there. */
  onDispatched(): void;
}

/** What no second try can mend is a refusal: the citizen hears of it, and nothing hangs in between for ever. */
function refusalOf(error: unknown): Submission {
  if (isRetryable(error)) throw error;
  return { kind: "refused", reason: "派单系统无法接收，已转工作人员处理" };
}

type WorkOf<Kind extends Work["kind"]> = Extract<Work, { kind: Kind }>;
export type Handlers = { [Kind in Work["kind"]]: (work: WorkOf<Kind>, job: Job) => Promise<FollowUp[]> };

const NOTHING: FollowUp[] = [];

/**
 * What the outbox does with each kind of work. Every handler may run again with the same job after a crash: messages carry the
 * job's id, requests their own id and actions their own id to the other side, which recognises them.
 */
export function createDelivery(options: DeliveryOptions): Handlers {
  const { store, dispatch, lastLook = (message: OutboundMessage) => message } = options;
  const channels = new Map(options.channels.map((channel) => [channel.channel, channel]));

  async function send(
    to: ConversationRef | undefined,
    message: OutboundMessage | undefined,
    job: Job,
    more: Pick<SendOptions, "replyHandle" | "ticket"> = {},
  ) {
    if (!message || !to) return NOTHING;
    const channel = channels.get(to.channel);
    if (!channel) {
      const reason = `channel "${to.channel}" is not switched on; set its secrets and start again`;
      throw new DeliveryError(reason, { retryable: true, retryAfterMs: 60_000 });
    }
    const behind = async () =>
      (await store.wordsBehind(job.id)).map(({ key, message: later }) => ({ key, message: lastLook(later) }));
    await channel.send(to, lastLook(message), { idempotencyKey: job.id, behind, ...more });
    return NOTHING;
  }

  async function ticketOf(requestId: string): Promise<NonNullable<Awaited<ReturnType<Store["loadTicket"]>>>> {
    const ticket = await store.loadTicket(requestId);
    if (ticket) return ticket;
    throw new DeliveryError(`request ${requestId} is not in the store any more`, { retryable: false });
  }

  /** Who brought the request, or another account of theirs; nobody when that is not theirs any more. */
  async function listenerOf(owner: ConversationRef, to: ConversationRef | undefined) {
    if (!to) return owner;
    return (await store.accountsOf(owner)).some(isAccountOf(to)) ? to : undefined;
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

  async function act({ actionId, number, action, to }: WorkOf<"act">): Promise<FollowUp[]> {
    const own = await store.findTicket(number, to);
    const outcome = await dispatch.act(number, action, actionId, own?.requestId);
    options.onDispatched();
    const message = actionNews(number, action, outcome.kind === "refused" ? outcome.reason : undefined);
    return message ? [{ laneId: conversationLane(to), work: { kind: "say", to, message } }] : NOTHING;
  }

  return {
    say: (work, job) => send(work.to, work.message, job, { replyHandle: work.replyHandle }),
    file,
    act,
    async "tell-filing"({ requestId, to }, job) {
      const ticket = await ticketOf(requestId);
      const { filing, unit } = ticket;
      const about = filing.kind === "filed" ? { ticket: filing.number } : {};
      return send(await listenerOf(ticket.owner, to), filingNews(filing, unit), job, about);
    },
    async notify({ requestId, updateId, to }, job) {
      const ticket = await ticketOf(requestId);
      const update = ticket.updates.find((each) => each.id === updateId);
      return send(await listenerOf(ticket.owner, to), update && ticketNews(update), job, { ticket: update?.number });
    },
  };
}
