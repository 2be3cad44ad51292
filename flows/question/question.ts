import { parseChoiceId } from "../../bots/choices.ts";
import type { Flow, FlowContext, Step } from "../../bots/flow.ts";
import type { Answer, Cited, CitizenFacts, Effect, InboundMessage, Source } from "../../bots/model/index.ts";
import { visibleText } from "../../bots/plain.ts";
import { questionWords } from "../text/question.ts";
import { isAskedAgain, lightOf, scopeNamed } from "./topic.ts";

/** The flow waits only after "提问政策", for the question itself. */
type QuestionState = { asking: "question" };

/**
 * Answers from the knowledge base, with the source. Everything it offers (helpful or not, the nearest entries, the way to a
 * ticket) is a choice that stands on its own, so it never holds the conversation.
 */
export function createQuestionFlow(): Flow<QuestionState> {
  async function choose(ctx: FlowContext, choiceId: string): Promise<Step<QuestionState>> {
    const { verb, argument } = parseChoiceId(choiceId);
    switch (verb) {
      case "ask":
        return { next: "wait", state: { asking: "question" }, say: questionWords.ask() };
      case "show":
        return show(ctx, argument);
      case "none":
        return noneOfThem(ctx);
      case "helpful":
        return feedback({ entryId: argument, helpful: true }, questionWords.helpful());
      case "unhelpful":
        return feedback(
          { entryId: argument, helpful: false, question: ctx.citizen.lastQuestion },
          questionWords.unhelpful(!ctx.digression && ctx.citizen.lastQuestion !== undefined),
        );
      default:
        return { next: "pass" };
    }
  }

  const start: Flow<QuestionState>["start"] = async (ctx, message) => {
    const { content } = message;
    if (content.kind === "choice") return choose(ctx, content.choiceId);
    if (content.kind !== "text") return { next: "pass" };
    if (isBareRequestToAsk(content.text))
      return { next: "wait", state: { asking: "question" }, say: questionWords.ask() };
    return answer(ctx, content.text);
  };

  return {
    name: "question",
    version: 1,
    start,
    async resume(ctx, _state, message) {
      if (message.content.kind !== "text") return belongsHere(message) ? start(ctx, message) : { next: "pass" };
      const reading = await ctx.reading();
      const elsewhere = reading && reading.intent !== "question" && reading.intent !== "unclear";
      if (!elsewhere) return answer(ctx, message.content.text);
      const found = await ctx.knowledge.answer(message.content.text, ctx.now, lightOf(ctx));
      return found.kind === "answered" ? step(ctx, found, message.content.text) : handOver(reading.intent);
    },
    remind: async () => questionWords.ask(),
    leave: () => [{ kind: "text", text: "好的，已退出提问。有事随时说。" }],
    carryOver: () => ({ asking: "question" }),
  };
}

const belongsHere = (message: InboundMessage): boolean =>
  message.content.kind === "choice" && parseChoiceId(message.content.choiceId).flow === "question";

const isBareRequestToAsk = (text: string): boolean =>
  /^(我?(想|要)?(提问|问)(政策|问题|个问题|个政策)?|政策咨询|咨询|我?要?咨询(政策|问题)?|政策)[。.!！?？~]*$/.test(
    visibleText(text),
  );

/** Who was asked for a question but tells of a trouble, or asks for tickets, is led there instead of being refused. */
const handOver = (intent: string): Step<QuestionState> =>
  intent === "request" ? { next: "hand-over", to: "intake" } : { next: "pass" };

async function answer(ctx: FlowContext, question: string): Promise<Step<QuestionState>> {
  return step(ctx, await ctx.knowledge.answer(question, ctx.now, lightOf(ctx)), question);
}

/** A short question is remembered as it was understood: alone it would tell nobody anything. */
function step(ctx: FlowContext, found: Answer, said: string): Step<QuestionState> {
  const question = found.understoodAs ?? said;
  const named = scopeNamed({ region: found.region }, ctx.now);
  switch (found.kind) {
    case "answered": {
      const from = citedIn(found.sources[0]);
      const effects = [{ kind: "asked" as const, question, ...(from ? { from } : {}) }];
      const remember = { lastQuestion: question, askedBetween: null, ...topicNow(ctx, found, said), ...named };
      return { next: "done", say: questionWords.answered(found, ctx.digression, from), effects, remember };
    }
    case "unsure":
      return unsure(ctx, found, { question, said, named });
    default:
      throw new Error(`unknown answer ${JSON.stringify(found satisfies never)}`);
  }
}

/** What a short question after it is understood in the light of: slips are put right there. */
const topicNow = (ctx: FlowContext, found: Answer, said: string): Pick<CitizenFacts, "topic"> => {
  const entryId = found.kind === "answered" ? found.sources[0].entryId : (found.between?.options[0]?.entryId ?? "");
  const question = found.misspelt?.question ?? found.understoodAs ?? said;
  return { topic: { question, entryId, at: ctx.now.toISOString() } };
};

/** Asks back once where one word would decide it; a second time in a row it shows what is near. */
function unsure(
  ctx: FlowContext,
  found: Extract<Answer, { kind: "unsure" }>,
  { question, said, named }: { question: string; said: string; named: Partial<CitizenFacts> },
): Step<QuestionState> {
  const remember = { lastQuestion: question, topic: null, ...named };
  const asked = { kind: "asked" as const, question };
  const { between } = found;
  if (!between || isAskedAgain(between, ctx.citizen.askedBetween)) {
    const effects = [unanswered(question), asked];
    const say = questionWords.unsure(found, ctx.digression);
    return { next: "done", say, effects, remember: { ...remember, askedBetween: null } };
  }
  const askedBetween = between.options.map(({ entryId }) => entryId);
  // "海淀的" answers the question for the region.
  const topic = between.respect === "region" ? topicNow(ctx, found, said) : {};
  const say = questionWords.which(found, between);
  return { next: "done", say, effects: [asked], remember: { ...remember, ...topic, askedBetween } };
}

/** Only now is it known that the base does not hold what was asked for. */
function noneOfThem(ctx: FlowContext): Step<QuestionState> {
  const { lastQuestion } = ctx.citizen;
  const effects = lastQuestion === undefined ? [] : [unanswered(lastQuestion)];
  return { next: "done", say: questionWords.noneOfThem(ctx.digression), effects, remember: { topic: null } };
}

const unanswered = (question: string): Effect => ({ kind: "record", what: "unanswered", detail: question });

const citedIn = ({ entryId, version }: Source): Cited | undefined =>
  version === undefined ? undefined : { entryId, version };

async function show(ctx: FlowContext, entryId: string): Promise<Step<QuestionState>> {
  const entry = await ctx.knowledge.entry(entryId, ctx.now);
  if (!entry) return { next: "done", say: questionWords.withdrawn() };
  const { text, ...source } = entry;
  const asked = ctx.citizen.lastQuestion ?? entry.question;
  const shown = step(ctx, { kind: "answered", text, sources: [source], confidence: 1 }, asked);
  // What comes after it is about what was chosen, not about the words that left it open.
  const topic = { question: entry.question, entryId, at: ctx.now.toISOString() };
  return shown.next === "done"
    ? { ...shown, remember: { ...shown.remember, topic, ...scopeNamed(source, ctx.now) } }
    : shown;
}

function feedback(
  given: { entryId: string; helpful: boolean; question?: string },
  say: ReturnType<typeof questionWords.helpful>,
): Step<QuestionState> {
  return { next: "done", say, effects: [{ kind: "feedback", ...given }] };
}
