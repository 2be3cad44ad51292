import type { FlowContext } from "./flow.ts";
import type { CitizenFacts, Effect, InboundMessage, OutboundMessage } from "./model/index.ts";
import type { EngineWords } from "./words.ts";

interface Alarm {
  say: OutboundMessage[];
  effects: Effect[];
  /** Nothing else is to be said: a person in despair is not asked to fill in a form. */
  alone: boolean;
  /** What troubles that person, so that it can be filed with one tap when they want it. */
  remember: Pick<CitizenFacts, "lastMatter">;
}

/** Fewer characters bring no matter besides the despair itself. */
const MATTER_FROM = 25;

/** Whom to call comes before everything else, also when the words stand beside a picture. */
export async function alarm(ctx: FlowContext, { content }: InboundMessage, words: EngineWords): Promise<Alarm> {
  const text = content.kind === "text" || content.kind === "media" ? (content.text ?? "") : "";
  const danger = text === "" ? undefined : (await ctx.reading())?.danger;
  if (!danger) return { say: [], effects: [], alone: false, remember: {} };
  const effects: Effect[] = [{ kind: "record", what: "danger", detail: danger }];
  const say = words.danger(danger);
  if (danger !== "suicide") return { say, effects, alone: false, remember: {} };
  if (text.trim().length < MATTER_FROM) return { say, effects, alone: true, remember: {} };
  return { say: [...say, ...words.troubleToo()], effects, alone: true, remember: { lastMatter: text } };
}
