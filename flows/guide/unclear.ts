import type { Flow, FlowContext, Step } from "../../bots/flow.ts";
import type { InboundMessage } from "../../bots/model/index.ts";
import { commandForm } from "../../bots/plain.ts";
import { oneTurnFlow } from "../one-turn.ts";
import { lightOf } from "../question/topic.ts";
import { guideWords } from "../text/guide.ts";

const CONFIRMATIONS = new Set(["确认", "确认提交", "提交", "是", "是的", "对", "好", "好的", "可以", "行", "ok", "嗯"]);

const TO_TICKET = /^(?:我?要|帮我|给我)?转(?:成|个)?工单(?:吧)?$/u;
/** Said of the nearest entries that were offered for a question. */
const NONE_OF_THEM = /^(?:都不是|不是这些|都不对|没有我要的|不是我问的|都不是我想问的)$/u;

/** "撤回 20260101000001" and "我要补充" are about a ticket; a longer text with such a word may be anything. */
const SHORT_COMMAND = 24;

/** Shorter texts are keywords at most: they may have an answer, but they do not tell of a matter. */
const TELLS_FROM = 6;
/** Whoever writes as much has brought something; asking "what do you mean" would make them write it again. */
const STORY_FROM = 40;
/** A leaf of the catalogue this likely means that the words describe somebody's trouble. */
const LIKELY_MATTER = 0.25;

/**
 * For texts that triage cannot place: a description without any word of asking ("小区北门积水好几天了") is still a request, and
 * keywords ("失业金 领取条件") are still a question. What is neither is asked back.
 */
export const createUnclearFlow = (): Flow<null> =>
  oneTurnFlow("unclear", async (ctx, message) => {
    const said = message.content.kind === "text" ? commandForm(message.content.text) : "";
    const answered = ctx.citizen.lastQuestion === undefined ? undefined : aboutTheAnswer(said, message);
    if (answered) return answered;
    if (CONFIRMATIONS.has(said)) return { next: "done", say: guideWords.nothingToConfirm() };
    if (/补充|撤回|撤销|催/.test(said) && said.length <= SHORT_COMMAND) return { next: "hand-over", to: "progress" };
    const to = message.content.kind === "text" ? await likelyFlow(ctx, message.content.text) : undefined;
    if (to) return { next: "hand-over", to };
    return {
      next: "done",
      say: guideWords.unclear(),
      effects: [{ kind: "record", what: "not-understood", detail: message.id }],
    };
  });

/** What is said of an answer that did not help. */
function aboutTheAnswer(said: string, message: InboundMessage): Step<null> | undefined {
  if (NONE_OF_THEM.test(said)) return { next: "done", say: guideWords.noneOfThem() };
  if (!TO_TICKET.test(said)) return undefined;
  const content = { kind: "choice", choiceId: "intake/question" } as const;
  return { next: "hand-over", to: "intake", message: { ...message, content } };
}

async function likelyFlow(ctx: FlowContext, text: string): Promise<"question" | "intake" | undefined> {
  const long = commandForm(text).length >= TELLS_FROM;
  if (commandForm(text).length >= STORY_FROM) return "intake";
  const reading = await ctx.reading();
  if (long && (reading?.categories[0]?.confidence ?? 0) >= LIKELY_MATTER) return "intake";
  const answer = await ctx.knowledge.answer(text, ctx.now, lightOf(ctx));
  if (answer.kind === "answered" || answer.understoodAs !== undefined) return "question";
  return long && (await ctx.gazetteer.resolve(text)) ? "intake" : undefined;
}
