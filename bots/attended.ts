import type { FlowContext, Outcome } from "./flow.ts";
import type {
  ConversationState,
  Effect,
  Handoff,
  HandoffEnding,
  HandoffReason,
  InboundMessage,
  OutboundMessage,
  TurnRecord,
} from "./model/index.ts";
import { commandForm } from "./plain.ts";
import type { HandoffStore } from "./ports.ts";
import type { Router } from "./router.ts";
import type { EngineWords } from "./words.ts";

/** When people attend, and how long nobody may wait for one of them. */
export interface HandoffTerms {
  isOpen(at: Date): boolean;
  /** Nobody has taken it: the citizen is told once and offered a ticket. */
  waitMs: number;
  /** Taken, but the citizen's words are not answered: back to the bot. */
  silentMs: number;
  /** Nobody says anything more after the operator: back to the bot. */
  idleMs: number;
}

/** What the bot says about people. Written in flows/text. */
export interface AttendedWords {
  /** `ahead`: how many wait before this citizen. */
  queued(reason: HandoffReason, ahead: number): OutboundMessage[];
  stillQueued(ahead: number): OutboundMessage[];
  /** Outside service hours; `filling`: a form is waiting to be gone on with. */
  closed(reason: HandoffReason, filling: boolean): OutboundMessage[];
  leftQueue(): OutboundMessage[];
  /** Nobody has come; said once. */
  nobodyCame(filling: boolean): OutboundMessage[];
  arrived(label: string): OutboundMessage[];
  /** An operator's words, in their name. */
  staffSays(label: string, text: string): OutboundMessage;
  /** From a person back to the bot. */
  back(ending: HandoffEnding): OutboundMessage[];
}

export interface AttendedOptions {
  router: Router;
  words: AttendedWords & Pick<EngineWords, "danger">;
  queue: Pick<HandoffStore, "waitingBefore">;
  terms: HandoffTerms;
}

/** So many turns in a row that were not understood bring in a person. */
const MISSES = 2;

/** Whole texts, in command form, by which a citizen wants no person any more. */
const ENOUGH = new Set(
  `结束人工 结束人工服务 退出人工 取消人工 取消转人工 不用人工 不用人工了 不要人工 不要人工了 不需要人工 不需要人工了 不找人工了 不转人工了
   不等了 不等人工了 不用等了 我不等了 找机器人 转机器人 转回机器人 回到机器人`.split(/\s+/),
);

/**
 * People beside the bot, as a router around the router. While a person is waited for, the bot goes on; while one attends, the
 * bot is silent, but for whom to call in danger, until the citizen, the operator or the clock gives the conversation back.
 */
export function createAttendedRouter(options: AttendedOptions): Router {
  const { router, words, queue, terms } = options;

  async function open(ctx: FlowContext, reason: HandoffReason, outcome: Outcome): Promise<Outcome> {
    const { misses: _, ...state } = outcome.state;
    const urgent = has(outcome.effects, "danger");
    if (!terms.isOpen(ctx.now)) {
      const say = around(outcome.say, words.closed(reason, state.active !== null), reason, urgent);
      return { ...outcome, state, say };
    }
    const handoff: Handoff = {
      id: ctx.newId(),
      from: ctx.from,
      state: "waiting",
      reason,
      requestedAt: ctx.now.toISOString(),
      dueAt: after(ctx.now, terms.waitMs),
    };
    const say = around(outcome.say, words.queued(reason, await queue.waitingBefore(ctx.now)), reason, urgent);
    return { state: { ...state, attended: handoff }, say, effects: [...outcome.effects, keep(handoff)] };
  }

  async function withBot(ctx: FlowContext, state: ConversationState, message: InboundMessage): Promise<Outcome> {
    const { attended } = state;
    if (attended && isEnough(state, message)) return backToBot(ctx, state, attended, message);
    const outcome = countMisses(await router.route(ctx, state, message), message);
    if (has(outcome.effects, "wish-for-human")) {
      if (!attended) return open(ctx, "asked", outcome);
      const ahead = await queue.waitingBefore(new Date(attended.requestedAt));
      return { ...outcome, say: [...words.stillQueued(ahead), ...outcome.say] };
    }
    const lost = (outcome.state.misses ?? 0) >= MISSES && !attended;
    return lost ? open(ctx, "not-understood", outcome) : outcome;
  }

  async function backToBot(ctx: FlowContext, state: ConversationState, attended: Handoff, message: InboundMessage) {
    const say = attended.state === "waiting" ? words.leftQueue() : words.back("citizen");
    return giveBack({ router, ctx, state, attended, message, ending: "citizen", say });
  }

  async function withPerson(ctx: FlowContext, state: ConversationState, attended: Handoff, message: InboundMessage) {
    if (message.content.kind === "joined") return { state, say: [], effects: [] };
    if (isEnough(state, message)) return backToBot(ctx, state, attended, message);
    const danger = message.content.kind === "text" ? (await ctx.reading())?.danger : undefined;
    const heard = attended.unansweredSince ? attended : awaiting(attended, ctx.now, terms.silentMs);
    const effects: Effect[] = heard === attended ? [] : [keep(heard)];
    if (danger) effects.push({ kind: "record", what: "danger", detail: danger });
    return { state: { ...state, attended: heard }, say: danger ? words.danger(danger) : [], effects };
  }

  return {
    route: (ctx, state, message) =>
      state.attended?.state === "taken"
        ? withPerson(ctx, state, state.attended, message)
        : withBot(ctx, state, message),
  };
}

