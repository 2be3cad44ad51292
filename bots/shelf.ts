import type { Flow, FlowContext } from "./flow.ts";
import type { Json, OutboundMessage, SavedFlow } from "./model/index.ts";
import type { EngineWords } from "./words.ts";

/** A flow with its state, pinned to the version that wrote it. */
export const save = (flow: Flow, state: Json): SavedFlow => ({ flow: flow.name, version: flow.version, state });

export type FlowShelf = ReturnType<typeof createFlowShelf>;

/** The flows by name, and the way from what an older version saved to what runs now. */
export function createFlowShelf(list: Flow[], words: EngineWords) {
  const flows = new Map(list.map((flow) => [flow.name, flow]));

  function flowNamed(name: string): Flow {
    const flow = flows.get(name);
    if (!flow) throw new Error(`no flow is named "${name}"; known are ${[...flows.keys()].join(", ")}`);
    return flow;
  }

  return {
    isFlow: (name: string): boolean => flows.has(name),

    /** Throws when there is none of that name: a fault of the wiring. */
    flowNamed,

    /** The question that a saved flow waits with, after what it has got so far where `withRecap` is set. */
    async remind(ctx: FlowContext, saved: SavedFlow, withRecap: boolean): Promise<OutboundMessage[]> {
      const flow = flowNamed(saved.flow);
      const recap = withRecap ? (flow.recap?.(saved.state) ?? []) : [];
      return [...recap, ...(await flow.remind(ctx, saved.state))];
    },

    /** A saved flow in the version that is running now, with what the citizen has to be told about it. */
    current(saved: SavedFlow): { active: SavedFlow | null; say: OutboundMessage[] } {
      const flow = flows.get(saved.flow);
      if (flow && flow.version === saved.version) return { active: saved, say: [] };
      const state = flow?.carryOver(saved.version, saved.state);
      if (!flow || state === undefined) return { active: null, say: words.flowChanged(false) };
      return { active: save(flow, state), say: words.flowChanged(true) };
    },
  };
}
