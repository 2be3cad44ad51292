import type { FlowContext } from "../bots/flow.ts";
import type { InboundMessage, OutboundMessage } from "../bots/model/index.ts";

/** What reading an answer gave: values to keep, the same question once more, or no answer at all. */
export type Read<Values> =
  | { kind: "filled"; values: Partial<Values>; say?: OutboundMessage[] }
  | { kind: "again"; say: OutboundMessage[]; values?: Partial<Values> }
  | { kind: "pass" };

/** One row of a form. */
export interface Field<Values> {
  name: string;
  /** What the citizen sees in the summary and can type to change it. */
  label: string;
  /** Other words for the label, for "改电话". */
  aliases: string[];
  /** Whether it has to be asked before the summary. */
  isMissing(values: Values): boolean;
  ask(values: Values): OutboundMessage[];
  read(ctx: FlowContext, message: InboundMessage, values: Values): Promise<Read<Values>>;
  /** As the summary shows it; undefined leaves the row out. */
  show(values: Values): string | undefined;
}

export const nextMissing = <Values>(fields: Field<Values>[], values: Values): Field<Values> | undefined =>
  fields.find((field) => field.isMissing(values));

export const fieldNamed = <Values>(fields: Field<Values>[], name: string): Field<Values> | undefined =>
  fields.find((field) => field.name === name);

/** A correction typed at the summary: "改地点", "地点改成望京西园四区", "电话：010-12345678". */
export interface Correction<Values> {
  field: Field<Values>;
  /** The new value, when it came in the same sentence. */
  value?: string;
}

/**
 * Recognises a correction by the label it names. The label has to open the sentence (after "改", "修改", "把" or "不对"), so that
 * a description in which the word merely occurs is never taken for one.
 */
export function readCorrection<Values>(fields: Field<Values>[], text: string): Correction<Values> | undefined {
  const typed = text.trim().replace(/[。.!！]+$/u, "");
  for (const field of fields) {
    for (const label of [field.label, ...field.aliases]) {
      const value = correctedValue(typed, label);
      if (value !== undefined) return value === "" ? { field } : { field, value };
    }
  }
  return undefined;
}

/** The text after the label, "" when the label stands alone, undefined when the sentence is no correction of it. */
function correctedValue(typed: string, label: string): string | undefined {
  const lead =
    /^(?:不对[，,]?|错了[，,]?)?(?:我?(?:要|想)?(?:修改|更改|改一下|改下|改|把|换))?(?:一下)?/u.exec(typed)?.[0] ?? "";
  const rest = typed.slice(lead.length);
  if (!rest.startsWith(label)) return undefined;
  const after = rest.slice(label.length).trim();
  if (after === "" || /^(?:错了|不对|写错了|说错了|填错了|要改|修改|改一下|有误)$/u.test(after)) return "";
  const wrong = /^(?:写|说|填|弄|记)?错了[，,。\s]+(?:应该)?(?:是|叫)?\s*(.+)$/su.exec(after);
  if (wrong) return wrong[1]?.trim();
  const joined = /^(?:应该是|应为|改成了?|改为|换成|换为|更正为|是|为|[:：])\s*(.+)$/su.exec(after);
  return joined?.[1]?.trim();
}

/** A summary's rows, each value as the citizen will see it. */
export function summaryRows<Values>(fields: Field<Values>[], values: Values): { label: string; value: string }[] {
  return fields.flatMap((field) => {
    const value = field.show(values);
    return value === undefined ? [] : [{ label: field.label, value }];
  });
}

/** A short acknowledgement and the question that follows are one message, not two. */
export function joined(first: OutboundMessage[], then: OutboundMessage[]): OutboundMessage[] {
  const [lead] = first;
  const [question, ...rest] = then;
  const joinable = first.length === 1 && lead?.kind === "text" && question && question.kind !== "card";
  return joinable ? [{ ...question, text: `${lead.text}${question.text}` }, ...rest] : [...first, ...then];
}
