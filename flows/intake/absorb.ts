import type { FlowContext } from "../../bots/flow.ts";
import type { CategoryGuess, Reading, RequestFact, SlotName } from "../../bots/model/index.ts";
import { visibleText } from "../../bots/plain.ts";
import { slotValue } from "../../bots/slots.ts";
import { chooseCategory } from "./choose-category.ts";
import type { IntakeValues } from "./values.ts";
import { placeIn } from "./which-place.ts";

/** Far above what one message can bring; keeps a form that is fed for days within bounds. */
const MAX_DESCRIPTION = 100_000;

/** Reads out of one text everything the form can use. Never overwrites what the citizen said before. */
export async function absorb(ctx: FlowContext, values: IntakeValues, text: string): Promise<Partial<IntakeValues>> {
  const said = addToDescription(values, text);
  const whole = said.description ?? "";
  const reading = await ctx.triage.read(whole, ctx.now);
  // What was read before may have been corrected since; only the new words bring new values.
  const { slots } = await ctx.triage.read(text, ctx.now);
  const where = values.place || values.placeChoices ? {} : await placeIn(ctx, text);
  return {
    ...said,
    kind: values.kindChosen ? values.kind : reading.danger ? "emergency" : reading.kind,
    ...(values.category || values.categoryDeclined ? {} : classify(reading.categories, values.kind === "consultation")),
    ...where,
    ...(reading.enterprise && values.enterprise === undefined ? { enterprise: true } : {}),
    ...(values.occurredAt ? {} : whenOf({ slots })),
    ...factsOf(values, { slots }),
    ...keepFirst("wants", values.wants, slotValue({ slots }, "wants")),
    ...keepFirst("phoneSeen", values.phoneSeen, slotValue({ slots }, "phone")),
    ...keepFirst("nameSeen", values.nameSeen, slotValue({ slots }, "name")),
  };
}

/** More about the matter, said later: read like the opening, but a kind that was told stays what it is. */
export async function addMore(ctx: FlowContext, values: IntakeValues, text: string): Promise<Partial<IntakeValues>> {
  const more = await absorb(ctx, values, text);
  return values.kind === "consultation" || more.kind === "emergency" ? more : { ...more, kind: values.kind };
}

/** When it happened in the citizen's words, and in dates where that can be told. */
export function whenOf(reading: Pick<Reading, "slots">): Pick<IntakeValues, "occurredAt" | "period"> {
  const slot = reading.slots.find((each) => each.slot === "occurredAt");
  if (!slot) return {};
  return { occurredAt: slot.value, ...(slot.period ? { period: { ...slot.period } } : {}) };
}

/** Each value once, in the order in which they were said. */
function factsOf(values: IntakeValues, reading: Pick<Reading, "slots">): Pick<IntakeValues, "facts"> {
  const facts = [...(values.facts ?? [])];
  for (const { slot, text, value } of reading.slots) {
    if (!isFact(slot) || facts.some((known) => known.kind === slot && known.value === value)) continue;
    facts.push({ kind: slot, text, value });
  }
  return facts.length > 0 ? { facts } : {};
}

const isFact = (slot: SlotName): slot is RequestFact["kind"] =>
  slot === "unit" || slot === "amount" || slot === "plate" || slot === "orderNumber";

function keepFirst<Key extends string>(key: Key, known: string | undefined, read: string | undefined) {
  const value = known ?? read;
  return (value === undefined ? {} : { [key]: value }) as Partial<Record<Key, string>>;
}

/** A question is answered by people whatever its leaf, so nobody is asked to classify one. */
function classify(categories: CategoryGuess[], isQuestion: boolean): Partial<IntakeValues> {
  const choice = chooseCategory(categories);
  if (choice.kind === "taken") return { guesses: [], category: { code: choice.guess.code, path: choice.guess.path } };
  if (choice.kind === "open" || isQuestion) return { guesses: [], categoryLeftOpen: true };
  return { guesses: choice.guesses.map((guess) => ({ ...guess })), categoryLeftOpen: undefined };
}

/** Appends on a line of its own; the words are kept as they were written, only invisible characters go. */
export function addToDescription(values: IntakeValues, text: string): { description: string } {
  const before = values.description ? `${values.description}\n` : "";
  return { description: `${before}${visibleText(text)}`.slice(0, MAX_DESCRIPTION) };
}
