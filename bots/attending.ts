import { type AttendedWords, after, awaiting, giveBack, type HandoffTerms } from "./attended.ts";
import { numberChoices } from "./choices.ts";
import type { Flow, FlowContext, FormRow } from "./flow.ts";
import {
  type Attendant,
  CLOCK,
  type Conversation,
  type ConversationState,
  type Handoff,
  type HandoffEnding,
  type InboundMessage,
  type Media,
  type OutboundMessage,
  type SavedFlow,
  type StaffTurn,
} from "./model/index.ts";
import { pausedFlows } from "./paused.ts";
import type { Router } from "./router.ts";

/** A deed as it is to be committed, or why it cannot be done. */
export type Attending =
  | { kind: "turn"; turn: Omit<StaffTurn, "key"> }
  | { kind: "nothing-to-do" }
  | { kind: "taken-by"; by: Attendant }
  | { kind: "ended"; ending: HandoffEnding }
  | { kind: "not-yours" }
  | { kind: "stale" }
  | { kind: "refused"; reason: string };

export interface AttendingOptions {
  /** The router around the flows, for the reminder when a form is given back. */
  router: Router;
  flows: Flow[];
  words: AttendedWords;
  terms: HandoffTerms;
  contextOf(conversation: Conversation, message: InboundMessage): FlowContext;
}

/** A half-filled form of a conversation. */
export interface DraftForm {
  title: string;
  rows: FormRow[];
}

/** What operators and the clock do, computed from the conversation as it is; nothing is written here. */
export interface Attended {
  take(at: Situation, by: Attendant): Attending;
  say(at: Situation, by: string, text: string): Attending;
  /** `was`: the value that the operator saw; another one by now is "stale". */
  edit(at: Situation, by: string, change: { name: string; value: string; was: string }): Promise<Attending>;
  /** Puts something that the citizen sent in this conversation into the form. */
  attach(at: Situation, by: string, media: Media): Attending;
  giveBack(at: Situation, by: string, note: string | undefined): Promise<Attending>;
  /** `dueAt` has come. */
  lapse(at: Situation): Promise<Attending>;
  form(at: Pick<Situation, "conversation" | "now">): DraftForm | undefined;
}

export interface Situation {
  handoff: Handoff;
  conversation: Conversation;
  now: Date;
}

