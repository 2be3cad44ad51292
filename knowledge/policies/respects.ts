/** In what two questions about one subject differ, or what a short further question exchanges in the one before it. */
export type Respect = "household" | "who" | "paper" | "cover" | "leave" | "bill" | "school" | "event" | "vehicle";

/** The longer words of a kind come first: 港澳台居民 is not a 居民. */
const WORDS: readonly (readonly [Respect, string])[] = [
  [
    "household",
    "港澳台居民|外国人|非京籍|非本市户籍|外地户口|外地户籍|外省户口|外地人|外省人|外地|外省|北京户口|北京户籍|本市户籍|本市户口|本地户口|京籍|本地人|北京人",
  ],
  [
    "who",
    "未成年人|新生儿|大学生|中学生|小学生|学生|孩子|小孩|儿童|宝宝|老年人|老人|残疾人|残障人士|女职工|职工|退休人员|失业人员|灵活就业人员|自由职业者|个体工商户|个体户|农民工|居民|企业|公司|单位|个人|父母|爸妈|家属|配偶|老婆|丈夫|房东|租客|孕妇|军人",
  ],
  [
    "paper",
    "居民身份证|身份证|居住证|护照|驾驶证|驾照|行驶证|结婚证|离婚证|房产证|不动产证|房本|户口本|社保卡|港澳通行证|营业执照|残疾人证|接种证|准生证|出生证",
  ],
  ["cover", "医疗保险|医保|养老保险|失业保险|工伤保险|生育保险|社保|公积金|失业金|养老金|生育津贴"],
  ["leave", "带薪年假|年休假|年假|陪产假|产假|婚假|育儿假|病假|丧假"],
  ["bill", "水费|电费|燃气费|暖气费|供暖费|物业费|停车费|停水|停电|停气"],
  ["school", "幼儿园|小学|初中|高中|大学"],
  ["event", "丢了|遗失|到期了|到期|过期了|过期|损坏了|坏了|没带|结婚|离婚|辞职|离职|被辞退|退休"],
  ["vehicle", "电动自行车|电动车|摩托车|小客车|货车|汽车|自行车"],
];

const COMPILED = WORDS.map(([respect, words]) => ({ respect, words: new RegExp(words, "g") }));

/** The words of each kind in a text, in their order. */
export function respectWords(text: string, respect: Respect): string[] {
  const kind = COMPILED.find((one) => one.respect === respect);
  return kind ? [...text.matchAll(kind.words)].map(([word]) => word) : [];
}

/** The kind of a word that is nothing else. */
export const respectOf = (word: string): Respect | undefined =>
  COMPILED.find(({ respect }) => respectWords(word, respect)[0] === word)?.respect;
