import type { ConversationState, PausedFlow, SavedFlow } from "./model/index.ts";

const HOUR_MS = 3_600_000;
/** What was cancelled can be taken back for a day; what was put aside waits a month. */
const CANCELLED_KEPT_MS = 24 * HOUR_MS;
const PAUSED_KEPT_MS = 30 * 24 * HOUR_MS;
/** After so long a question alone would not tell the citizen what it belongs to. */
const RETURNING_MS = 6 * HOUR_MS;

export const MAX_PAUSED = 5;

/** The flows that lie aside and are not too old, the latest first. */
export const pausedFlows = (state: ConversationState, now: Date): PausedFlow[] =>
  (state.paused ?? []).filter(({ at, cancelled }) => {
    const ageMs = now.getTime() - Date.parse(at);
    return ageMs < (cancelled ? CANCELLED_KEPT_MS : PAUSED_KEPT_MS);
  });

/** How many flows the citizen themselves put aside to go on with. */
export const waitingCount = (state: ConversationState, now: Date): number =>
  pausedFlows(state, now).filter(({ cancelled }) => !cancelled).length;

/** The state with `saved` lying aside. Of cancelled flows only the last is kept. */
export function putAside(
  state: ConversationState,
  saved: SavedFlow[],
  now: Date,
  cancelled = false,
): ConversationState {
  const at = now.toISOString();
  const more = saved.map((each): PausedFlow => ({ saved: each, at, ...(cancelled ? { cancelled } : {}) }));
  const before = pausedFlows(state, now).filter((each) => !(cancelled && each.cancelled));
  return { ...state, paused: [...more, ...before] };
}

/** The flow to go on with, and the state without it; undefined when none lies aside. */
export function takeUp(state: ConversationState, now: Date): { saved: SavedFlow; rest: ConversationState } | undefined {
  const [first, ...others] = pausedFlows(state, now);
  return first && { saved: first.saved, rest: { ...state, paused: others } };
}

/** Whether the citizen was away so long that they have to be reminded of more than the last question. */
export const isReturning = (state: ConversationState, now: Date): boolean =>
  state.lastAt !== undefined && now.getTime() - Date.parse(state.lastAt) > RETURNING_MS;