export function createAttending(options: AttendingOptions): Attended {
  const { router, words, terms } = options;
  const flows = new Map(options.flows.map((flow) => [flow.name, flow]));

  /** The form in front, or the last one put aside. */
  function formOf(state: ConversationState, now: Date) {
    const aside = pausedFlows(state, now).map((each) => each.saved);
    const saved = [state.active, ...state.suspended, ...aside].find((each) => each && current(each)?.form);
    const form = saved && current(saved)?.form;
    return saved && form ? { saved, form } : undefined;
  }

  const current = ({ flow, version }: SavedFlow): Flow | undefined => {
    const found = flows.get(flow);
    return found?.version === version ? found : undefined;
  };

  const here = ({ conversation, now, handoff }: Situation) => {
    const message: InboundMessage = { id: handoff.id, from: handoff.from, sentAt: now, content: { kind: "joined" } };
    return { ctx: options.contextOf(conversation, message), message };
  };

  async function end(at: Situation, by: string, ending: HandoffEnding, note?: string): Promise<Attending> {
    const { conversation, handoff: attended } = at;
    const say = words.back(ending);
    const given = { router, ...here(at), state: conversation.state, attended, ending, note, say };
    const { handoff, ...outcome } = await giveBack(given);
    const deed = by === CLOCK ? "lapse" : "return";
    return turnOf(at, { by, deed, about: ending, handoff, state: outcome.state, say: outcome.say });
  }

  return {
    take(at, by) {
      const { handoff, conversation, now } = at;
      if (handoff.state === "ended") return { kind: "ended", ending: handoff.ending ?? "returned" };
      if (handoff.takenBy) {
        return handoff.takenBy.username === by.username
          ? { kind: "nothing-to-do" }
          : { kind: "taken-by", by: handoff.takenBy };
      }
      const taken = awaiting(
        { ...handoff, state: "taken", takenBy: by, takenAt: now.toISOString() },
        now,
        terms.silentMs,
      );
      const state = { ...conversation.state, attended: taken };
      return turnOf(at, { by: by.username, deed: "take", handoff: taken, state, say: words.arrived(by.label) });
    },

    say(at, by, text) {
      const mine = held(at.handoff, by);
      if (mine.kind !== "held") return mine;
      const { unansweredSince: _, ...rest } = at.handoff;
      const handoff = { ...rest, dueAt: after(at.now, terms.idleMs) };
      const state = { ...at.conversation.state, attended: handoff };
      return turnOf(at, { by, deed: "say", handoff, state, say: [words.staffSays(mine.label, text)] });
    },

    async edit(at, by, { name, value, was }) {
      const mine = held(at.handoff, by);
      if (mine.kind !== "held") return mine;
      const { state } = at.conversation;
      const found = formOf(state, at.now);
      const row = found?.form.rows(found.saved.state).find((each) => each.name === name);
      if (!found || !row || row.value !== was) return { kind: "stale" };
      const edited = await found.form.edit(here(at).ctx, found.saved.state, name, value);
      if (edited.kind === "refused") return edited;
      const changed = withForm(state, found.saved, { ...found.saved, state: edited.state });
      return turnOf(at, { by, deed: "edit", about: name, handoff: at.handoff, state: changed, say: [] });
    },

    attach(at, by, media) {
      const mine = held(at.handoff, by);
      if (mine.kind !== "held") return mine;
      const { state } = at.conversation;
      const found = formOf(state, at.now);
      if (!found) return { kind: "stale" };
      const { saved, form } = found;
      const attached = form.attach(saved.state, media);
      if (attached === saved.state) return { kind: "nothing-to-do" };
      const changed = withForm(state, saved, { ...saved, state: attached });
      return turnOf(at, { by, deed: "edit", about: "evidence", handoff: at.handoff, state: changed, say: [] });
    },

    async giveBack(at, by, note) {
      const mine = held(at.handoff, by);
      return mine.kind === "held" ? end(at, by, "returned", note) : mine;
    },

    async lapse(at) {
      const { handoff, conversation, now } = at;
      if (handoff.state === "ended" || !handoff.dueAt || Date.parse(handoff.dueAt) > now.getTime()) {
        return { kind: "nothing-to-do" };
      }
      if (handoff.state === "taken") return end(at, CLOCK, handoff.unansweredSince ? "silent" : "idle");
      const { dueAt: _, ...waiting } = handoff;
      const say = words.nobodyCame(conversation.state.active !== null);
      const state = { ...conversation.state, attended: waiting };
      return turnOf(at, { by: CLOCK, deed: "lapse", about: "waiting", handoff: waiting, state, say });
    },

    form({ conversation, now }) {
      const found = formOf(conversation.state, now);
      return found && { title: found.form.title, rows: found.form.rows(found.saved.state) };
    },
  };
}

function held(
  handoff: Handoff,
  by: string,
): { kind: "held"; label: string } | (Attending & { kind: "ended" | "not-yours" }) {
  if (handoff.state === "ended") return { kind: "ended", ending: handoff.ending ?? "returned" };
  if (handoff.takenBy?.username !== by) return { kind: "not-yours" };
  return { kind: "held", label: handoff.takenBy.label };
}

function withForm(state: ConversationState, before: SavedFlow, now: SavedFlow): ConversationState {
  const mended = (each: SavedFlow) => (each === before ? now : each);
  return {
    ...state,
    active: state.active && mended(state.active),
    suspended: state.suspended.map(mended),
    ...(state.paused ? { paused: state.paused.map((each) => ({ ...each, saved: mended(each.saved) })) } : {}),
  };
}

/** Choices are counted as in every other turn, so that "2" means what the citizen sees. */
function turnOf(
  { conversation, now }: Situation,
  turn: Omit<StaffTurn, "key" | "baseRevision" | "say"> & { say: OutboundMessage[] },
): Attending {
  const { say, offered } = numberChoices(turn.say);
  const state = say.length > 0 ? { ...turn.state, offered, said: say, lastAt: now.toISOString() } : turn.state;
  return { kind: "turn", turn: { ...turn, baseRevision: conversation.revision, state, say } };
}
