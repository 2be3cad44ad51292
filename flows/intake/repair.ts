import type { FlowContext } from "../../bots/flow.ts";
import type { InboundMessage } from "../../bots/model/index.ts";
import { commandForm, halfWidth } from "../../bots/plain.ts";
import { readCorrection } from "../form.ts";
import { KIND_LABELS } from "../text/labels.ts";
import { repairWords } from "../text/repair.ts";
import { readContact } from "./contact.ts";
import { correct, correctStory, reopen } from "./correct.ts";
import { intakeFields } from "./fields.ts";
import { type IntakeState, type IntakeStep, proceed, stay } from "./steps.ts";
import { type TakenBack, takenBack } from "./take-back.ts";
import type { IntakeValues } from "./values.ts";

/** Questions during which a sentence may also correct what was said before. */
const REPAIRABLE = new Set([
  "category",
  "place",
  "contact",
  "summary",
  "choose-field",
  "occurredAt",
  "wants",
  "company",
  "which-place",
]);
/** Labels that stand in stories as well: they need a word of changing before them, and only rows that can be told so are. */
const CHANGES = /^(?:不对|错了|我?(?:要|想)?(?:修改|更改|改|把|换))/u;

const KEEPS = /^(?:算了)?(?:还是)?(?:不改了?|不用改了?|不需要改|没有要改的)$/u;

/**
 * Correction in the middle of a form: by the name of a row, by both the wrong and the right words, or by the right words alone.
 * Undefined when the text corrects nothing, and is to be read as the answer it may be.
 */
export async function readRepair(
  ctx: FlowContext,
  state: IntakeState,
  message: InboundMessage,
  text: string,
): Promise<IntakeStep | undefined> {
  if (!REPAIRABLE.has(state.asking)) return undefined;
  if (KEEPS.test(commandForm(text))) return proceed({ ...state.values, correction: undefined });
  const named = readCorrection(intakeFields, text);
  if (named && isMeant(state, named.field.name, text)) {
    return named.value
      ? correct(ctx, state, message, named.field.name, named.value)
      : reopen(ctx, state, named.field.name);
  }
  const taken = takenBack(text);
  if (!taken) return undefined;
  const found = await target(ctx, state.values, taken);
  if (found) return correct(ctx, state, message, found.field, found.value);
  const { wrong, right, explicit } = taken;
  if (wrong && mentions(state.values.description, wrong)) return correctStory(state.values, text);
  if (!explicit) return undefined;
  return stay({ values: { ...state.values, correction: right }, asking: "choose-field" }, repairWords.correctWhat());
}

const isMeant = ({ asking }: IntakeState, field: string, text: string): boolean =>
  CHANGES.test(text.trim()) || asking === "summary" || asking === "choose-field" || field === "place";

const mentions = (said: string | undefined, words: string): boolean => words !== "" && (said ?? "").includes(words);

/** The row that a correction means and its new value. */
async function target(
  ctx: FlowContext,
  values: IntakeValues,
  { wrong = "", right = "", explicit }: TakenBack,
): Promise<{ field: string; value: string } | undefined> {
  if (right === "") return undefined;
  const place = values.place?.text;
  if (place && mentions(place, wrong)) return { field: "place", value: swapped(place, wrong, right) };
  if (mentions(values.occurredAt, wrong))
    return { field: "occurredAt", value: swapped(values.occurredAt, wrong, right) };
  const fact = values.facts?.find(({ text }) => mentions(text, wrong));
  if (fact) return { field: fact.kind, value: swapped(fact.text, wrong, right) };
  if (wrong === "" || explicit || isContact(values, wrong)) return byMeaning(ctx, values, right);
  return undefined;
}

const swapped = (whole: string | undefined, wrong: string, right: string): string =>
  (whole ?? "").replace(wrong, () => right);

const isContact = (values: IntakeValues, wrong: string): boolean =>
  [values.phone, values.phoneSeen, values.name, values.nameSeen].some((known) => mentions(known, wrong)) ||
  readContact(wrong).phone !== undefined;

const PLACE_PART =
  /^(?:(?:[0-9]+|[零一二两三四五六七八九十百]+|[A-Za-z]|[东西南北中])(?:号楼|号院|单元|号|栋|幢|座|层|楼|室|区|期|组|排|门))+$/u;
/** So much of the words must be the time or the address that they name. */
const MOSTLY = 0.6;

/** What kind of value the right words are, where they can be only one. */
async function byMeaning(ctx: FlowContext, values: IntakeValues, right: string) {
  const kind = Object.values(KIND_LABELS).find((label) => label === commandForm(right));
  if (kind) return { field: "kind", value: kind };
  const contact = readContact(right);
  if (contact.phone || contact.wrongDigits) return { field: "contact", value: right };
  if (values.place && PLACE_PART.test(halfWidth(right))) return { field: "place", value: right };
  const reading = await ctx.triage.read(right, ctx.now);
  const time = reading.slots.find(({ slot }) => slot === "occurredAt");
  if (time && time.text.length >= right.length * MOSTLY) return { field: "occurredAt", value: right };
  const found = await ctx.gazetteer.resolve(right);
  if (found && found.text.length >= right.length * MOSTLY) return { field: "place", value: right };
  if (contact.name && (values.name || values.nameSeen)) return { field: "contact", value: right };
  return undefined;
}
