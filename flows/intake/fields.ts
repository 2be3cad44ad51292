import { isMereInsult } from "../../bots/insult.ts";
import type { RequestKind } from "../../bots/model/index.ts";
import { commandForm } from "../../bots/plain.ts";
import { type Field, joined } from "../form.ts";
import { lightOf } from "../question/topic.ts";
import { intakeWords } from "../text/intake.ts";
import { excerpt, KIND_LABELS } from "../text/labels.ts";
import { repairWords } from "../text/repair.ts";
import { absorb } from "./absorb.ts";
import { textOf, verbOf } from "./answer.ts";
import { categoryField } from "./category-field.ts";
import { companyFields } from "./company-fields.ts";
import { contactField } from "./contact-field.ts";
import { factFields } from "./fact-fields.ts";
import { occurredAtField } from "./occurred-at-field.ts";
import { placeField } from "./place-field.ts";
import { type IntakeValues, isConfidential } from "./values.ts";

type IntakeField = Field<IntakeValues>;

const MIN_DESCRIPTION = 4;
const STORY_FROM = 40;
const SUMMARY_EXCERPT = 160;

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
    // A long text is the story that was asked for, whatever words occur in it.
    const short = commandForm(text).length < STORY_FROM;
    const elsewhere =
      short && (isMereInsult(reading, text) || ["progress", "help", "human", "small-talk"].includes(reading.intent));
    if (elsewhere || (short && reading.intent === "question" && !values.description)) {
      const answer = elsewhere
        ? undefined
        : await ctx.knowledge.answer(text, ctx.now, { ...lightOf(ctx), after: undefined });
      if (elsewhere || answer?.kind === "answered") return { kind: "pass" };
    }
    if (/^(?:跳过|不知道|不清楚|没有|无|随便|不想说)$/u.test(commandForm(text)))
      return { kind: "again", say: joined(repairWords.needsWords(), description.ask(values)) };
    if (reading.statutory && reading.intent !== "question") return { kind: "pass" };
    const more = await absorb(ctx, values, text);
    return { kind: "filled", values: values.description ? { ...more, descriptionAskedAgain: true } : more };
  },
  show: ({ description: said }) => (said ? excerpt(said, SUMMARY_EXCERPT) : undefined),
};

/** Never asked, only shown and changed. */
const wants: IntakeField = {
  name: "wants",
  label: "希望",
  aliases: ["诉求", "要求"],
  isMissing: () => false,
  ask: () => intakeWords.askWants(),
  async read(_ctx, message) {
    const text = textOf(message);
    return text ? { kind: "filled", values: { wants: excerpt(text, 500) } } : { kind: "pass" };
  },
  show: (values) => values.wants ?? "未填",
};

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
  categoryField,
  placeField,
  occurredAtField,
  wants,
  ...factFields,
  ...companyFields,
  contactField,
  confidential,
  evidence,
];
