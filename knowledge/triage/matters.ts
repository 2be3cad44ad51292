import type { CategoryGuess } from "../../bots/model/index.ts";

const HEAD =
  "(?:[（(]\\s*[一二三四五六七八九\\d]{1,2}\\s*[)）]|[①②③④⑤⑥⑦⑧⑨]|(?<![\\d.])\\d{1,2}\\s?(?:、|[.．](?!\\d)|[)）])\\s*|(?<=^|[\\s，,。；;：:！!？?])[一二三四五六七八九](?:是(?!直|样|起|个|些)|来(?=\\p{Script=Han}{3})|、)|(?<=\\p{Script=Han})[二三四五](?:、)|其[一二三四](?:[，,、：:]|是)?|第[一二三四五](?:个问题|件事?|点|条|项|件是)?(?:[，,、：:]|是)|(?:^|(?<=[，,。；;：:\\s]))(?:首先|其次|再次|最后)[，,]?|一个是)";
const NUMBERED = new RegExp(HEAD, "gu");
const JOINT =
  /(?:[，,。；;！!？?\s]+|^)(?:对了[，,]?)?(?:另外还有一?个?事?|另外一?(?:件事|个问题)?|另一件事|另有一事|另(?=[，,：:])|还有(?:一?(?:个问题|件事|个事))?|再一个|再就是|再有(?:就是)?|顺便(?:再|还)?(?!说)|此外|除此之外|同时还|与此同时|还想(?:反映|咨询|投诉|问))[，,：:]?\s*(?:也|还)?/gu;
/** 还有 without 一个问题, 一件事 or 对了 before it. */
const GOES_ON = /^[，,。；;！!？?\s]*还有[，,：:\s]*(?:也|还)?$/u;
const LEADING = /^(?:(?:反映|投诉|说|讲)?一下|就是|也|[，,。；;：:、\s])+/u;
const CLOSING = /[，,。；;：:、！!？?\s]+$/u;
/** What may stand before numbered matters; anything else is a matter itself, and the numbers count its wishes, reasons and evidence. */
const LEAD =
  /^(?:(?:你|您|领导|客服|工作人员|大家)们?好[呀啊]?[，,。！!\s]*)?(?:[^，,。：:]{0,14}(?:问题|事情?|情况|方面|如下|以下)(?:[^，,。：:]{0,4})?|(?:我|我们)?(?:想|要|来)?(?:反映|投诉|举报|说)(?:一下)?)?[，,：:。\s]*$/u;
const NO_LEAD = /要求|诉求|希望|请求|证据|理由|原因|依据|条件|材料|流程|步骤|名单|因为|建议/u;
const THANKS = /^(?:感谢|谢谢|多谢|你好|您好)/u;
/** One matter told on rather than another: what follows only adds to it. */
const ADDS =
  /^(?:就|也|上次|上回|已经|电话|地址|请|尽快|保密|我的|必须|总|老|没有|没人|随时|需要|几天|(?:问)?(?:一)?下?在哪|多久|明天|昨天|对方|他们|她|他|其|拒|不(?:开|接|回|给|让)|把|被|堵|要|换|谢|多|延长|增加|倒(?!车)|排|堆|砸|欠|扣|涨|偷|乱|\d{4}年|今年|去年|一共|[\d一二两三四五六七八九十]+(?:个|名|人|多))/u;

/**
 * Where another matter begins, it is said where or about whom: "另外小区门口的路灯", "另外想问社保". Without that ("另外灯光照进卧室") the scene is
 * still the one before.
 */
const OWN_SCENE =
  /^.{0,2}(?:小区|门口|路口|马路|路边|路面|路牙|路上|我家|我们|咱们|楼下|楼上|楼前|楼后|楼顶|隔壁|邻居|对面|附近|村|公园|公厕|学校|小学|中学|幼儿园|医院|公交|地铁|站台|商场|超市|饭店|河|广场|红绿灯|井盖|路灯|自来水|水压|暖气|燃气|电线|化粪池|马蜂窝|流浪|树枝|绿化|健身器材|停车场|宽带|网购|外卖|单元门|扶梯|失业金|社保|医保|公积金|居住证|养老金|我的|我(?:想|要)|想?(?:咨询|问)|举报|投诉|反映|有人|工地|黑车|黑诊所|垃圾(?:桶|站|车)|共享单车|出租车|民宿|酒吧|宿舍)/u;

const MIN_PART = 4;
const MAX_MATTERS = 8;
/**
 * How sure the catalogue must be of each part, and how many digits of the leaves' codes must differ (two for 类, four for 项): a number before a
 * part says already that it is a point of its own, 另外 says less, and 还有 mostly goes on with the same matter.
 */
const MUST_DIFFER = {
  numbered: { from: 0.12, digits: 4 },
  apart: { from: 0.45, digits: 4 },
  joined: { from: 0.3, digits: 2 },
};

/** The stretches between marks, and what kind of marks they are. */
interface Split {
  parts: string[];
  by: keyof typeof MUST_DIFFER;
}

/**
 * The different requests that a message plainly brings, each a verbatim stretch of it; empty when there is one, or when it cannot be told:
 * every part must be known to the catalogue, each as something else. `categoryOf` gives the catalogue's best guess for a part.
 */
export function mattersIn(message: string, categoryOf: (part: string) => CategoryGuess | undefined): string[] {
  const { parts, by } = numberedParts(message) ?? joinedParts(message);
  if (parts.length < 2 || parts.length > MAX_MATTERS) return [];
  const { from, digits } = MUST_DIFFER[by];
  const kinds = parts.map((part) => {
    const guess = categoryOf(part);
    return guess && guess.confidence >= from ? guess.code.slice(0, digits) : undefined;
  });
  return kinds.includes(undefined) || new Set(kinds).size < kinds.length ? [] : parts;
}

function numberedParts(message: string): Split | undefined {
  const heads = [...message.matchAll(NUMBERED)];
  const [first] = heads;
  if (!first || heads.length < 2 || !leadsTo(message.slice(0, first.index))) return undefined;
  const parts = heads.map(({ 0: head, index }, i) =>
    trimmed(message.slice(index + head.length, heads[i + 1]?.index ?? message.length)),
  );
  return parts.every((part) => part.length >= 2 && !THANKS.test(part)) ? { parts, by: "numbered" } : undefined;
}

const leadsTo = (lead: string): boolean => LEAD.test(lead) && !NO_LEAD.test(lead);

function joinedParts(message: string): Split {
  const joints = [...message.matchAll(JOINT)].filter(({ index }) => index > 0);
  const ends = [...joints.map(({ index }) => index), message.length];
  const starts = [0, ...joints.map(({ 0: joint, index }) => index + joint.length)];
  const parts = starts.map((start, i) => trimmed(message.slice(start, ends[i])));
  const apart = joints.every(({ 0: joint }) => !GOES_ON.test(joint));
  const stand = parts.every(
    (part, i) =>
      part.length >= MIN_PART && !THANKS.test(part) && (i === 0 || (OWN_SCENE.test(part) && !ADDS.test(part))),
  );
  return { parts: stand ? parts : [], by: apart ? "apart" : "joined" };
}

const trimmed = (part: string): string => part.replace(LEADING, "").replace(CLOSING, "");
