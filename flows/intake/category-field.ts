import type { FlowContext } from "../../bots/flow.ts";
import { isMereInsult } from "../../bots/insult.ts";
import type { Choice } from "../../bots/model/index.ts";
import { commandForm } from "../../bots/plain.ts";
import type { Field } from "../form.ts";
import { intakeWords } from "../text/intake.ts";
import { addMore } from "./absorb.ts";
import { textOf, verbOf } from "./answer.ts";
import type { IntakeValues } from "./values.ts";

/** The leaf of the catalogue; asked only when the words leave it open, and then as choices. */
export const categoryField: Field<IntakeValues> = {
  name: "category",
  label: "问题分类",
  aliases: ["分类", "类别"],
  isMissing: (values) => !values.category && !values.categoryLeftOpen && values.guesses.length > 0,
  ask: ({ guesses }) => intakeWords.askCategory(guesses.map(categoryChoice)),
  async read(ctx, message, values) {
    const { verb, argument } = verbOf(message);
    if (verb === "category") return { kind: "filled", values: chosenCategory(ctx, argument) };
    const text = textOf(message);
    if (text === undefined) return { kind: "pass" };
    if (/^(都不是|不知道|不清楚|跳过|随便)$/u.test(commandForm(text))) return { kind: "filled", values: LEFT_OPEN };
    const reading = await ctx.triage.read(text, ctx.now);
    if (reading.intent !== "request" && reading.intent !== "unclear") return { kind: "pass" };
    if (commandForm(text).length < 2 || /^\d+$/.test(commandForm(text))) return { kind: "pass" };
    const better = namedIn(ctx, text);
    if (!better && (commandForm(text).length < MORE_FROM || isMereInsult(reading, text))) return { kind: "pass" };
    const more = await addMore(ctx, values, text);
    return { kind: "filled", values: { ...more, ...better }, say: intakeWords.added() };
  },
  show: ({ category: chosen }) => chosen?.path.join(" / ") ?? "由工作人员分类",
};

const LEFT_OPEN: Partial<IntakeValues> = { categoryLeftOpen: true, categoryDeclined: true };

const categoryChoice = (guess: { code: string; path: string[] }): Choice => ({
  id: `intake/category/${guess.code}`,
  label: `${guess.path[2]}（${guess.path[0]}）`,
});

function chosenCategory(ctx: FlowContext, code: string): Partial<IntakeValues> {
  const leaf = ctx.catalogue.leaf(code);
  return leaf ? { category: { code: leaf.code, path: leaf.path } } : LEFT_OPEN;
}

/** Far more than what is offered at first: the citizen has said that the class is wrong, so the others are worth showing. */
const REOPENED = 4;

/** The classes to pick from when the one that was taken is wrong. */
export function categoryGuesses(ctx: FlowContext, values: IntakeValues): IntakeValues["guesses"] {
  const ranked = ctx.catalogue.rank(values.description ?? "", REOPENED + 1);
  const others = ranked.filter(({ code }) => code !== values.category?.code);
  return others.slice(0, REOPENED).map((guess) => ({ ...guess }));
}

/** Fewer characters are a slip, not more of the story. */
const MORE_FROM = 8;

/** A leaf that the citizen's own name for the matter must at least reach. */
const NAMED = 0.5;

/** Words instead of a number may name the matter more closely. */
function namedIn(ctx: FlowContext, text: string): Partial<IntakeValues> | undefined {
  const [best] = ctx.catalogue.rank(text, 1);
  if (!best || best.confidence < NAMED) return undefined;
  return { category: { code: best.code, path: best.path } };
}
