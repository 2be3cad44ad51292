import type { FlowContext } from "../../bots/flow.ts";
import type { Effect, InboundMessage } from "../../bots/model/index.ts";
import { commandForm } from "../../bots/plain.ts";
import { sameMatterWords } from "../text/same-matter.ts";
import { addToDescription } from "./absorb.ts";
import { textOf, verbOf } from "./answer.ts";
import { readContact } from "./contact.ts";
import { contactField } from "./contact-field.ts";
import { lookForSameMatter, SAME_MATTER } from "./same-matter.ts";
import { type IntakeState, type IntakeStep, proceed, stay } from "./steps.ts";
import { describe, goOn } from "./submit.ts";
import type { IntakeValues, SameMatterValue } from "./values.ts";

/** As soon as it is known what and where, and before anything personal is asked. */
const LOOK_BEFORE = new Set(["contact", "summary", SAME_MATTER]);

/**
 * Puts the question of an earlier ticket before the next one. Asked once: what the citizen declined never comes back, and only another
 * place or class leads to another look.
 */
export async function withSameMatter(ctx: FlowContext, step: IntakeStep): Promise<IntakeStep> {
  if (step.next !== "wait" || !step.put || !LOOK_BEFORE.has(step.put.state.asking)) return step;
  const { state: before, first } = step.put;
  const values = await lookForSameMatter(ctx, before.values);
  if (!values) return step;
  if (values.earlier?.found) return { ...step, ...stay({ values, asking: SAME_MATTER }, first) };
  const wasTied = before.values.joins !== undefined || before.asking === SAME_MATTER;
  if (!wasTied) {
    const { earlier } = values;
    return { ...step, state: { ...step.state, values: { ...step.state.values, earlier } } };
  }
  const apart = before.values.joins === undefined ? [] : sameMatterWords.noLongerJoined();
  return { ...step, ...proceed(values, [...first, ...apart]) };
}

type Wish = "urge" | "supplement" | "again" | "join" | "new";

const AFFIRMS = /^(?:(?:是|对|嗯)+的?|没错|就是|好|好的|可以|行|要|同意|一样)$/u;
const SAME = /^(?:是的?|对|嗯|就是)*[，,]?(?:同一件事?|同一个(?:事|问题)?|一件事|这件事?|这一件|那件事?|一回事)/u;
const OTHER =
  /^(?:(?:不是|不|否|不用了?|不要了?|不了|新的|不一样|另一件|另外一件)$|不是|不加入|不参加|不同意|单独|登记新的|新登记|重新登记|另外登记|新的事|是新的|是另|另一件事)/u;
const URGE = /(?:催办|催一下|催催|催一催|帮我催|催这)/u;
const ADD = /^(?:是同一件[，,])?(?:帮我|请|就)?(?:把刚写的|把这些)?(?:补充|加进去|添加)/u;
/** Said on the way to filing, as if nothing had been asked: then nothing is joined. */
const GOES_ON = /^(?:确认|提交|确认提交|跳过|匿名(?:提交|反映)?|我要匿名)$/u;
const JOIN = /^(?:我?(?:要|想|愿意)?加入|一起|算我一个|我也是|也加上我)/u;
/** More than this behind "不是" or "是同一件" is part of the story. */
const STORY_FROM = 6;

/** The answer to the question of an earlier ticket: by button, by number, in words. Whatever else is said is kept. */
export async function readSameMatter(
  ctx: FlowContext,
  state: IntakeState,
  message: InboundMessage,
): Promise<IntakeStep> {
  const found = state.values.earlier?.found;
  if (!found) return proceed(state.values);
  const { verb, argument } = verbOf(message);
  if (verb === "same" && isWish(argument)) return decide(ctx, state.values, found, argument);
  const text = textOf(message);
  if (text === undefined) return { next: "pass" };
  const wish = wishIn(commandForm(text), found);
  if (wish) return decide(ctx, withStory(state.values, text), found, wish);
  if (GOES_ON.test(commandForm(text)) || readContact(text).phone !== undefined)
    return pastIt(ctx, state.values, message);
  const reading = await ctx.reading();
  const tells = reading?.intent === "request" || reading?.intent === "unclear";
  if (!tells || commandForm(text).length < STORY_FROM) return { next: "pass" };
  const values = { ...state.values, ...addToDescription(state.values, text) };
  return stay({ ...state, values }, sameMatterWords.added());
}

