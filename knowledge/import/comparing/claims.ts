import { sentences } from "../../policies/passages.ts";
import { CHINESE_NUMERAL, numberOf } from "../../triage/slots/numerals.ts";
import { firstDate } from "../dates.ts";

/** What two answers to one question may differ in. */
export type ClaimKind = "amount" | "share" | "date" | "duration" | "number" | "condition";

/** Something that a text says in figures or as a rule. Claims of one `kind` and `topic` can be held against each other. */
export interface Claim {
  kind: ClaimKind;
  /** The unit, or what is allowed or not. */
  topic: string;
  value: string;
  /** The sentence that says it. */
  passage: string;
}

const PASSAGE = 160;
const NUMBER = `(?:\\d[\\d,，]*(?:\\.\\d+)?|[${CHINESE_NUMERAL}]+)\\s*[万亿]?`;
const AMOUNT = new RegExp(`(${NUMBER})\\s*(元|块钱)`, "g");
const SHARE = /(\d+(?:\.\d+)?)\s*(?:[%％]|个百分点)/g;
const DATE = /(?:19|20)\d{2}\s*[年\-/.]\s*\d{1,2}\s*[月\-/.]\s*\d{1,2}\s*日?/g;
const DURATION = new RegExp(`(${NUMBER})\\s*(个月|个工作日|工作日|个自然日|周岁|小时|分钟|年|天|日(?!期)|周|岁)`, "g");
const COUNT = new RegExp(`(${NUMBER})\\s*(平方米|平米|公里|人|次|份|户|套|张|级|名|辆|吨|度|公斤|米)`, "g");

/** Pairs that cannot both hold of one thing. */
const RULES: readonly [topic: string, yes: RegExp, no: RegExp][] = [
  ["可以", /(?<!不)可以|(?<!不)允许|均可/, /不可以|不能|不得|禁止|不允许/],
  ["需要", /(?<!不|无)需要?(?!求)|应当|必须/, /无需|不需要?|不必|不用/],
  ["收费", /(?<!不|免)收费|(?<!不)收取/, /免费|不收费|免收|不收取/],
];

const plain = (text: string): string => text.replace(/\s/g, "");

/** What a text claims. Sentences that cannot be read claim nothing. */
export function claimsOf(text: string): Claim[] {
  return sentences(text, PASSAGE).flatMap(({ start, end }) => {
    const passage = text.slice(start, end).trim();
    const figures = (kind: ClaimKind, pattern: RegExp, sort: (unit: string) => string) =>
      [...withoutDates(passage).matchAll(pattern)].flatMap(([, number = "", unit = ""]): Claim[] => {
        const value = numberOf(plain(number));
        return value === undefined ? [] : [{ kind, topic: sort(unit), value: String(value), passage }];
      });
    return [
      ...figures("amount", AMOUNT, () => "元"),
      ...[...passage.matchAll(SHARE)].map(
        ([, value = ""]): Claim => ({ kind: "share", topic: "%", value: String(Number(value)), passage }),
      ),
      ...[...passage.matchAll(DATE)].flatMap(([words]): Claim[] => {
        const value = firstDate(words);
        return value ? [{ kind: "date", topic: "日期", value, passage }] : [];
      }),
      ...figures("duration", DURATION, (unit) => UNITS[unit] ?? unit),
      ...figures("number", COUNT, (unit) => UNITS[unit] ?? unit),
      ...rulesIn(passage),
    ];
  });
}

const UNITS: Readonly<Record<string, string>> = {
  工作日: "个工作日",
  日: "天",
  个自然日: "天",
  周岁: "岁",
  平米: "平方米",
  名: "人",
};

const withoutDates = (passage: string): string => passage.replace(DATE, "，");

function rulesIn(passage: string): Claim[] {
  return RULES.flatMap(([topic, yes, no]): Claim[] => {
    const forbids = no.test(passage);
    if (forbids === yes.test(passage)) return [];
    return [{ kind: "condition", topic, value: forbids ? "否" : "是", passage }];
  });
}

export interface Difference {
  kind: ClaimKind;
  ours: string;
  theirs: string;
}

/**
 * Where two answers to the same question say different things: each has a value of one kind that the other lacks. What only one of
 * them mentions is no difference.
 */
export function differences(ours: readonly Claim[], theirs: readonly Claim[]): Difference[] {
  const topics = new Set(ours.map(({ kind, topic }) => `${kind} ${topic}`));
  return [...topics].flatMap((key): Difference[] => {
    const of = (claims: readonly Claim[]) => claims.filter(({ kind, topic }) => `${kind} ${topic}` === key);
    const [mine, yours] = [of(ours), of(theirs)];
    const onlyMine = mine.find(({ value }) => yours.every((claim) => claim.value !== value));
    const onlyYours = yours.find(({ value }) => mine.every((claim) => claim.value !== value));
    if (!onlyMine || !onlyYours) return [];
    return [{ kind: onlyMine.kind, ours: onlyMine.passage, theirs: onlyYours.passage }];
  });
}
