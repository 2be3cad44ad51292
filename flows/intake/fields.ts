import { parseChoiceId } from "../../bots/choices.ts";
import type { FlowContext } from "../../bots/flow.ts";
import type { Choice, InboundMessage, Place, RequestKind } from "../../bots/model/index.ts";
import { commandForm, visibleText } from "../../bots/plain.ts";
import type { Field, Read } from "../form.ts";
import { intakeWords } from "../text/intake.ts";
import { excerpt, KIND_LABELS } from "../text/labels.ts";
import { absorb, addToDescription } from "./absorb.ts";
import { contactField } from "./contact-field.ts";
import { type IntakeValues, isConfidential, needsPlace, type PlaceValue } from "./values.ts";

type IntakeField = Field<IntakeValues>;

const MIN_DESCRIPTION = 4;
const SUMMARY_EXCERPT = 160;
const UNKNOWN_PLACE = new Set("不知道 不清楚 说不清 说不清地点 没有地点 没有 无 跳过 不方便说".split(" "));

const textOf = (message: InboundMessage): string | undefined =>
  message.content.kind === "text" ? message.content.text.trim() : undefined;

const verbOf = (message: InboundMessage) =>
  message.content.kind === "choice" ? parseChoiceId(message.content.choiceId) : { flow: "", verb: "", argument: "" };

const description: IntakeField = {
  name: "description",
  label: "内容",
  aliases: ["描述", "事情", "问题"],
  isMissing: ({ description: said = "", descriptionAskedAgain }) =>
    said === "" || (commandForm(said).length < MIN_DESCRIPTION && !descriptionAskedAgain),
  ask: (values) => {
    if (values.description) return intakeWords.moreDescription();
    return values.evidence.length > 0 || values.place
      ? intakeWords.askDescriptionAfterEvidence()
      : intakeWords.askDescription();
  },
  async read(ctx, message, values) {
    const text = textOf(message);
    if (text === undefined) return { kind: "pass" };
    const reading = await ctx.triage.read(text, ctx.now);
    const elsewhere = ["progress", "help", "human", "small-talk"].includes(reading.intent);
    if (elsewhere || (reading.intent === "question" && !values.description)) {
      const answer = elsewhere ? undefined : await ctx.knowledge.answer(text, ctx.now);
      if (elsewhere || answer?.kind === "answered") return { kind: "pass" };
    }
    if (reading.statutory) return { kind: "hand-over", to: "statutory" };
    const more = await absorb(ctx, values, text);
    return { kind: "filled", values: values.description ? { ...more, descriptionAskedAgain: true } : more };
  },
  show: ({ description: said }) => (said ? excerpt(said, SUMMARY_EXCERPT) : undefined),
};

const category: IntakeField = {
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
    if (/^(都不是|不知道|不清楚|跳过|随便)$/u.test(commandForm(text)))
      return { kind: "filled", values: { categoryLeftOpen: true } };
    const reading = await ctx.triage.read(text, ctx.now);
    if (reading.intent !== "request" && reading.intent !== "unclear") return { kind: "pass" };
    if (commandForm(text).length < 2 || /^\d+$/.test(commandForm(text))) return { kind: "pass" };
    const better = rankedAgain(ctx, values, text);
    return better ? { kind: "filled", values: better } : { kind: "pass" };
  },
  show: ({ category: chosen }) => chosen?.path.join(" / ") ?? "由工作人员分类",
};

const categoryChoice = (guess: { code: string; path: string[] }): Choice => ({
  id: `intake/category/${guess.code}`,
  label: `${guess.path[2]}（${guess.path[0]}）`,
});

function chosenCategory(ctx: FlowContext, code: string): Partial<IntakeValues> {
  const leaf = ctx.catalogue.leaf(code);
  return leaf ? { category: { code: leaf.code, path: leaf.path } } : { categoryLeftOpen: true };
}

/** A leaf that the citizen's own name for the matter must at least reach. */
const NAMED = 0.2;

/** Words instead of a number: they name the matter more closely, so they are kept and ranked again. */
function rankedAgain(ctx: FlowContext, values: IntakeValues, text: string): Partial<IntakeValues> | undefined {
  const [best] = ctx.catalogue.rank(text, 1);
  if (!best || best.confidence < NAMED) return undefined;
  return { ...addToDescription(values, text), category: { code: best.code, path: best.path } };
}

const place: IntakeField = {
  name: "place",
  label: "地点",
  aliases: ["地址", "位置", "发生地点"],
  isMissing: (values) => needsPlace(values) && !values.placeUnknown && (!values.place || isVague(values)),
  ask: (values) => (values.place ? intakeWords.askPlaceMore(values.place.text) : intakeWords.askPlace()),
  async read(ctx, message, values) {
    const { content } = message;
    const { verb } = verbOf(message);
    if (verb === "no-place") return { kind: "filled", values: { placeUnknown: true } };
    if (verb === "place-enough") return { kind: "filled", values: { placeAskedAgain: true } };
    if (content.kind === "location") {
      return {
        kind: "filled",
        values: { place: storable(await ctx.gazetteer.nearest(content.point)), placeAskedAgain: true },
      };
    }
    const text = textOf(message);
    return text === undefined ? { kind: "pass" } : readPlace(ctx, values, text);
  },
  show: ({ place: known }) => (known ? showPlace(known) : "未写明"),
};

