import type { FlowContext } from "../../bots/flow.ts";
import type { Company, Effect, Request } from "../../bots/model/index.ts";
import { privateGroupWords } from "../text/group.ts";
import { HIDDEN_PHONE, intakeWords } from "../text/intake.ts";
import { repairWords } from "../text/repair.ts";
import { absorb } from "./absorb.ts";
import { hidePhones } from "./contact.ts";
import { type IntakeStep, proceed } from "./steps.ts";
import { type IntakeValues, isConfidential } from "./values.ts";

/** Files what was confirmed; where more matters wait, the next form opens in the same turn. */
export async function submit(ctx: FlowContext, values: IntakeValues): Promise<IntakeStep> {
  const { name, phone, consentAt, smallMatter } = values;
  if (smallMatter !== undefined && !(await ctx.smallMatters.find(smallMatter))) {
    return goOn(ctx, values, { say: privateGroupWords.over() });
  }
  const company = companyOf(values);
  const remember = {
    ...(phone && consentAt && !values.anonymous ? { name, phone, consentAt } : {}),
    ...(company ? { company } : {}),
  };
  const effects: Effect[] = [{ kind: "file", request: toRequest(ctx, values) }];
  return goOn(ctx, values, { say: intakeWords.submitted(), effects, remember });
}

/** The end of a form; where more matters wait, the next one opens in the same turn. */
export async function goOn(
  ctx: FlowContext,
  values: IntakeValues,
  done: Pick<Extract<IntakeStep, { next: "done" }>, "say" | "effects" | "remember">,
): Promise<IntakeStep> {
  const [matter, ...rest] = values.pending ?? [];
  if (matter === undefined) return { next: "done", ...done };
  const next = await openNext(ctx, values, matter, rest);
  const put = next.put && { ...next.put, first: [...done.say, ...next.put.first] };
  return { ...done, next: "wait", state: next.state, say: [...done.say, ...next.say], put };
}

/** What was told of the citizen and, until the new words say otherwise, of the place is not asked again. */
async function openNext(ctx: FlowContext, before: IntakeValues, matter: string, rest: string[]) {
  const { place, name, phone, consentAt, anonymous, enterprise, company, creditCode, creditCodeLeftOpen } = before;
  const values: IntakeValues = {
    requestId: ctx.newId(),
    kind: "complaint",
    guesses: [],
    evidence: [],
    ...(rest.length > 0 ? { pending: rest } : {}),
    ...(enterprise ? { enterprise, company, creditCode, creditCodeLeftOpen } : {}),
    ...(anonymous ? { anonymous } : phone && consentAt ? { name, phone, consentAt } : {}),
  };
  const own = await absorb(ctx, values, matter);
  return proceed({ ...values, ...(place ? { place, placeAskedAgain: true } : {}), ...own }, repairWords.nextOf(matter));
}

function companyOf({ enterprise, company, creditCode }: IntakeValues): Company | undefined {
  if (!enterprise || !company) return undefined;
  return { name: company, ...(creditCode ? { creditCode } : {}) };
}

/** Without consent no personal data leaves the form: no contact, and no number that stood in the description. */
const contactOf = ({ phone, name, consentAt, anonymous }: IntakeValues) =>
  phone && consentAt && !anonymous ? { phone, ...(name ? { name } : {}) } : undefined;

/** The citizen's words as they may leave the form. */
export const describe = (values: IntakeValues): string => {
  const { description = "" } = values;
  return contactOf(values) ? description : hidePhones(description, HIDDEN_PHONE);
};

function toRequest(ctx: FlowContext, values: IntakeValues): Request {
  const { consentAt, joins, follows, smallMatter, groupRecord } = values;
  const company = companyOf(values);
  const contact = contactOf(values);
  return {
    id: values.requestId,
    from: ctx.from,
    kind: values.kind,
    ...(values.category ? { category: values.category } : {}),
    description: groupRecord === undefined ? describe(values) : `${describe(values)}\n\n${groupRecord}`,
    ...(values.place ? { place: values.place } : {}),
    ...(values.occurredAt ? { occurredAt: values.occurredAt } : {}),
    ...(values.occurredAt && values.period ? { period: values.period } : {}),
    ...(values.wants ? { wants: values.wants } : {}),
    ...(values.facts && values.facts.length > 0 ? { facts: values.facts } : {}),
    ...(company ? { company } : {}),
    ...(contact ? { contact, consentAt } : {}),
    confidential: isConfidential(values),
    evidence: values.evidence,
    createdAt: ctx.now.toISOString(),
    ...(joins === undefined || isConfidential(values) ? {} : { joins }),
    ...(follows === undefined ? {} : { follows }),
    ...(smallMatter === undefined ? {} : { smallMatter }),
  };
}
