import type { RequestKind } from "../../../bots/model/index.ts";
import type { Fields } from "./reply.ts";
import { attributeCodes, MAX_TEXT } from "./vocabulary.ts";

interface Attribute {
  code: string;
  datatype: "string" | "text" | "singlevaluelist" | "multivaluelist";
  description: string;
  hint: string;
  values?: readonly (readonly [key: string, name: string])[];
}

const kinds: readonly (readonly [RequestKind, string])[] = [
  ["consultation", "咨询"],
  ["suggestion", "建议"],
  ["complaint", "投诉"],
  ["report", "举报"],
  ["help", "求助"],
  ["emergency", "应急"],
  ["praise", "表扬"],
];

const times = [
  ["morning", "上午"],
  ["afternoon", "下午"],
  ["evening", "晚上"],
] as const;

/** What a service definition asks for beyond GeoReport's own fields. All of it is optional, so that any client can post. */
export const attributes: readonly Attribute[] = [
  {
    code: attributeCodes.kind,
    datatype: "singlevaluelist",
    description: "诉求类型",
    hint: "不填按投诉办理",
    values: kinds,
  },
  { code: attributeCodes.occurredAt, datatype: "string", description: "发生时间", hint: "例如：昨晚十一点以后" },
  { code: attributeCodes.wants, datatype: "text", description: "希望怎样解决", hint: "可以分行填写" },
  {
    code: attributeCodes.confidential,
    datatype: "singlevaluelist",
    description: "是否对承办单位保密身份",
    hint: "举报一律保密",
    values: [
      ["yes", "保密"],
      ["no", "不保密"],
    ],
  },
  {
    code: attributeCodes.contactTimes,
    datatype: "multivaluelist",
    description: "方便联系的时段",
    hint: "可以多选",
    values: times,
  },
];

export interface AttributeValues {
  kind: RequestKind;
  occurredAt?: string;
  wants?: string;
  confidential: boolean;
  /** Lines for the description: what was said in attributes that a ticket has no field for. */
  extra: string[];
  /** What is wrong with the values, one sentence each. */
  wrong: string[];
}

const NAME = /^attribute\[([^[\]]{1,100})\](?:\[\])?$/;

/** Reads `attribute[CODE]=v` and `attribute[CODE][]=v`. Attributes nobody asked for are kept as lines of the description. */
export function readAttributes(fields: Fields): AttributeValues {
  const values = new Map<string, string[]>();
  for (const [name, value] of fields.entries()) {
    const code = NAME.exec(name)?.[1];
    if (code !== undefined) values.set(code, [...(values.get(code) ?? []), value]);
  }
  const one = (code: string) => values.get(code)?.[0]?.trim();
  const known = new Set(attributes.map((attribute) => attribute.code));
  const foreign = [...values]
    .filter(([code]) => !known.has(code))
    .map(([code, given]) => `${code}：${given.join("、")}`);
  const contactTimes = times.filter(([key]) => values.get(attributeCodes.contactTimes)?.includes(key));
  const extra = contactTimes.length > 0 ? [`方便联系：${contactTimes.map(([, name]) => name).join("、")}`] : [];
  return {
    kind: kinds.find(([key]) => key === one(attributeCodes.kind))?.[0] ?? "complaint",
    occurredAt: one(attributeCodes.occurredAt),
    wants: one(attributeCodes.wants),
    confidential: one(attributeCodes.confidential) === "yes",
    extra: [...extra, ...foreign],
    wrong: attributes.flatMap((attribute) => faultsOf(attribute, values.get(attribute.code) ?? [])),
  };
}

function faultsOf(attribute: Attribute, given: string[]): string[] {
  const faults: string[] = [];
  if (given.length > 1 && attribute.datatype !== "multivaluelist") {
    faults.push(`attribute[${attribute.code}] takes one value only`);
  }
  if (attribute.values && given.some((value) => !attribute.values?.some(([key]) => key === value.trim()))) {
    faults.push(`attribute[${attribute.code}] must be one of ${attribute.values.map(([key]) => key).join(", ")}`);
  }
  if (given.some((value) => value.length > MAX_TEXT)) {
    faults.push(`attribute[${attribute.code}] must not be longer than ${MAX_TEXT} characters`);
  }
  return faults;
}
