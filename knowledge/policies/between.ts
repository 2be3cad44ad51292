import type { Between } from "../../bots/model/index.ts";
import { aspectsOf } from "./aspects.ts";
import type { Entry } from "./entry.ts";
import { respectWords } from "./respects.ts";
import { scopeNote } from "./scope/label.ts";
import type { Settled } from "./scope/settle.ts";
import type { Weighed } from "./weigh.ts";

/** Below this the base knows too little of the subject for a question to help. */
const ASK_FROM = 0.45;
/** The candidates must be asked with nearly all that the query says: else they differ in their subject too. */
const ASKED = 0.9;
/** One of so many leading candidates has to be among what is offered. */
const LEADING = 2;
const LOOKED_AT = 5;
const MOST = 4;

/** What of a subject an entry is about, as it is offered to citizens; the more particular come first. */
const WANTED: readonly (readonly [string, RegExp])[] = [
  ["首次办理", /首次|第一次|初次|新办/],
  ["丢了补办", /丢|遗失|补办|补领|被偷/],
  ["续租", /续租/],
  ["到期换新", /到期|过期|换证|换新|续签|签注/],
  ["变更", /变更|更正|改名/],
  ["注销", /注销|销户/],
  ["迁移", /迁/],
  ["转移", /转走|转移|怎么转/],
  ["转租", /转租/],
  ["提取", /提取|取出/],
  ["贷款", /贷款/],
  ["查询", /怎么查|里查|余额/],
  ["代办", /代办|家人拿/],
  ["证件被扣", /扣押|扣着/],
  ["投诉", /投诉|举报/],
  ["赔偿、补偿", /赔|补偿|补多少/],
  ["辞退", /辞退|开除/],
  ["工资", /工资/],
];
const ASPECTS = [
  ["conditions", "条件"],
  ["papers", "材料"],
  ["time", "时间、期限"],
  ["money", "费用、金额"],
  ["where", "去哪里办"],
  ["use", "能享受什么"],
] as const;

const wanted = (question: string): string[] => {
  const aspects = aspectsOf(question);
  return [
    ...WANTED.filter(([, sign]) => sign.test(question)).map(([label]) => label),
    ...ASPECTS.filter(([aspect]) => aspects.has(aspect)).map(([, label]) => label),
  ];
};

const FROM_ELSEWHERE = /(?:外地|外省)(?:户口|户籍|人|老人|孩子)|非京籍|非本市/;
const ABROAD = /港澳台居民|外国人/;

/** What is said of everybody is for who is registered here while another candidate is for people from elsewhere. */
function households(question: string): string[] {
  if (ABROAD.test(question)) return ["港澳台居民和外国人"];
  return [FROM_ELSEWHERE.test(question) ? "外地户籍" : "本市户籍"];
}

const PEOPLE: readonly (readonly [string, RegExp])[] = [
  ["孩子", /孩子|小孩|儿童|未成年人|新生儿/],
  ["学生", /学生/],
  ["老人", /老人|老年人|父母/],
  ["残疾人", /残疾人/],
  ["退休人员", /退休/],
  ["失业人员", /失业/],
  ["自由职业、灵活就业", /自由职业|灵活就业/],
  ["职工", /职工/],
  ["居民", /居民/],
  ["农民工", /农民工/],
];

/** Only where it is for one kind of people. */
function people(question: string): string[] {
  const all = PEOPLE.filter(([, sign]) => sign.test(question)).map(([label]) => label);
  return all.length === 1 ? all : [];
}

type Labels = (question: string) => string[];
const RESPECTS: readonly { respect: Between["respect"]; labels: Labels; said(query: string): boolean }[] = [
  { respect: "household", labels: households, said: (query) => respectWords(query, "household").length > 0 },
  { respect: "who", labels: people, said: (query) => PEOPLE.some(([, sign]) => sign.test(query)) },
  { respect: "what", labels: wanted, said: (query) => wanted(query).length > 0 },
];

/**
 * The one question that would decide between the leading candidates, best first; `undefined` where there is none: they differ in
 * more than one respect, or the query has said it already. Looks at editors' entries only.
 */
export function between(query: string, order: readonly Weighed[], confidence: number): Between | undefined {
  const first = order[0]?.entry;
  if (confidence < ASK_FROM || !first?.question) return undefined;
  const near = order
    .slice(0, LOOKED_AT)
    .filter(({ entry, asked = 0 }) => asked >= ASKED && entry.question && areaOf(entry) === areaOf(first))
    .map(({ entry }) => entry);
  for (const { respect, labels, said } of RESPECTS) {
    if (said(query)) continue;
    const among = respect === "what" ? near : near.filter(({ category }) => category === first.category);
    const options = tellApart(among, labels);
    const leads = near.slice(0, LEADING).some(({ id }) => options.some(({ entryId }) => entryId === id));
    if (options.length >= 2 && leads) return { respect, options: options.slice(0, MOST) };
  }
  return undefined;
}

/** A city has no more districts than fit on a screen. */
const MOST_VERSIONS = 20;

/** The question for where or for whom, where that alone decides between versions of one matter: their regions or audiences are the choices. */
export function betweenVersions({ respect, entries }: NonNullable<Settled["undecided"]>): Between {
  const options = entries.map((entry) => ({ entryId: entry.id, label: scopeNote(entry)[respect] ?? "" }));
  return { respect, options: options.slice(0, MOST_VERSIONS) };
}

/** 户籍 of 户籍/身份证. */
const areaOf = ({ category }: Entry): string | undefined => category?.split("/")[0];

/** Each entry with the first label that no other one has; entries without such a label are left out. */
function tellApart(entries: readonly Entry[], labels: Labels): Between["options"] {
  const all = entries.map(({ id, question = "" }) => ({ id, labels: labels(question) }));
  return all.flatMap(({ id, labels: own }) => {
    const label = own.find((one) => all.every((other) => other.id === id || !other.labels.includes(one)));
    return label === undefined ? [] : [{ entryId: id, label }];
  });
}
