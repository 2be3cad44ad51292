import { parseChoiceId } from "../../bots/choices.ts";
import type { FlowContext } from "../../bots/flow.ts";
import type { InboundMessage, Request } from "../../bots/model/index.ts";
import { commandForm } from "../../bots/plain.ts";
import { fieldNamed, readCorrection } from "../form.ts";
import { HIDDEN_PHONE, intakeWords } from "../text/intake.ts";
import { addToDescription } from "./absorb.ts";
import { hidePhones, readContact } from "./contact.ts";
import { intakeFields } from "./fields.ts";
import { storable } from "./place-field.ts";
import { type IntakeState, type IntakeStep, proceed, stay } from "./steps.ts";
import { type IntakeValues, isConfidential } from "./values.ts";

const CONFIRM = new Set(
  "确认 确认提交 提交 是 是的 对 对的 没错 没问题 正确 好 好的 可以 行 同意 ok yes 确定 都对 确认无误 无误 就这样 嗯 嗯嗯".split(
    " ",
  ),
);
const EDIT = new Set("修改 改 改一下 我要修改 我要改 要改 不对 错了 有误 不是 不正确 否".split(" "));

/** At the summary: confirm, correct, add, or leave for another flow. */
export async function readSummary(ctx: FlowContext, state: IntakeState, message: InboundMessage): Promise<IntakeStep> {
  const { content } = message;
  switch (content.kind) {
    case "choice":
      return readButton(ctx, state, content.choiceId);
    case "location": {
      const place = storable(await ctx.gazetteer.nearest(content.point));
      return proceed({ ...state.values, place, placeAskedAgain: true }, intakeWords.changed("地点"));
    }
    case "text":
      return readText(ctx, state, message, content.text);
    default:
      return { next: "pass" };
  }
}

function readButton(ctx: FlowContext, state: IntakeState, choiceId: string): IntakeStep {
  const { verb, argument } = parseChoiceId(choiceId);
  if (verb === "confirm" && argument === state.values.requestId) return submit(ctx, state.values);
  if (verb !== "edit") return { next: "pass" };
  return stay({ values: state.values, asking: argument === "" ? "choose-field" : argument });
}

async function readText(
  ctx: FlowContext,
  state: IntakeState,
  message: InboundMessage,
  text: string,
): Promise<IntakeStep> {
  const typed = commandForm(text);
  if (CONFIRM.has(typed)) return submit(ctx, state.values);
  if (EDIT.has(typed)) return stay({ values: state.values, asking: "choose-field" });
  const correction = readCorrection(intakeFields, text);
  if (correction && !correction.value) return stay({ values: state.values, asking: correction.field.name });
  if (correction?.value) return correct(ctx, state, message, correction.field.name, correction.value);
  const contact = readContact(text);
  if (contact.phone && text.trim().length < 30) return correct(ctx, state, message, "contact", text);
  const reading = await ctx.reading();
  if (reading && !["request", "unclear"].includes(reading.intent)) return { next: "pass" };
  if (typed.length < 3 || /^\d+$/.test(typed)) return { next: "pass" };
  return proceed({ ...state.values, ...addToDescription(state.values, text) }, intakeWords.added());
}

/** A new value given in the same breath: "地点改成望京街道". What cannot be read is asked for. */
async function correct(
  ctx: FlowContext,
  state: IntakeState,
  message: InboundMessage,
  name: string,
  value: string,
): Promise<IntakeStep> {
  const field = fieldNamed(intakeFields, name);
  if (!field) return { next: "pass" };
  const cleared = name === "description" || name === "place" ? { ...state.values, [name]: undefined } : state.values;
  const read = await field.read(ctx, { ...message, content: { kind: "text", text: value } }, cleared);
  if (read.kind !== "filled") return stay({ values: state.values, asking: name });
  return proceed({ ...cleared, ...read.values }, intakeWords.changed(field.label));
}

function submit(ctx: FlowContext, values: IntakeValues): IntakeStep {
  const { name, phone, consentAt } = values;
  const remember = phone && consentAt && !values.anonymous ? { name, phone, consentAt } : {};
  return {
    next: "done",
    say: intakeWords.submitted(),
    effects: [{ kind: "file", request: toRequest(ctx, values) }],
    remember,
  };
}

/** Without consent no personal data leaves the form: no contact, and no number that stood in the description. */
function toRequest(ctx: FlowContext, values: IntakeValues): Request {
  const { phone, name, consentAt, description = "" } = values;
  const contact = phone && consentAt && !values.anonymous ? { phone, ...(name ? { name } : {}) } : undefined;
  return {
    id: values.requestId,
    from: ctx.from,
    kind: values.kind,
    ...(values.category ? { category: values.category } : {}),
    description: contact ? description : hidePhones(description, HIDDEN_PHONE),
    ...(values.place ? { place: values.place } : {}),
    ...(values.occurredAt ? { occurredAt: values.occurredAt } : {}),
    ...(values.wants ? { wants: values.wants } : {}),
    ...(contact ? { contact, consentAt } : {}),
    confidential: isConfidential(values),
    evidence: values.evidence,
    createdAt: ctx.now.toISOString(),
  };
}
