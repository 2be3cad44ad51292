import { parseChoiceId } from "../../bots/choices.ts";
import type { FlowContext } from "../../bots/flow.ts";
import { isMereInsult } from "../../bots/insult.ts";
import { commandForm } from "../../bots/plain.ts";
import type { Field, Read } from "../form.ts";
import { intakeWords } from "../text/intake.ts";
import { maskPhone } from "../text/labels.ts";
import { addMore } from "./absorb.ts";
import { readContact } from "./contact.ts";
import { isOtherMatter } from "./side-matters.ts";
import type { IntakeValues } from "./values.ts";

/** A shorter aside is more likely a slip of the finger than part of the story. */
const MIN_ASIDE = 6;

type ContactRead = Read<IntakeValues>;

/**
 * Name and telephone, the first personal data of the form. The question says what they are for and who sees them, and
 * answering it is the consent (个人信息保护法 第十四条、第十七条); staying anonymous is always offered.
 */
export const contactField: Field<IntakeValues> = {
  name: "contact",
  label: "联系方式",
  aliases: ["电话", "手机", "手机号", "联系电话", "称呼", "姓名", "名字", "联系人"],
  isMissing: (values) => !values.anonymous && !values.phone,
  ask: (values) => {
    if (values.consentAt) return intakeWords.askPhone(values.name);
    if (values.phoneSeen) return intakeWords.askContactSeen(values.phoneSeen);
    return values.contactExplained ? intakeWords.askContactAgain() : intakeWords.askContact();
  },
  async read(ctx, message, values) {
    const { content } = message;
    if (content.kind === "choice") return readChoice(ctx, parseChoiceId(content.choiceId).verb, values);
    return content.kind === "text" ? readText(ctx, content.text, values) : { kind: "pass" };
  },
  show: (values) =>
    values.anonymous || !values.phone ? "匿名" : [values.name, maskPhone(values.phone)].filter(Boolean).join("，"),
};

const anonymous: ContactRead = {
  kind: "filled",
  values: { anonymous: true, phone: undefined, name: undefined, consentAt: undefined },
};

function readChoice(ctx: FlowContext, verb: string, values: IntakeValues): ContactRead {
  if (verb === "anonymous") return anonymous;
  return verb === "consent" ? agreed(ctx, values) : { kind: "pass" };
}

/** Consent without a new number: the one seen in the description, if any, may now be used. */
function agreed(ctx: FlowContext, values: IntakeValues): ContactRead {
  const consentAt = ctx.now.toISOString();
  const { phoneSeen, nameSeen } = values;
  if (phoneSeen)
    return { kind: "filled", values: { consentAt, phone: phoneSeen, anonymous: false, name: values.name ?? nameSeen } };
  return { kind: "again", values: { consentAt }, say: intakeWords.askPhone(values.name ?? nameSeen) };
}

async function readText(ctx: FlowContext, text: string, values: IntakeValues): Promise<ContactRead> {
  const { name = values.name ?? values.nameSeen, ...contact } = readContact(text);
  const consentAt = values.consentAt ?? ctx.now.toISOString();
  if (contact.declines) return anonymous;
  if (contact.phone) return { kind: "filled", values: { name, phone: contact.phone, consentAt, anonymous: false } };
  if (contact.wrongDigits)
    return { kind: "again", values: { name, consentAt }, say: intakeWords.badPhone(contact.wrongDigits) };
  if (contact.agrees) return agreed(ctx, values);
  if (name !== undefined && name !== values.name && values.phone && values.consentAt)
    return { kind: "filled", values: { name } };
  if (name !== undefined && name !== values.name && name !== values.nameSeen) {
    return { kind: "again", values: { name, consentAt }, say: intakeWords.askPhone(name) };
  }
  return readAside(ctx, text, values);
}

/** Neither name nor number: more about the matter is kept, anything else goes to whoever wants it. */
async function readAside(ctx: FlowContext, text: string, values: IntakeValues): Promise<ContactRead> {
  const reading = await ctx.triage.read(text, ctx.now);
  const tells = reading.intent === "request" || (reading.intent === "unclear" && commandForm(text).length >= MIN_ASIDE);
  if (!tells || isMereInsult(reading, text)) return { kind: "pass" };
  if (await isOtherMatter(ctx, values, text)) return { kind: "filled", values: { aside: text } };
  return { kind: "filled", values: await addMore(ctx, values, text), say: intakeWords.added() };
}
