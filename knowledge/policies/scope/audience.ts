import { normalize } from "../../text/normalize.ts";
import type { Standing } from "./standing.ts";

const COMPANIES = "企业";
const PERSONS = "个人";

/** Whom an entry can be for (GB/T 44191: 适用对象). The particular ones, all of them persons, come first: 企业退休人员 are no companies. */
const PARTICULAR: readonly (readonly [string, RegExp])[] = [
  ["老年人", /老年|老人|高龄/u],
  ["残疾人", /残疾|残障/u],
  ["未成年人", /未成年|儿童|孩子|小孩|少年|婴|幼儿/u],
  ["学生", /学生|毕业生/u],
  ["退役军人", /军人|退役|退伍|军属|烈属/u],
  ["退休人员", /退休/u],
  ["失业人员", /失业/u],
  ["孕产妇", /孕妇|产妇|孕产/u],
  ["港澳台居民", /港澳|台湾|台胞/u],
  ["外籍人员", /外国人|外籍/u],
  ["职工", /职工|员工|劳动者|农民工/u],
];
const GENERAL: readonly (readonly [string, RegExp])[] = [
  [COMPANIES, /企业|法人|公司|单位|商户|个体户|个体工商户|(?:市场|经营)主体|社会组织|机构/u],
  [PERSONS, /个人|自然人|市民|居民|公民|群众/u],
];
const EVERYBODY = /^(?:不限|全部|所有|所有人|任何人|全体|全体市民|所有市民|全民|公众|社会公众|各类主体|无)$/u;
const SEPARATORS = /[、,，;；/|\s]+|[和及与或]/u;

/** The groups that an editor's words name; `undefined` for everybody, none where the words say something else. */
export function groupsOf(audience: string | undefined): string[] | undefined {
  const words = normalize(audience ?? "");
  if (words === "" || EVERYBODY.test(words)) return undefined;
  const groups = words.split(SEPARATORS).flatMap((part) => groupOf(part) ?? []);
  return groups.includes(COMPANIES) && groups.includes(PERSONS) ? undefined : [...new Set(groups)];
}

const groupOf = (words: string): string | undefined =>
  [...PARTICULAR, ...GENERAL].find(([, sign]) => sign.test(words))?.[0];

/** Companies and persons who say that they ask as such; whom else a question names may only be what it is about. */
export interface AskedFor {
  groups: string[];
  /** They said so, rather than came by the companies' entrance. */
  said: boolean;
}

const DOES = "(?:怎么|如何|可以|能|想|要(?!求)|需要|应该|申请|办理|缴纳|开户|登记)";
const COMPANY_ASKS = new RegExp(
  `我司|本(?:公司|企业)|作为(?:企业|公司|用人单位)|(?:我|咱)们?(?:公司|企业|单位|厂)${DOES}|^(?:企业|公司|用人单位|个体工商户|个体户)${DOES}`,
  "u",
);
/** What somebody tells of the company that they work for. */
const AGAINST_COMPANY = /不给|不交|不缴|不发|不签|拖欠|欠薪|辞退|开除|让我|扣|逼|强迫|倒闭|跑路/u;
const PERSON_ASKS = /个人(?!所得税|信息|隐私|账户|养老金|征信|独资)|自然人|我自己|我本人/u;

/** For whom `question` asks; `undefined` where neither it nor the talk before (`told`) says. */
export function askedFor(question: string, told: string | undefined): AskedFor | undefined {
  const text = normalize(question);
  const groups = PARTICULAR.filter(([, sign]) => sign.test(text)).map(([group]) => group);
  if (PERSON_ASKS.test(text)) return { groups: [...groups, PERSONS], said: true };
  if (COMPANY_ASKS.test(text) && !AGAINST_COMPANY.test(text)) return { groups: [COMPANIES], said: true };
  // A company asks about its employees.
  const all = [...groups, ...(groupsOf(told) ?? [])];
  return all.length > 0 ? { groups: all, said: false } : undefined;
}

export function audienceStanding(audience: string | undefined, asked: AskedFor | undefined): Standing {
  const groups = groupsOf(audience);
  if (!groups || groups.length === 0) return "whole";
  if (!asked) return "open";
  if (groups.some((group) => asked.groups.includes(group))) return "fits";
  const [isCompany, forCompanies] = [asked.groups.includes(COMPANIES), groups.every((group) => group === COMPANIES)];
  // What is for persons is for each kind of them.
  if (!isCompany && groups.includes(PERSONS)) return "fits";
  return asked.said && isCompany !== forCompanies ? "other" : "open";
}
