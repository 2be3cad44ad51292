import type { Entry, EntrySource } from "../../../knowledge/policies/entry.ts";

export const entry = (id: string, parts: Partial<Entry> = {}): Entry => ({
  id,
  question: "失业保险金可以领几个月？",
  text: "失业保险金的领取期限按累计缴费年限确定，最长不超过二十四个月。可以在线上申请，也可以到街道政务服务中心办理。",
  similar: ["失业金能领多久", "丢了工作能拿几个月的钱"],
  source: { title: "失业保险条例", issuer: "国务院", article: "第十七条", checkedOn: "2026-11-20" },
  status: "published",
  ...parts,
});

export const threeEntries = (): Entry[] => [
  entry("job"),
  entry("dog", {
    question: "养犬登记要去哪里办？",
    text: "养犬登记在住所地派出所办理，携带身份证、房产证明和犬只免疫证。",
    similar: ["办狗证去哪", "给狗上户口"],
    source: { title: "北京市养犬管理规定", article: "第十条" },
  }),
  entry("heat", {
    question: "供暖期从哪天到哪天？",
    text: "本市法定供暖期为每年十一月十五日至次年三月十五日，可以根据天气情况调整。",
    similar: ["几号开始供暖", "暖气什么时候停"],
    source: { title: "北京市供热采暖管理办法", article: "第三条" },
  }),
];

/** A source whose entries can be changed while it is in use. */
export function changingSource(first: readonly Entry[]): EntrySource & { change(entry: Entry): void; reads: number } {
  const log: Entry[] = [...first];
  return {
    reads: 0,
    change(changed) {
      log.push(changed);
    },
    async changedSince(change) {
      this.reads += 1;
      return { entries: log.slice(change), change: log.length };
    },
  };
}
