import type { Slot, SlotName } from "../../../bots/model/index.ts";

interface Stretch {
  start: number;
  end: number;
  label: string;
}

/** Slots that say who somebody is. */
const PERSONAL: Partial<Record<SlotName, string>> = {
  phone: "电话",
  name: "姓名",
  plate: "车牌",
  orderNumber: "号码",
  ticketNumber: "号码",
  creditCode: "号码",
};

/** What may be personal without the rules having read it as a slot; the first that fits names it. Wide on purpose: nothing is lost by a mask too many. */
const PATTERNS: readonly (readonly [string, RegExp])[] = [
  ["邮箱", /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ["证件号", /(?<![0-9０-９])[0-9０-９]{17}[0-9０-９XxＸｘ]/g],
  ["号码", /(?<![0-9０-９])[0-9０-９](?:[\s\-－—–.·]{0,2}[0-9０-９]){6,}/g],
  ["号码", /(?:[一二三四五六七八九零〇幺两][\s-]?){7,}/g],
  [
    "车牌",
    /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-Za-zＡ-Ｚ][\s·.-]?[A-Za-z0-9]{4,5}[A-Za-z0-9挂学警港澳]/g,
  ],
  ["账号", /(?:微信|QQ|qq|wx|vx)(?:号|号码)?[是为:：\s]{0,3}[A-Za-z0-9_-]{5,}/g],
  [
    "姓名",
    /(?:欧阳|上官|司马|诸葛|[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎易常武乔贺赖龚文])(?:某某?|先生|女士|小姐|阿姨|大爷|大妈|师傅|老师)/g,
  ],
  ["门牌", /(?<![0-9])[0-9]{3,5}(?=室|户)/g],
];

/** A message without personal data, and the way back. */
export interface Masked {
  text: string;
  /** Words of the masked text as they stood in the message. */
  restore(words: string): string;
}

/** Puts numbered placeholders in the place of personal data, the same one wherever the same words stand. */
export function maskPersonal(message: string, slots: readonly Slot[]): Masked {
  const originals = new Map<string, string>();
  const placeholderOf = (words: string, label: string): string => {
    const known = [...originals].find(([, original]) => original === words);
    if (known) return known[0];
    let number = originals.size + 1;
    // A citizen may have typed what looks like a placeholder of ours.
    while (message.includes(`〔${label}${number}〕`)) number += 1;
    const placeholder = `〔${label}${number}〕`;
    originals.set(placeholder, words);
    return placeholder;
  };
  let text = "";
  let position = 0;
  for (const { start, end, label } of stretchesOf(message, slots)) {
    text += message.slice(position, start) + placeholderOf(message.slice(start, end), label);
    position = end;
  }
  text += message.slice(position);
  return {
    text,
    restore: (words) =>
      [...originals].reduce(
        (restored, [placeholder, original]) => restored.replaceAll(placeholder, () => original),
        words,
      ),
  };
}

/** In order and apart from each other; where two meet, one mask covers both. */
function stretchesOf(message: string, slots: readonly Slot[]): Stretch[] {
  const read = slots.flatMap(({ slot, start, end }) => {
    const label = PERSONAL[slot];
    return label && start < message.length ? [{ start, end: Math.min(end, message.length), label }] : [];
  });
  const seen = PATTERNS.flatMap(([label, pattern]) =>
    [...message.matchAll(pattern)].map(({ 0: words, index }) => ({ start: index, end: index + words.length, label })),
  );
  const apart: Stretch[] = [];
  for (const stretch of [...read, ...seen].sort((one, other) => one.start - other.start || other.end - one.end)) {
    const last = apart.at(-1);
    if (last && stretch.start < last.end) last.end = Math.max(last.end, stretch.end);
    else apart.push({ ...stretch });
  }
  return apart;
}
