/** What kind of thing a question asks for, where its answer can be told by its looks. */
export type WantedKind = "telephone" | "amount" | "time" | "list" | "place";

const ASKS: readonly (readonly [WantedKind, RegExp])[] = [
  ["telephone", /电话|热线|号码|联系方式/],
  ["amount", /多少|几(?!乎)|金额|比例|标准|额度|数量|利率|目标/],
  ["time", /什么时候|何时|多久|多长|时间|几[天月年日]|期限|日期|截止|延长|延期/],
  ["list", /哪些|那些|措施|方面|要求|内容|政策|怎样|如何|怎么|做法|条件|材料|举措|部署|工作/],
  ["place", /哪里|在哪|何处|地点|地址|哪个|什么地方/],
];

const LOOKS: Readonly<Record<WantedKind, RegExp>> = {
  telephone: /\d{3,4}-?\d{7,8}|\b1\d{10}\b|\b\d{5,8}\b/,
  amount:
    /\d+(?:\.\d+)?\s*(?:%|元|万|亿|个|倍|人|天|吨|件|次|家|亩|成|折)|[一二三四五六七八九十百千万]+(?:元|倍|成|%)|百分之/,
  time: /\d+\s*(?:年|月|日|天|小时|个月|时|分钟|工作日)|[一二三四五六七八九十]+(?:年|个月|天|日|小时)|届满|结束|解除/,
  list: /[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]+[）)]|\d[.．、]|第[一二三四五六七八九十]|[；;]/,
  place: /路|街|号|楼|大厅|窗口|中心|区|县|网站|平台|app/i,
};

/** `question` is normalised. */
export const wantedKinds = (question: string): WantedKind[] =>
  ASKS.flatMap(([kind, sign]) => (sign.test(question) ? [kind] : []));

export const looksLike = (kind: WantedKind, text: string): boolean => LOOKS[kind].test(text);
