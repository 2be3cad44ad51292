import type { FlowContext } from "../../bots/flow.ts";
import { commandForm } from "../../bots/plain.ts";
import type { Field } from "../form.ts";
import { repairWords } from "../text/repair.ts";
import { absorb, addMore } from "./absorb.ts";
import { textOf, verbOf } from "./answer.ts";
import type { IntakeValues } from "./values.ts";
import { placeIn, whichPlaceField } from "./which-place.ts";

const ADDS = /^(?:另外|还有|对了|顺便|再(?:反映|投诉|说)|还(?:想|要)(?:反映|投诉|说)|再一个|再就是|除此之外|另一件)/u;
/** Shorter texts are answers or asides, not matters of their own. */
const MATTER_FROM = 8;
/** A leaf of another class this likely is another matter; after a word like "另外" half of it is enough. */
const LIKELY = 0.5;

/** Whether a text said in the middle of a form plainly brings something else than the form is about. */
export async function isOtherMatter(ctx: FlowContext, values: IntakeValues, text: string): Promise<boolean> {
  if (!values.category || commandForm(text).length < MATTER_FROM) return false;
  const reading = await ctx.triage.read(text, ctx.now);
  const asks = reading.intent === "request" || (reading.intent === "unclear" && ADDS.test(text.trim()));
  const best = asks ? reading.categories[0] : undefined;
  if (!best || best.code.slice(0, 4) === values.category.code.slice(0, 4)) return false;
  return best.confidence >= (ADDS.test(text.trim()) ? LIKELY / 2 : LIKELY);
}

const YES = /^(?:是|是的|对|好|好的|可以|行|分开|分开登记|分开办|分成?几?件|要|嗯|同意)$/u;
const NO =
  /^(?:不|不是|不用|不要|不分|否|一件|一件事|同一件|是同一件|合在一起|合成一件|一起|一起登记|放一起|都算一件)$/u;

/** Several matters in one opening become several requests only when the citizen says so. */
const split: Field<IntakeValues> = {
  name: "split",
  label: "分开登记",
  aliases: [],
  isMissing: (values) => values.split !== undefined,
  ask: (values) => repairWords.askSplit(values.split?.parts ?? []),
  async read(ctx, message, values) {
    const { parts: [first = "", ...rest] = [], whole = "" } = values.split ?? {};
    const { verb, argument } = verbOf(message);
    const typed = commandForm(textOf(message) ?? "");
    const asked: IntakeValues = { ...values, split: undefined };
    if ((verb === "split" && argument === "no") || NO.test(typed)) {
      return { kind: "filled", values: { split: undefined, ...(await absorb(ctx, asked, whole)) } };
    }
    if ((verb === "split" && argument === "yes") || YES.test(typed)) {
      // A place that was named once for all of them is not asked for again.
      const where = values.place ? {} : await placeIn(ctx, whole);
      const known: IntakeValues = { ...asked, pending: rest };
      const read = await absorb(ctx, known, first);
      return {
        kind: "filled",
        values: { split: undefined, pending: rest, ...where, ...read },
        say: repairWords.firstOf(rest.length + 1),
      };
    }
    return { kind: "pass" };
  },
  show: () => undefined,
};

/** Something else said in the middle of a form: the citizen tells whether it belongs to it. */
const aside: Field<IntakeValues> = {
  name: "aside",
  label: "另一件事",
  aliases: [],
  isMissing: (values) => values.aside !== undefined,
  ask: (values) => repairWords.askAside(values.aside ?? ""),
  async read(ctx, message, values) {
    const { aside: said = "", pending = [] } = values;
    const { verb, argument } = verbOf(message);
    const typed = commandForm(textOf(message) ?? "");
    if (
      (verb === "aside" && argument === "same") ||
      /^(?:同一件|是同一件|一件事|补充|补充进去|不是|不是另一件)$/u.test(typed)
    ) {
      return {
        kind: "filled",
        values: { aside: undefined, ...(await addMore(ctx, values, said)) },
        say: repairWords.addedAside(),
      };
    }
    if (
      (verb === "aside" && argument === "other") ||
      /^(?:另一件|是另一件|另外一件|两件事|是|是的|对|填完再登记)$/u.test(typed)
    ) {
      return {
        kind: "filled",
        values: { aside: undefined, pending: [...pending, said] },
        say: repairWords.keptAside(),
      };
    }
    if ((verb === "aside" && argument === "drop") || /^(?:不用登记|不登记|不用了|算了|不管它)$/u.test(typed)) {
      return { kind: "filled", values: { aside: undefined }, say: repairWords.droppedAside() };
    }
    return { kind: "pass" };
  },
  show: () => undefined,
};

/** Asked before everything else, and never a row of the summary. */
export const sideFields: Field<IntakeValues>[] = [split, aside, whichPlaceField];
