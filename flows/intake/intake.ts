import { parseChoiceId } from "../../bots/choices.ts";
import type { Flow, FlowContext } from "../../bots/flow.ts";
import type { InboundMessage, Json, OutboundMessage, Reading } from "../../bots/model/index.ts";
import { attachTo } from "../attachments.ts";
import { openingOf } from "../group/small-matter.ts";
import { placeOf, recordOf } from "../group/to-request.ts";
import { COMPANIES, isFurtherQuestion, scopeNamed } from "../question/topic.ts";
import { privateGroupWords } from "../text/group.ts";
import { intakeWords } from "../text/intake.ts";
import { repairWords } from "../text/repair.ts";
import { absorb } from "./absorb.ts";
import { readEarly } from "./early.ts";
import { attach, moveToTicket, startWithEvidence } from "./evidence.ts";
import { bareRequest } from "./opening.ts";
import { moved, pleaseConfirm } from "./place-field.ts";
import { readSameMatter, withSameMatter } from "./read-same-matter.ts";
import { recap } from "./recap.ts";
import { readRepair } from "./repair.ts";
import { restoreState } from "./restore.ts";
import { SAME_MATTER } from "./same-matter.ts";
import { intakeForm } from "./staff-form.ts";
import type { IntakeState, IntakeStep } from "./steps.ts";
import { ask, nextQuestion, proceed, questionNamed, stay } from "./steps.ts";
import { readSummary } from "./summary.ts";
import type { IntakeValues } from "./values.ts";
import { storable } from "./which-place.ts";

/** Collects one request from the way people write; files it after the citizen has confirmed the summary. */
export function createIntakeFlow(): Flow<IntakeState> {
  return {
    name: "intake",
    version: 1,
    start: async (ctx, message) => withoutTopic(withScope(ctx, await withSameMatter(ctx, await start(ctx, message)))),
    resume: async (ctx, state, message) => withScope(ctx, await withSameMatter(ctx, await resume(ctx, state, message))),
    remind: async (_ctx, state) => ask(state),
    recap,
    explain: ({ asking }) => repairWords.explain(asking),
    leave: () => intakeWords.left(),
    carryOver: (_fromVersion, state: Json) => restoreState(state),
    form: intakeForm,
  };
}

/** Who brings a matter has left the question they had before. */
const withoutTopic = (step: IntakeStep): IntakeStep =>
  "say" in step ? { ...step, remember: { ...step.remember, topic: null } } : step;

/** A question asked meanwhile or afterwards is asked for where the matter is, and as a company where the form is one's. */
function withScope(ctx: FlowContext, step: IntakeStep): IntakeStep {
  if (step.next !== "wait") return step;
  const { place, enterprise } = step.state.values;
  const region = place?.district && `${place.district.name}${place.subdistrict?.name ?? ""}`;
  const personal = !enterprise && ctx.citizen.audience?.name === COMPANIES ? { audience: null } : {};
  const named = scopeNamed({ region, ...(enterprise ? { audience: COMPANIES } : {}) }, ctx.now);
  return { ...step, remember: { ...step.remember, ...personal, ...named } };
}

/** What earlier requests of the conversation told about the citizen is not asked again. */
function fresh(ctx: FlowContext): IntakeValues {
  const { name, phone, consentAt } = ctx.citizen;
  const known = phone && consentAt ? { name, phone, consentAt } : {};
  return { requestId: ctx.newId(), kind: "complaint", guesses: [], evidence: [], ...known };
}

const knownCompany = ({ citizen: { company } }: FlowContext): Partial<IntakeValues> =>
  company ? { company: company.name, creditCode: company.creditCode } : {};

async function start(ctx: FlowContext, message: InboundMessage): Promise<IntakeStep> {
  const { content } = message;
  const values = fresh(ctx);
  switch (content.kind) {
    case "choice":
      return startFromChoice(ctx, values, content.choiceId);
    case "media":
      return startWithEvidence(ctx, values, content);
    case "location": {
      const place = storable(await ctx.gazetteer.nearest(content.point));
      return proceed({ ...values, place }, pleaseConfirm(place));
    }
    case "text":
      if (await isFurtherQuestion(ctx, content.text)) return { next: "hand-over", to: "question" };
      return startFromText(ctx, values, content.text);
    case "joined":
    case "unsupported":
      return { next: "pass" };
    default:
      throw new Error(`unknown content ${JSON.stringify(content satisfies never)}`);
  }
}

async function startFromText(ctx: FlowContext, values: IntakeValues, text: string): Promise<IntakeStep> {
  const bare = bareRequest(text);
  if (bare) return proceed({ ...values, ...(bare.kind ? { kind: bare.kind, kindChosen: true } : {}) });
  const reading = await ctx.reading();
  if (reading && reading.matters.length > 1)
    return proceed({ ...values, split: { parts: reading.matters, whole: text } });
  const first = openingWords(reading);
  const soothed = reading?.anger ? { soothed: true } : {};
  return proceed({ ...values, ...soothed, ...(await absorb(ctx, values, text)) }, first);
}

