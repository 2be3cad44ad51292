import type { FlowContext } from "../../bots/flow.ts";
import type { OutboundMessage } from "../../bots/model/index.ts";
import { attachTo, isOnlyVoice, type MediaContent } from "../attachments.ts";
import { isOpen, newestOpen } from "../open-ticket.ts";
import { attachedWords, offerTicket, voiceWords } from "../text/attachments.ts";
import { progressWords } from "../text/progress.ts";
import { absorb } from "./absorb.ts";
import { type IntakeState, type IntakeStep, nextQuestion, proceed, stay } from "./steps.ts";
import { takenPlace } from "./taken-place.ts";
import type { IntakeValues } from "./values.ts";

/** A request that opens with pictures or files, with or without words beside them. */
export async function startWithEvidence(
  ctx: FlowContext,
  values: IntakeValues,
  content: MediaContent,
): Promise<IntakeStep> {
  const asking = nextQuestion(values)?.name ?? "summary";
  const step = await attach(ctx, { values, asking }, content);
  const isAlone = !content.text && step.next === "wait" && step.state.asking === "description";
  const ticket = isAlone ? await newestOpen(ctx) : undefined;
  return isAlone && ticket ? { ...step, say: offerTicket(step.say, ticket.filing.number) } : step;
}

/** The files belong to a ticket that there is already; nothing new is filed. */
export async function moveToTicket(ctx: FlowContext, state: IntakeState, number: string): Promise<IntakeStep> {
  const { description, evidence } = state.values;
  const ticket = await ctx.tickets.find(number);
  if (!ticket || !isOpen(ticket) || description || evidence.length === 0) return stay(state);
  return {
    next: "done",
    say: progressWords.supplementing(number),
    effects: [
      { kind: "act", actionId: ctx.newId(), number, action: { kind: "supplement", text: "", media: evidence } },
    ],
  };
}

/** Evidence is welcome at any point of the form. */
export async function attach(ctx: FlowContext, state: IntakeState, content: MediaContent): Promise<IntakeStep> {
  const { asking } = state;
  const attached = attachTo(state.values.evidence, content.media);
  const collected = {
    ...state.values,
    evidence: attached.all,
    ...(await takenPlace(ctx, state.values, content.media)),
  };
  if (isOnlyVoice(content) && attached.added.length > 0) {
    return hear({ values: collected, asking }, attachedWords(attached));
  }
  const values = content.text ? { ...collected, ...(await absorb(ctx, collected, content.text)) } : collected;
  const say = attachedWords(attached, nextQuestion(values)?.name !== "description");
  return isEdited(state) ? stay({ values, asking }, say) : proceed(values, say);
}

/** A field that the citizen opened from the summary to change it stays open, whatever else comes in. */
const isEdited = ({ asking, values }: IntakeState): boolean =>
  asking !== "summary" && asking !== "evidence" && nextQuestion(values)?.name !== asking;

/** Voice is kept and asked to be written down: once, however many come in a row. */
function hear(state: IntakeState, added: OutboundMessage[]): IntakeStep {
  const { values, asking } = state;
  const look = `${asking} ${values.description?.length ?? 0}`;
  if (values.voiceNoted === look) return { next: "wait", state, say: added };
  const noted: IntakeState = { asking, values: { ...values, voiceNoted: look } };
  if (asking === "description") return { next: "wait", state: noted, say: voiceWords.tellMatter() };
  return stay(noted, asking === "summary" ? voiceWords.addInWriting() : voiceWords.writeAnswer());
}
