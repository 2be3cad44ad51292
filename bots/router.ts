import { alarm } from "./alarm.ts";
import { missingNumber } from "./choices.ts";
import type { Flow, FlowContext, Outcome, Step } from "./flow.ts";
import type {
  Choice,
  CitizenFacts,
  ConversationState,
  Effect,
  InboundMessage,
  OutboundMessage,
  SavedFlow,
} from "./model/index.ts";
import { createNavigation } from "./navigation.ts";
import { putAside, waitingCount } from "./paused.ts";
import { commandForm, visibleText } from "./plain.ts";
import { commandIn, type Routes, wantedFlow } from "./routes.ts";
import { createFlowShelf, save } from "./shelf.ts";
import type { EngineWords } from "./words.ts";

type Finished = Extract<Step, { next: "wait" | "done" }>;

const MAX_HAND_OVERS = 3;
const MAX_SUSPENDED = 3;

export interface Router {
  route(ctx: FlowContext, state: ConversationState, message: InboundMessage): Promise<Outcome>;
}

/**
 * Decides which flow takes a turn. The waiting flow is asked first; what it passes on goes, as a digression, to the flow that
 * wants it, and the waiting flow then asks again. Throws when a flow's name is unknown: a fault of the wiring.
 */
export function createRouter(options: { flows: Flow[]; routes: Routes; words: EngineWords }): Router {
  const { routes, words } = options;
  const shelf = createFlowShelf(options.flows, words);
  const { flowNamed, isFlow, current } = shelf;
  const navigate = createNavigation({ shelf, words });
  const wanted = (ctx: FlowContext, message: InboundMessage) => wantedFlow(ctx, message, routes, isFlow);

  async function begin(
    ctx: FlowContext,
    name: string,
    message: InboundMessage,
  ): Promise<{ flow: Flow; step: Finished }> {
    let flow = flowNamed(name);
    let said = message;
    for (let hop = 0; hop < MAX_HAND_OVERS; hop++) {
      const step = await flow.start(ctx, said);
      if (step.next === "wait" || step.next === "done") return { flow, step };
      if (step.next === "pass") return { flow, step: { next: "done", say: words.expiredChoice() } };
      flow = flowNamed(step.to);
      said = step.message ?? said;
    }
    throw new Error(`flows hand a message over in a circle, last to "${flow.name}"`);
  }

  /** Ends the waiting flow's turn: its new state is kept, or the flow put aside before it comes back and asks again. */
  async function conclude(ctx: FlowContext, state: ConversationState, flow: Flow, step: Finished): Promise<Outcome> {
    const citizen = merge(state.citizen, step.remember);
    const effects = step.effects ?? [];
    if (step.next === "wait") {
      return { state: { ...state, citizen, active: save(flow, step.state) }, say: step.say, effects };
    }
    const [back, ...rest] = state.suspended;
    const { active, say: notice } = back ? current(back) : { active: null, say: [] };
    const waiting = !active && flow.recap ? waitingCount(state, ctx.now) : 0;
    const say = [
      ...step.say,
      ...notice,
      ...(active ? await remindOf({ ...ctx, citizen }, active) : []),
      ...(waiting > 0 ? words.stillPaused(waiting) : []),
    ];
    return { state: { ...state, citizen, active, suspended: rest }, say, effects };
  }

  const remindOf = (ctx: FlowContext, saved: SavedFlow) => shelf.remind(ctx, saved, ctx.returning);

  async function startFresh(ctx: FlowContext, state: ConversationState, message: InboundMessage): Promise<Outcome> {
    const { flow, step } = await begin(ctx, await wanted(ctx, message), message);
    return conclude(ctx, state, flow, step);
  }

  async function digress(
    ctx: FlowContext,
    state: ConversationState,
    active: SavedFlow,
    to: string,
    message: InboundMessage,
  ) {
    const { flow, step } = await begin({ ...ctx, digression: true }, to, message);
    const suspended = [active, ...state.suspended].slice(0, MAX_SUSPENDED);
    return conclude(ctx, { ...state, active: null, suspended }, flow, step);
  }

  async function askAgain(ctx: FlowContext, state: ConversationState, active: SavedFlow, first: OutboundMessage[]) {
    return { state, say: [...first, ...(await remindOf(ctx, active))], effects: [] };
  }

  /** The waiting flow did not want the message. */
  async function passedOn(ctx: FlowContext, state: ConversationState, active: SavedFlow, message: InboundMessage) {
    const to = await wanted(ctx, message);
    if (to !== active.flow && to !== routes.intents.unclear) return digress(ctx, state, active, to, message);
    if (message.content.kind === "choice") return askAgain(ctx, state, active, words.expiredChoice());
    const number = message.content.kind === "text" ? missingNumber(state.offered, message.content.text) : undefined;
    if (number !== undefined) return askAgain(ctx, state, active, words.noSuchChoice(number, state.offered));
    return { ...(await askAgain(ctx, state, active, words.notUnderstood())), effects: [notUnderstood(message)] };
  }

  /** A flow that can tell what it has got can also be taken back: a change of mind must not cost the words. */
  function leave(ctx: FlowContext, state: ConversationState): Outcome {
    if (!state.active) return { state, say: words.nothingToCancel(), effects: [] };
    const flow = flowNamed(state.active.flow);
    const say = flow.leave(state.active.state);
    const left = { ...state, active: null, suspended: [] };
    return { state: flow.recap ? putAside(left, [state.active], ctx.now, true) : left, say, effects: [] };
  }

  async function routeActive(ctx: FlowContext, state: ConversationState, active: SavedFlow, message: InboundMessage) {
    const { content } = message;
    if (content.kind === "joined") return askAgain(ctx, state, active, []);
    const command = content.kind === "text" ? commandIn(routes, content.text) : undefined;
    if (command && command !== active.flow) return digress(ctx, state, active, command, message);
    const flow = flowNamed(active.flow);
    const step = await flow.resume(ctx, active.state, message);
    switch (step.next) {
      case "pass":
        return passedOn(ctx, state, active, message);
      case "hand-over": {
        const next = await begin(ctx, step.to, step.message ?? message);
        return conclude(ctx, { ...state, active: null }, next.flow, next.step);
      }
      case "wait":
      case "done":
        return conclude(ctx, { ...state, active: null }, flow, step);
      default:
        throw new Error(`unknown step ${JSON.stringify(step satisfies never)}`);
    }
  }

  /** What is said of the conversation itself rather than of a matter. */
  async function aboutTheTalk(ctx: FlowContext, state: ConversationState, text: string): Promise<Outcome | undefined> {
    if (routes.cancel.includes(commandForm(text))) return leave(ctx, state);
    const way = routes.navigation(text);
    return way && navigate(ctx, state, way);
  }

  /** Answers that need no flow; undefined when a flow is needed. */
  async function withoutFlow(ctx: FlowContext, state: ConversationState, message: InboundMessage) {
    const { content } = message;
    const first = firstWords(content, words);
    if (first) return state.active ? askAgain(ctx, state, state.active, first) : { state, say: first, effects: [] };
    if (content.kind !== "text") return undefined;
    const moved = await aboutTheTalk(ctx, state, content.text);
    if (moved || state.active) return moved;
    const number = missingNumber(state.offered, content.text);
    if (number === undefined) return undefined;
    return { state, say: offerAgain(words.noSuchChoice(number, state.offered), state.offered), effects: [] };
  }

  return {
    async route(ctx, before, message) {
      const danger = await alarm(ctx, message, words);
      if (danger.alone) {
        const citizen = merge(before.citizen, danger.remember);
        return { state: { ...before, citizen }, say: danger.say, effects: danger.effects };
      }
      const { active, say: notice } = before.active ? current(before.active) : { active: null, say: [] };
      const state = { ...before, active };
      const outcome =
        (await withoutFlow(ctx, state, message)) ??
        (await (active ? routeActive(ctx, state, active, message) : startFresh(ctx, state, message)));
      return {
        state: outcome.state,
        say: [...danger.say, ...notice, ...outcome.say],
        effects: [...danger.effects, ...outcome.effects],
      };
    },
  };
}

const notUnderstood = (message: InboundMessage): Effect => ({
  kind: "record",
  what: "not-understood",
  detail: message.id,
});

const merge = (known: CitizenFacts, more: Partial<CitizenFacts> | undefined): CitizenFacts => ({ ...known, ...more });

function firstWords(content: InboundMessage["content"], words: EngineWords): OutboundMessage[] | undefined {
  if (content.kind === "unsupported") return words.unsupported(content.what);
  if (content.kind === "text" && visibleText(content.text) === "") return words.empty();
  return undefined;
}

/** A slip of the finger must not cost the choices: they stand under the answer again. */
const offerAgain = (say: OutboundMessage[], choices: Choice[]): OutboundMessage[] =>
  say.map((message, index) =>
    index === say.length - 1 && message.kind === "text" ? { kind: "choices", text: message.text, choices } : message,
  );