/** Whom to call comes before feelings, feelings before business. A danger that was plain has been answered before. */
function openingWords(reading: Reading | undefined): OutboundMessage[] {
  if (reading?.caution) return intakeWords.notedWithCaution();
  return reading?.anger ? intakeWords.notedWithFeeling() : intakeWords.noted();
}

/** What was told in a community group is not told again: words, place, pictures and the talk are there already. */
async function fromGroup(ctx: FlowContext, values: IntakeValues, id: string): Promise<IntakeStep> {
  const matter = await ctx.smallMatters.find(id);
  if (!matter) return { next: "done", say: privateGroupWords.over() };
  const words = openingOf(matter);
  const place = storable(await placeOf(matter.community, words, ctx.gazetteer));
  const known = {
    ...values,
    place,
    placeAskedAgain: true,
    evidence: attachTo([], matter.evidence).all,
    smallMatter: id,
    groupRecord: recordOf(matter),
  };
  return proceed({ ...known, ...(await absorb(ctx, known, words)) }, intakeWords.noted());
}

async function startFromChoice(ctx: FlowContext, values: IntakeValues, choiceId: string): Promise<IntakeStep> {
  const { verb, argument } = parseChoiceId(choiceId);
  if (verb === "start") return proceed(values);
  if (verb === "matter") return fromGroup(ctx, values, argument);
  if (verb === "enterprise") return proceed({ ...values, enterprise: true, ...knownCompany(ctx) });
  const { lastQuestion: question, lastMatter } = ctx.citizen;
  if (verb === "anyway" && lastMatter) {
    return proceed({ ...values, ...(await absorb(ctx, values, lastMatter)) }, intakeWords.noted());
  }
  if (verb === "question" && question) {
    const asked: IntakeValues = { ...values, kind: "consultation", kindChosen: true };
    return proceed({ ...asked, ...(await absorb(ctx, asked, question)) }, intakeWords.noted());
  }
  return { next: "done", say: intakeWords.alreadyDone() };
}

async function resume(ctx: FlowContext, state: IntakeState, message: InboundMessage): Promise<IntakeStep> {
  const { content } = message;
  if (content.kind === "choice") {
    const { flow, verb, argument } = parseChoiceId(content.choiceId);
    if (flow !== "intake") return { next: "pass" };
    if (verb === "to-ticket") return moveToTicket(ctx, state, argument);
    if (verb === "start") return stay(state);
    if (verb === "anyway") return takeMatter(ctx, state);
    if (verb === "summary") return proceed({ ...state.values, correction: undefined });
  }
  if (content.kind === "media") return attach(ctx, state, content);
  if (content.kind === "text") {
    const repaired = await readRepair(ctx, state, message, content.text);
    if (repaired) return repaired;
  }
  return soothing(ctx, state, await readAnswer(ctx, state, message));
}

/** "不是这类，继续登记": what was led to a statutory channel is filed after all. */
async function takeMatter(ctx: FlowContext, state: IntakeState): Promise<IntakeStep> {
  const { lastMatter } = ctx.citizen;
  if (!lastMatter) return stay(state);
  return proceed({ ...state.values, ...(await absorb(ctx, state.values, lastMatter)) }, intakeWords.noted());
}

async function readAnswer(ctx: FlowContext, state: IntakeState, message: InboundMessage): Promise<IntakeStep> {
  const { content } = message;
  if (state.asking === "summary" || state.asking === "choose-field") return readSummary(ctx, state, message);
  if (content.kind === "location" && state.asking !== "place") return relocate(ctx, state, message);
  if (state.asking === SAME_MATTER) return readSameMatter(ctx, state, message);
  const early = content.kind === "text" ? await readEarly(ctx, state, content.text) : undefined;
  return early ?? readField(ctx, state, message);
}

/** Feelings that bring nothing for the form are answered once, and kindly; then the form goes on. */
async function soothing(ctx: FlowContext, state: IntakeState, step: IntakeStep): Promise<IntakeStep> {
  if (step.next !== "pass") return step;
  const reading = await ctx.reading();
  if (!reading?.anger && !reading?.abuse) return step;
  const first = reading.abuse ? repairWords.calm() : repairWords.soothe();
  return stay({ ...state, values: { ...state.values, soothed: true } }, state.values.soothed ? [] : first);
}

async function readField(ctx: FlowContext, state: IntakeState, message: InboundMessage): Promise<IntakeStep> {
  const field = questionNamed(state.asking) ?? nextQuestion(state.values);
  if (!field) return proceed(state.values);
  const read = await field.read(ctx, message, state.values);
  switch (read.kind) {
    case "filled":
      return proceed({ ...state.values, ...read.values }, read.say);
    case "again":
      return {
        next: "wait",
        state: { values: { ...state.values, ...read.values }, asking: field.name },
        say: read.say,
      };
    case "pass":
      return { next: "pass" };
    default:
      throw new Error(`unknown reading ${JSON.stringify(read satisfies never)}`);
  }
}

async function relocate(ctx: FlowContext, state: IntakeState, message: InboundMessage): Promise<IntakeStep> {
  if (message.content.kind !== "location") return { next: "pass" };
  const place = storable(await ctx.gazetteer.nearest(message.content.point));
  const values = { ...state.values, place, placeChoices: undefined };
  return stay({ ...state, values }, moved(place));
}
