import type { FlowContext, FormEdit, FormRow, StaffForm } from "../../bots/flow.ts";
import type { InboundMessage } from "../../bots/model/index.ts";
import { visibleText } from "../../bots/plain.ts";
import { fieldNamed } from "../form.ts";
import { staffFormWords } from "../text/staff-form.ts";
import { readContact } from "./contact.ts";
import { intakeFields } from "./fields.ts";
import { type IntakeState, proceed } from "./steps.ts";
import type { IntakeValues } from "./values.ts";

/** The half-filled request as an operator sees and mends it. */
export const intakeForm: StaffForm<IntakeState> = {
  title: staffFormWords.title,
  rows: ({ values }) =>
    intakeFields.flatMap(({ name, label, show }): FormRow[] => {
      const value = whole(name, values) ?? show(values) ?? (name === "description" ? "" : undefined);
      if (value === undefined) return [];
      const input = bare(name, values);
      return [{ name, label, value, editable: name !== "evidence", ...(input === undefined ? {} : { input }) }];
    }),
  edit,
  attach(state, media) {
    const { values } = state;
    if (values.evidence.some(({ id }) => id === media.id)) return state;
    return { ...state, values: { ...values, evidence: [...values.evidence, { ...media }] } };
  },
};

/** What the citizen's summary shortens or masks, an operator reads whole. */
function whole(name: string, values: IntakeValues): string | undefined {
  if (name === "description") return values.description;
  if (name !== "contact" || values.anonymous) return undefined;
  if (values.phone) return [values.name, values.phone].filter(Boolean).join(" ");
  const seen = [values.nameSeen, values.phoneSeen].filter(Boolean).join(" ");
  return seen === "" ? staffFormWords.unknown : staffFormWords.notAgreed(seen);
}

/** The words themselves, without what the form adds to them: divisions, dates, remarks. */
function bare(name: string, values: IntakeValues): string | undefined {
  if (name === "place") return values.place?.text;
  if (name === "occurredAt") return values.occurredAt;
  if (name !== "contact") return undefined;
  const parts = values.phone ? [values.name, values.phone] : [values.nameSeen, values.phoneSeen];
  return parts.filter(Boolean).join(" ");
}

async function edit(ctx: FlowContext, state: IntakeState, name: string, typed: string): Promise<FormEdit<IntakeState>> {
  const value = visibleText(typed);
  const field = fieldNamed(intakeFields, name);
  if (!field || name === "evidence") return { kind: "refused", reason: staffFormWords.notEditable };
  if (value === "") return { kind: "refused", reason: staffFormWords.empty };
  const changed = await read(ctx, state.values, name, value);
  if (!changed) return { kind: "refused", reason: staffFormWords.notRead(field.label) };
  return { kind: "changed", state: proceed({ ...state.values, ...changed }).state };
}

async function read(
  ctx: FlowContext,
  values: IntakeValues,
  name: string,
  value: string,
): Promise<Partial<IntakeValues> | undefined> {
  switch (name) {
    case "description":
      return { description: value };
    case "category":
      return category(ctx, value);
    case "contact":
      return contact(values, value);
    case "place":
      return viaField(ctx, { ...values, place: undefined, placeUnknown: false }, name, value);
    default:
      return viaField(ctx, values, name, value);
  }
}

/** As if the citizen had typed it in answer to the question. */
async function viaField(ctx: FlowContext, values: IntakeValues, name: string, text: string) {
  const message: InboundMessage = { id: ctx.newId(), from: ctx.from, sentAt: ctx.now, content: { kind: "text", text } };
  const answer = await fieldNamed(intakeFields, name)?.read(ctx, message, values);
  if (answer?.kind !== "filled") return undefined;
  return name === "place" ? { placeUnknown: false, ...answer.values, placeAskedAgain: true } : answer.values;
}

/** The code of a leaf, or words that name one. */
function category(ctx: FlowContext, value: string): Partial<IntakeValues> | undefined {
  const leaf = ctx.catalogue.leaf(value) ?? ctx.catalogue.rank(value.replaceAll("/", " "), 1)[0];
  return leaf && { category: { code: leaf.code, path: leaf.path }, guesses: [], categoryLeftOpen: false };
}

/**
 * Only the citizen agrees to the use of their personal data (个人信息保护法 第十四条): what an operator writes down before they did
 * is kept as seen, and the bot asks for consent to it.
 */
function contact(values: IntakeValues, value: string): Partial<IntakeValues> | undefined {
  const { phone, name, declines } = readContact(value);
  if (declines) return { anonymous: true, phone: undefined, name: undefined, consentAt: undefined };
  if (!phone && !name) return undefined;
  if (!values.consentAt) {
    return {
      anonymous: false,
      phone: undefined,
      phoneSeen: phone ?? values.phoneSeen,
      nameSeen: name ?? values.nameSeen,
    };
  }
  return { anonymous: false, phone: phone ?? values.phone, name: name ?? values.name };
}
