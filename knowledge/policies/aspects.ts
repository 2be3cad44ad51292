import { normalize } from "../text/normalize.ts";

/** What of a subject a question is after. */
export type Aspect =
  | "conditions"
  | "papers"
  | "where"
  | "time"
  | "money"
  | "permission"
  | "procedure"
  | "consequence"
  | "compensation"
  | "use";

const SIGNS: readonly (readonly [Aspect, RegExp])[] = [
  ["conditions", /条件|资格|什么人|谁能|谁可以|哪些人|什么样的|符合|要求|满足|门槛/],
  ["papers", /材料|证件|带什么|带啥|手续|证明|提交|要哪些|(需要|要)(什么|啥)(?!条件|资格|要求)|准备/],
  ["where", /哪里|哪儿|去哪|在哪|到哪|哪个部门|找谁|归谁|谁管|向谁|什么电话|哪个电话|打什么|地址|窗口|投诉|举报|反映/],
  [
    "time",
    /几天|多久|多长|几个?月|什么时候|啥时候|何时|几号|几年|几岁|多大|多少(岁|天|年|个月)|期限|时限|有效期|时间|最长|最晚/,
  ],
  ["money", /多少钱|多少元|几倍|标准|收费|免费|要钱|花钱|费用|金额|怎么算|多少(?!岁|天|年|个月|人)|每月|打几折|几成/],
  ["permission", /能不能|可不可以|能.*吗|可以.*吗|合法|违法|合理|行吗|行不行|必须|允许|算.*吗|要.*吗|用.*吗|不\?*$/],
  ["procedure", /怎么(?!样|回|这)|咋|如何|流程|办理|申请|步骤|手续/],
  ["consequence", /后果|会怎|处罚|罚|影响|怎么样/],
  ["compensation", /赔|补偿/],
  ["use", /有(什么|啥)用|干(什么|啥)用|好处|享受|能办(什么|啥)|待遇|优待|福利/],
];

/** What a question asks for; several or none. */
export function aspectsOf(question: string): ReadonlySet<Aspect> {
  const text = normalize(question);
  return new Set(SIGNS.flatMap(([aspect, sign]) => (sign.test(text) ? [aspect] : [])));
}
