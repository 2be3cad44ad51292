import type { FlowContext } from "./flow.ts";
import type { Effect, InboundMessage, OutboundMessage } from "./model/index.ts";
import type { EngineWords } from "./words.ts";

interface Alarm {
  say: OutboundMessage[];
  effects: Effect[];
  /** Nothing else is to be said: a person in despair is not asked to fill in a form. */
  alone: boolean;
}

/** Whom to call comes before everything else. */
export async function alarm(ctx: FlowContext, { content }: InboundMessage, words: EngineWords): Promise<Alarm> {
  const danger = content.kind === "text" ? (await ctx.reading())?.danger : undefined;
  if (!danger) return { say: [], effects: [], alone: false };
  const effects: Effect[] = [{ kind: "record", what: "danger", detail: danger }];
  return { say: words.danger(danger), effects, alone: danger === "suicide" };
}
