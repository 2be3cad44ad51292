import { parseChoiceId } from "../../bots/choices.ts";
import type { FlowContext, Step } from "../../bots/flow.ts";
import type { CitizenAction, InboundMessage } from "../../bots/model/index.ts";
import { commandForm } from "../../bots/plain.ts";
import { attachTo, isOnlyVoice, type MediaContent, type MediaValue } from "../attachments.ts";
import { progressWords } from "../text/progress.ts";

/** Files wait here for words, or for the word that there will be none. */
export type SupplementState = {
  asking: "supplement";
  number: string;
  media?: MediaValue[];
  /** The citizen has been asked to write down what the voice messages say. */
  voiceNoted?: boolean;
};
type SupplementStep = Step<SupplementState>;

const NO_WORDS = new Set("提交补充 提交 确认 确认提交 好 好了 发完了 完了 没有了 没了 就这些 就这样 可以了".split(" "));

/** 补充: words go to the unit as they are, with the files that came before them. */
export async function resumeSupplement(
  ctx: FlowContext,
  state: SupplementState,
  message: InboundMessage,
): Promise<SupplementStep> {
  const { content } = message;
  const { media = [], number } = state;
  switch (content.kind) {
    case "text": {
      const isEnd = media.length > 0 && NO_WORDS.has(commandForm(content.text));
      return send(ctx, state, isEnd ? "" : content.text.trim());
    }
    case "choice": {
      const { flow, verb, argument } = parseChoiceId(content.choiceId);
      const isEnd = flow === "progress" && verb === "supplement-send" && argument === number && media.length > 0;
      return isEnd ? send(ctx, state, "") : { next: "pass" };
    }
    case "media":
      return attach(ctx, state, content);
    case "location":
      return send(ctx, state, progressWords.placeIs((await ctx.gazetteer.nearest(content.point)).text));
    case "joined":
    case "unsupported":
      return { next: "pass" };
    default:
      throw new Error(`unknown content ${JSON.stringify(content satisfies never)}`);
  }
}

/** Asked again: what has come is named, so that nobody sends it twice. */
export const askSupplement = ({ number, media = [] }: SupplementState) =>
  media.length > 0 ? progressWords.moreToSupplement(number, media.length) : progressWords.askSupplement(number);

function attach(ctx: FlowContext, state: SupplementState, content: MediaContent): SupplementStep {
  const attached = attachTo(state.media ?? [], content.media);
  const next: SupplementState = { ...state, media: attached.all };
  if (content.text) return send(ctx, next, content.text.trim());
  const asksForWords = isOnlyVoice(content) && attached.added.length > 0 && !state.voiceNoted;
  return {
    next: "wait",
    state: asksForWords ? { ...next, voiceNoted: true } : next,
    say: asksForWords
      ? progressWords.voiceInSupplement(state.number)
      : progressWords.attachedToSupplement(state.number, attached),
  };
}

function send(ctx: FlowContext, { number, media = [] }: SupplementState, text: string): SupplementStep {
  const action: CitizenAction = { kind: "supplement", text, ...(media.length > 0 ? { media } : {}) };
  return {
    next: "done",
    say: progressWords.supplementing(number),
    effects: [{ kind: "act", actionId: ctx.newId(), number, action }],
  };
}
