import type { FlowContext, Outcome } from "./flow.ts";
import type { ConversationState } from "./model/index.ts";
import { MAX_PAUSED, putAside, takeUp } from "./paused.ts";
import type { FlowShelf } from "./shelf.ts";
import type { EngineWords } from "./words.ts";

/**
 * What a citizen can say about the conversation instead of answering: say it again, what have you got of me, later, go on,
 * why do you ask.
 */
export type Navigation = "repeat" | "review" | "pause" | "continue" | "explain";

type Navigate = (ctx: FlowContext, state: ConversationState, way: Navigation) => Promise<Outcome | undefined>;

/** Carries such a wish out; undefined where it has no meaning and the text is to be read as any other. */
export function createNavigation({ shelf, words }: { shelf: FlowShelf; words: EngineWords }): Navigate {
  const only = (state: ConversationState, say: Outcome["say"]): Outcome => ({ state, say, effects: [] });

  async function goOn(ctx: FlowContext, state: ConversationState): Promise<Outcome> {
    if (state.active) return only(state, await shelf.remind(ctx, state.active, true));
    const found = takeUp(state, ctx.now);
    if (!found) return only(state, words.nothingToContinue());
    const { active, say: notice } = shelf.current(found.saved);
    const asked = active ? await shelf.remind(ctx, active, true) : [];
    return only({ ...found.rest, active }, [...words.continued(), ...notice, ...asked]);
  }

  function pause(ctx: FlowContext, state: ConversationState): Outcome {
    const { active, suspended, paused = [] } = state;
    if (!active) return only(state, words.nothingToPause());
    if (paused.length + suspended.length >= MAX_PAUSED) return only(state, words.tooManyPaused(MAX_PAUSED));
    return only(putAside({ ...state, active: null, suspended: [] }, [active, ...suspended], ctx.now), words.paused());
  }

  return async (ctx, state, way) => {
    const { active, said = [] } = state;
    const flow = active ? shelf.flowNamed(active.flow) : undefined;
    switch (way) {
      case "repeat":
        return only(state, said.length > 0 ? said : words.nothingSaid());
      case "continue":
        return goOn(ctx, state);
      case "pause":
        return pause(ctx, state);
      case "review":
        return active && flow?.recap ? only(state, await shelf.remind(ctx, active, true)) : undefined;
      case "explain":
        if (!active || !flow?.explain) return undefined;
        return only(state, [...flow.explain(active.state), ...(await shelf.remind(ctx, active, false))]);
      default:
        throw new Error(`unknown way ${JSON.stringify(way satisfies never)}`);
    }
  };
}