/** The end of a hand-off: `say`, and what the waiting flow had asked, once more. */
export async function giveBack(parts: {
  router: Router;
  ctx: FlowContext;
  state: ConversationState;
  attended: Handoff;
  message: InboundMessage;
  ending: HandoffEnding;
  note?: string;
  say: OutboundMessage[];
}): Promise<Outcome & { handoff: Handoff }> {
  const { router, ctx, attended, message, ending, note, say } = parts;
  const { dueAt: _due, unansweredSince: _since, ...rest } = attended;
  const handoff: Handoff = {
    ...rest,
    state: "ended",
    endedAt: ctx.now.toISOString(),
    ending,
    ...(note ? { note } : {}),
  };
  const { attended: _attended, misses: _misses, ...state } = parts.state;
  const effects = [keep(handoff)];
  if (!state.active) return { state, say, effects, handoff };
  // Whoever comes back to a form is asked again what it waits for.
  const resumed = await router.route(ctx, state, { ...message, content: { kind: "joined" } });
  return { state: resumed.state, say: [...say, ...resumed.say], effects: [...resumed.effects, ...effects], handoff };
}

/** The citizen's words wait for an answer from now on. */
export const awaiting = (attended: Handoff, now: Date, silentMs: number): Handoff => ({
  ...attended,
  unansweredSince: now.toISOString(),
  dueAt: after(now, silentMs),
});

export const after = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString();

const keep = (handoff: Handoff): Effect => ({ kind: "handoff", handoff });

const has = (effects: Effect[], what: TurnRecord): boolean =>
  effects.some((effect) => effect.kind === "record" && effect.what === what);

function isEnough(state: ConversationState, { content }: InboundMessage): boolean {
  if (content.kind !== "text") return false;
  const said = commandForm(content.text);
  const nothingElse = state.attended?.state === "waiting" && state.active === null;
  return ENOUGH.has(said) || (nothingElse && (said === "取消" || said === "算了"));
}

/** A page that is opened anew says nothing; every other turn that was understood begins the count again. */
function countMisses(outcome: Outcome, message: InboundMessage): Outcome {
  if (message.content.kind === "joined") return outcome;
  const { misses = 0, ...state } = outcome.state;
  const missed = has(outcome.effects, "not-understood");
  return { ...outcome, state: missed ? { ...state, misses: misses + 1 } : state };
}

/**
 * Who asked is answered before anything else, but for whom to call in danger; who was not understood first hears so.
 */
function around(said: OutboundMessage[], about: OutboundMessage[], reason: HandoffReason, urgent: boolean) {
  return reason === "asked" && !urgent ? [...about, ...said] : [...said, ...about];
}
