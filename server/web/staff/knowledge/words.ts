import type { TriedScope, VersionState } from "./model.ts";

/** States as the editors of the field call them. */
export const STATES: Readonly<Record<VersionState, string>> = {
  draft: "草稿",
  review: "待审核",
  approved: "待发布",
  scheduled: "定时发布",
  published: "已发布",
  superseded: "已被取代",
  withdrawn: "已停用",
  expired: "已过期",
  aside: "冲突时另存",
};

const FIELDS: Readonly<Record<string, string>> = {
  question: "问题",
  title: "标题",
  text: "正文",
  similar: "其他问法",
  validFrom: "生效日期",
  validTo: "失效日期",
  category: "类别",
  region: "适用地区",
  audience: "适用对象",
  owner: "责任部门",
  reviewOn: "复核日期",
  tests: "测试问题",
  demonstration: "演示数据",
  "source.title": "依据标题",
  "source.issuer": "发文机关",
  "source.number": "文号",
  "source.article": "条款",
  "source.url": "网址",
  "source.checkedOn": "核对日期",
  "source.checkedBy": "核对方式",
};
export const fieldWord = (field: string): string => FIELDS[field] ?? field;

export const CHECKED_BY: Readonly<Record<string, string>> = { text: "对照原文", memory: "凭常识，未对照原文" };

/** A field's value as people read it. */
export const valueWord = (field: string, value: string): string =>
  field === "source.checkedBy" ? (CHECKED_BY[value] ?? value) : field === "demonstration" ? "是" : value;

const DEEDS: Readonly<Record<string, string>> = {
  save: "保存",
  aside: "另存（冲突）",
  submit: "提交审核",
  approve: "审核通过",
  reject: "退回",
  publish: "发布",
  schedule: "定时发布",
  unschedule: "取消定时",
  withdraw: "停用",
  expire: "到期停用",
  correct: "推送更正",
  import: "导入",
};
export const deedWord = (deed: string): string => DEEDS[deed] ?? deed;

/** What retrieval compares by, in the words of somebody who does not know retrieval. */
const FEATURES: Readonly<Record<string, string>> = {
  likeness: "与最接近的问法有多像",
  said: "问题里的词在同一问法里",
  asked: "问题里的词在各种问法里",
  covered: "问题里的词在整个条目里",
  returned: "问法里的词市民也说了",
  unknown: "问题里有知识库没见过的词",
  aspect: "问的方面相同（多少、哪里、多久…）",
  sameAspect: "与最接近的问法方面相同",
  found: "检索得分占第一名的比例",
  stranger: "问到了本条没提的专门事物",
  same: "与问法一字不差",
  value: "排名得分",
  passage: "最好的一段的得分占比",
  pairs: "相同的两字组合占比",
  triples: "相同的三字组合占比",
  words: "相同的词占比",
  within40: "40 字内出现的问题内容",
  within80: "80 字内出现的问题内容",
  within160: "160 字内出现的问题内容",
  within400: "400 字内出现的问题内容",
  inLead: "开头出现的问题内容",
  titleCovered: "问题内容在标题里",
  titleReturned: "标题内容在问题里",
  run: "连续相同的字有多长",
  wordsCovered: "问题里的词在正文里",
  wordsInTitle: "问题里的词在标题里",
  near: "有意思相近的词",
  direction: "整体意思的方向",
  figures: "问题里的数字在正文里",
  length: "文件有多长",
  places: "问到的地名在正文里",
  placesInLead: "问到的地名在开头",
  sameProvince: "提到同一省市的次数",
  provinceShare: "提到的省市里，问到的占比",
  leadProvince: "开头就是问到的省市",
  otherProvince: "开头是别的省市",
  elsewhere: "没问地方，文件却是某地的",
};
export const featureWord = (feature: string): string => FEATURES[feature] ?? feature;
/** The more of these, the less an entry fits. */
export const speaksAgainst = (feature: string): boolean =>
  ["unknown", "stranger", "otherProvince", "elsewhere"].includes(feature);

/** Why an entry's region or audience moved it, in a sentence. */
export function scopeSentence({ region, audience, effect, because }: TriedScope): string {
  const holds = [region && `适用地区：${region}`, audience && `适用对象：${audience}`].filter(Boolean).join("，");
  const why = effect && because ? SCOPE_EFFECTS[effect](because === "region" ? "地区" : "对象") : "";
  return [holds, why].filter(Boolean).join("。");
}

const SCOPE_EFFECTS: Readonly<Record<NonNullable<TriedScope["effect"]>, (part: string) => string>> = {
  excluded: (part) => `${part}与问的不符，不作答复`,
  preferred: (part) => `同一件事有几条，按${part}取这一条`,
  "held-back": (part) => `同一件事有几条，按${part}取了另一条`,
  asked: (part) => `同一件事有几条，只差适用${part}，要先问市民`,
};

export const percent = (share: number): string => `${Math.round(share * 100)}%`;