/** A second ticket is the lesser harm: who answers the next question instead is not asked this one again. */
async function pastIt(ctx: FlowContext, values: IntakeValues, message: InboundMessage): Promise<IntakeStep> {
  const apart = declined(values);
  const contact = await contactField.read(ctx, message, apart);
  const told = contact.kind === "filled" ? contact.values : {};
  return proceed({ ...apart, ...told }, sameMatterWords.apart());
}

const isWish = (verb: string): verb is Wish => ["urge", "supplement", "again", "join", "new"].includes(verb);

function wishIn(typed: string, found: SameMatterValue): Wish | undefined {
  if (OTHER.test(typed)) return "new";
  if (found.kind === "neighbours")
    return AFFIRMS.test(typed) || JOIN.test(typed) || SAME.test(typed) ? "join" : undefined;
  const agrees = AFFIRMS.test(typed) || SAME.test(typed);
  if (found.status === "closed") return agrees || /^注明/u.test(typed) ? "again" : undefined;
  if (URGE.test(typed)) return "urge";
  if (ADD.test(typed)) return "supplement";
  return agrees ? "urge" : undefined;
}

/** "是同一件，昨晚又有老人滑倒": what follows the answer belongs to the story. */
function withStory(values: IntakeValues, text: string): IntakeValues {
  const story = /^[^，,。；;]{1,14}[，,。；;]\s*(.+)$/su.exec(text.trim())?.[1] ?? "";
  const tells = commandForm(story).length >= STORY_FROM && !URGE.test(story) && !/^登记|^注明/u.test(story);
  return tells ? { ...values, ...addToDescription(values, story) } : values;
}

async function decide(ctx: FlowContext, values: IntakeValues, found: SameMatterValue, wish: Wish): Promise<IntakeStep> {
  const { number } = found;
  switch (wish) {
    case "new":
      return proceed(declined(values), sameMatterWords.apart());
    case "join":
      return found.kind === "neighbours"
        ? proceed({ ...values, joins: number }, sameMatterWords.joining())
        : { next: "pass" };
    case "again":
      return proceed({ ...declined(values), follows: number }, sameMatterWords.again(number));
    case "urge":
    case "supplement": {
      if (found.kind !== "own") return { next: "pass" };
      const say = wish === "urge" ? sameMatterWords.urging(number) : sameMatterWords.supplementing(number);
      return goOn(ctx, values, { say, effects: actsOn(ctx, values, number, wish) });
    }
    default:
      throw new Error(`unknown wish ${JSON.stringify(wish satisfies never)}`);
  }
}

const declined = (values: IntakeValues): IntakeValues => ({
  ...values,
  earlier: { of: values.earlier?.of ?? "", isDeclined: true },
});

/** Nothing of what was just told is lost: it goes with the urge, or as a supplement where there are photographs. */
function actsOn(ctx: FlowContext, values: IntakeValues, number: string, wish: "urge" | "supplement"): Effect[] {
  const text = describe(values);
  const act = (action: Extract<Effect, { kind: "act" }>["action"]): Effect => ({
    kind: "act",
    actionId: ctx.newId(),
    number,
    action,
  });
  const files = values.evidence.length > 0 ? { media: values.evidence } : {};
  const supplement = act({ kind: "supplement", text, ...files });
  if (wish === "supplement") return [supplement];
  return values.evidence.length > 0 ? [supplement, act({ kind: "urge" })] : [act({ kind: "urge", text })];
}
