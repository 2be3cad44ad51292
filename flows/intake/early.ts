import type { FlowContext } from "../../bots/flow.ts";
import type { Place } from "../../bots/model/index.ts";
import { commandForm } from "../../bots/plain.ts";
import { intakeWords } from "../text/intake.ts";
import { repairWords } from "../text/repair.ts";
import { readContact } from "./contact.ts";
import { type IntakeState, type IntakeStep, stay } from "./steps.ts";
import { wantsToSubmit } from "./summary.ts";
import type { IntakeValues } from "./values.ts";
import { storable } from "./which-place.ts";

/** "我叫…，电话…": so many characters besides name and number still make nothing but a contact. */
const MAX_LEAD = 8;

/** What is answered before it was asked is kept, and the question stands. */
export async function readEarly(ctx: FlowContext, state: IntakeState, text: string): Promise<IntakeStep | undefined> {
  const { asking, values } = state;
  if (wantsToSubmit(text)) return stay(state, repairWords.notYet());
  const contact = asking === "contact" ? undefined : earlyContact(values, text);
  if (contact) return stay({ ...state, values: { ...values, ...contact } }, intakeWords.keptContact());
  if (asking !== "category" && asking !== "contact") return undefined;
  const place = values.place ? undefined : await onlyPlace(ctx, text);
  return place && stay({ ...state, values: { ...values, place: storable(place) } }, repairWords.keptPlace(place.text));
}

/** So much of a text must be the address for it to be nothing else. */
const MOSTLY = 0.7;

async function onlyPlace(ctx: FlowContext, text: string): Promise<Place | undefined> {
  const found = await ctx.gazetteer.resolve(text);
  return found && found.text.length >= commandForm(text).length * MOSTLY ? found : undefined;
}

/** Name and number, or the wish to stay anonymous, before they were asked for: kept, so that nobody has to say it twice. */
function earlyContact(values: IntakeValues, text: string): Partial<IntakeValues> | undefined {
  if (/^(?:我要|我想)?匿名(?:提交|反映|投诉|举报)?$/u.test(commandForm(text))) return { anonymous: true };
  const { phone, name } = readContact(text);
  const onlyContact = phone !== undefined && text.replace(/[\d\s+-]/g, "").length <= (name?.length ?? 0) + MAX_LEAD;
  return onlyContact ? { phoneSeen: values.phoneSeen ?? phone, nameSeen: values.nameSeen ?? name } : undefined;
}