/** A place of which only the district is known, or nothing of the administrative tree, is asked for more precisely once. */
const isVague = ({ place: known, placeAskedAgain }: IntakeValues): boolean =>
  known !== undefined && !placeAskedAgain && !known.subdistrict && !known.point;

async function readPlace(ctx: FlowContext, values: IntakeValues, text: string): Promise<Read<IntakeValues>> {
  if (UNKNOWN_PLACE.has(commandForm(text)))
    return { kind: "filled", values: { placeUnknown: true, placeAskedAgain: true } };
  const found = await ctx.gazetteer.resolve(values.place ? `${values.place.text} ${text}` : text);
  if (!found) {
    const reading = await ctx.triage.read(text, ctx.now);
    if (!["request", "unclear"].includes(reading.intent) || commandForm(text).length < 2) return { kind: "pass" };
    if (/^\d+$/.test(commandForm(text))) return { kind: "pass" };
  }
  const words = values.place ? `${values.place.text}，${text}` : text;
  const long = visibleText(text).length > 40;
  const known: PlaceValue = found
    ? { ...storable(found), text: long ? found.text : words }
    : { text: excerpt(words, 200), confidence: 0 };
  return {
    kind: "filled",
    values: {
      place: known,
      ...(values.place ? { placeAskedAgain: true } : {}),
      ...(long ? addToDescription(values, text) : {}),
    },
  };
}

export const storable = (found: Place): PlaceValue => ({ ...found });

function showPlace({ text, district, subdistrict, community }: PlaceValue): string {
  const divisions = [district, subdistrict, community].flatMap((each) => (each ? [each.name] : []));
  const missing = divisions.filter((name) => !text.includes(name));
  return missing.length > 0 ? `${text}（${divisions.join(" ")}）` : text;
}

/** A field that is never asked, only shown and changed. */
function freeText(
  name: "occurredAt" | "wants",
  label: string,
  aliases: string[],
  ask: IntakeField["ask"],
): IntakeField {
  return {
    name,
    label,
    aliases,
    isMissing: () => false,
    ask,
    async read(_ctx, message) {
      const text = textOf(message);
      return text ? { kind: "filled", values: { [name]: excerpt(text, 500) } } : { kind: "pass" };
    },
    show: (values) => values[name] ?? "未填",
  };
}

const kind: IntakeField = {
  name: "kind",
  label: "类型",
  aliases: ["诉求类型", "种类"],
  isMissing: () => false,
  ask: () => intakeWords.askKind(KINDS.map((code) => ({ id: `intake/kind/${code}`, label: KIND_LABELS[code] }))),
  async read(_ctx, message) {
    const { verb, argument } = verbOf(message);
    const typed = commandForm(textOf(message) ?? "");
    const chosen = KINDS.find((code) => (verb === "kind" && code === argument) || KIND_LABELS[code] === typed);
    return chosen ? { kind: "filled", values: { kind: chosen, kindChosen: true } } : { kind: "pass" };
  },
  show: (values) => KIND_LABELS[values.kind],
};

const KINDS: RequestKind[] = ["complaint", "help", "report", "suggestion", "consultation", "praise"];

const confidential: IntakeField = {
  name: "confidential",
  label: "身份保密",
  aliases: ["保密"],
  isMissing: () => false,
  ask: () => intakeWords.askConfidential(),
  async read(_ctx, message) {
    const { verb, argument } = verbOf(message);
    if (verb === "confidential") return { kind: "filled", values: { confidential: argument === "yes" } };
    const typed = commandForm(textOf(message) ?? "");
    if (/^(是|需要|要|需要保密|保密|要保密)$/u.test(typed)) return { kind: "filled", values: { confidential: true } };
    if (/^(否|不|不用|不要|不需要|不保密|不用保密)$/u.test(typed))
      return { kind: "filled", values: { confidential: false } };
    return { kind: "pass" };
  },
  show: (values) => (isConfidential(values) ? "是" : "否"),
};

const evidence: IntakeField = {
  name: "evidence",
  label: "附件",
  aliases: ["照片", "图片", "文件"],
  isMissing: () => false,
  ask: () => intakeWords.askEvidence(),
  read: async () => ({ kind: "pass" }),
  show: (values) => (values.evidence.length > 0 ? `${values.evidence.length} 个` : "无（可直接发照片）"),
};

/** In the order in which the citizen is asked and in which the summary shows them. */
export const intakeFields: IntakeField[] = [
  kind,
  description,
  category,
  place,
  freeText("occurredAt", "时间", ["发生时间"], () => intakeWords.askOccurredAt()),
  freeText("wants", "希望", ["诉求", "要求"], () => intakeWords.askWants()),
  contactField,
  confidential,
  evidence,
];
