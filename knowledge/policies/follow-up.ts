import type { Regions } from "../places/regions.ts";
import { domainWords } from "../text/domain-words.ts";
import { isInformative } from "../text/informative.ts";
import { normalize } from "../text/normalize.ts";
import type { Segmenter } from "../text/segment.ts";
import { aspectsOf } from "./aspects.ts";
import { otherPlacesIn } from "./elsewhere.ts";
import { type Respect, respectOf, respectWords } from "./respects.ts";

/** In characters; what is longer says enough to stand on its own. */
const SHORT = 18;
/** A question that only lacks its subject is shorter still. */
const BARE = 13;
const LEAD = /^(?:那么?|那如果|如果|要是|还有|另外|请问|再问一下|再问下|哦|嗯|好的|换成|如果是|要是)+[,，、 ]*/u;
const TAIL = /[?？。.!！~～ ]+$/u;
/** "那孩子呢", "外地人也一样吗": one thing is exchanged, the rest stays. */
const EXCHANGE = /^(.{1,10}?)(?:的话|的)?(?:呢|又怎么样|怎么样呢|也(?:是)?(?:一样|这样|可以|行|要|能)吗)$/u;
/** "我在海淀", "海淀区的", or the name alone: what was asked is asked of another region. */
const OTHER_REGION = /^(?:我?们?(?:家?住|家?在|是)?(?:在|住)?|是)?(.{2,10}?)(?:的(?:话)?|这边|那边|呢|这里)?$/u;
/** An address is longer, and may begin another matter. */
const REGION_LENGTH = 9;
const POINTING = /^(?:它的?|他们?的?|这个|那个|这种|这项|这事|这件事|这|那)(?!边|里|儿|家|么)/u;
/** Words of asking and doing that fit every subject. */
const EVERYDAY =
  /(?:需要|必须|一定|可以|能够|能不能|可不可以|要不要|用不用|是不是|有没有|什么|啥|哪些|哪里|哪儿|哪个|多少|多久|多长|多大|几个?(?:天|年|月|号|岁|次|工作日)|怎么|咋|如何|谁|材料|证件|手续|条件|资格|要求|费用|收费|免费|花钱|要钱|交钱|钱|标准|时间|时限|期限|有效期|流程|步骤|地方|地址|部门|窗口|电话|网上|线上|手机上?|现场|本人|自己|别人|代办|代领|委托|预约|申请|办理|办好|办完|办成|办下来|办|领取|领到|领|拿到|拿|交|带|准备|提交|提供|去|到|在|找|打|查|下来|出来|结果|最多|最少|最长|最晚|至少|一般|大概|每月|每年|每个月|一次|一年|一个月|有|是|要|能|会|得|算|用|不|没|了|的|吗|呢|啊|呀|吧)/gu;
/** Where a question begins to ask; what comes before it is its subject. */
const ASKING =
  /(?:要|需要|得|该|应该)?(?:带|交|准备|提交|提供|满足|符合|办|去|到|在|找|向|有)?(?:哪些|哪里|哪儿|哪个|什么时候|什么|啥|多少|多久|多长|多大|几(?:个?月|天|年|岁|号|倍|次))/u;
const HOW_OR_WHETHER = /怎么|如何|咋|能不能|可不可以|要不要|是不是|有没有|可以|能/u;
/** After "这个" or "它": no thing is named, so the last one is meant. */
const BEGINS_TO_ASK = /^(?:能|可以|可不可以|要|需要|怎么|如何|咋|什么|多久|多少|几|有|是|会|不|去|在|谁|哪)/u;
const SPEAKER = /^(?:请问|我想问一?下?|我要?|咱们?|自己)/u;

export interface FollowUp {
  /** The whole question, in the citizen's own words. */
  question: string;
  /** The same in fewer words, for a base that has no answer to the whole. */
  shorter?: string;
  /** What took the place of another person, thing or circumstance; an answer has to speak of it. */
  exchanged?: string;
  /** A region was named and nothing else: that may also begin another matter, unless the answer depends on it. */
  regionAlone?: true;
  /** The thing that is asked about: an answer has to be about it, and not only to mention it. */
  thing?: string;
}

/**
 * What a short further question means after the one answered last ("那孩子呢" after "护照怎么办"); `undefined` where it stands on its
 * own. Only what lacks a subject is completed: a question with one is never bent.
 */
export function followUp(
  text: string,
  lastQuestion: string,
  segmenter: Segmenter,
  regions?: () => Regions,
): FollowUp | undefined {
  const said = normalize(text).replace(TAIL, "");
  const last = normalize(lastQuestion).replace(TAIL, "").replace(SPEAKER, "");
  if (said.length > SHORT || last === "" || said === last) return undefined;
  const bare = said.replace(LEAD, "");
  const elsewhere = regions && ofRegion(bare, last, regions);
  if (elsewhere) return elsewhere;
  const exchanged = EXCHANGE.exec(bare)?.[1];
  const own = (part: string) => tellingOf(part, segmenter);
  if (exchanged !== undefined && aspectsOf(exchanged).size === 0) return exchange(exchanged, last, own);
  const further = bare.length > BARE ? undefined : askFurther(bare, last, own);
  if (!further || further.exchanged !== undefined) return further;
  const name = segmenter.segment(last).find((word) => names.has(word));
  return name ? { ...further, thing: name, shorter: name + withoutPointing(bare, last) } : further;
}

/** The last question, asked of the region that is all this one names. */
function ofRegion(bare: string, last: string, regions: () => Regions): FollowUp | undefined {
  if (bare.length > REGION_LENGTH) return undefined;
  const exchanged = EXCHANGE.exec(bare)?.[1];
  const name = exchanged ?? OTHER_REGION.exec(bare)?.[1];
  const region = name === undefined ? undefined : regions().named(name);
  if (!region) return undefined;
  const question = region.name + (regions().mentionedIn(last)?.without ?? last);
  return { question, ...(exchanged === undefined ? { regionAlone: true } : {}) };
}

type Telling = (part: string) => string[];

/** What tells of a subject once asking and doing are taken away. */
const tellingOf = (part: string, segmenter: Segmenter): string[] =>
  segmenter.segment(part.replace(EVERYDAY, " ")).filter(isInformative);

const names: ReadonlySet<string> = new Set(domainWords);
/** Whom a question is about may be added to it; other things only take the place of their like. */
const MAY_BE_ADDED: ReadonlySet<Respect> = new Set(["household", "who"]);

function exchange(word: string, last: string, own: Telling): FollowUp | undefined {
  const thing = word.replace(POINTING, "").replace(/的$/u, "");
  if (thing === "" || /[我你您]/u.test(thing)) return undefined;
  const question = exchangedIn(thing, last, own);
  if (question === undefined) return undefined;
  const respect = respectOf(thing);
  const about = respect && !MAY_BE_ADDED.has(respect) && respect !== "event" ? { thing } : {};
  const short = question.slice(question.indexOf(thing));
  return { question, exchanged: thing, ...about, ...(short.length > thing.length + 2 ? { shorter: short } : {}) };
}

function exchangedIn(thing: string, last: string, own: Telling): string | undefined {
  if (otherPlacesIn(thing)[0] === thing)
    return /北京|本市/u.test(last) ? last.replace(/北京|本市/u, thing) : thing + last;
  const respect = respectOf(thing);
  if (!respect) {
    // A name of the trade opens another matter; anything else is a circumstance.
    const telling = own(thing);
    return telling.length === 0 || telling.some((one) => names.has(one)) ? undefined : thing + last;
  }
  const there = respectWords(last, respect)[0];
  if (there === thing) return undefined;
  if (!there) return MAY_BE_ADDED.has(respect) ? thing + last : undefined;
  // What is to be done changes with what has happened: a lost licence is not renewed.
  if (respect === "event") return `${last.slice(0, last.indexOf(there)).replace(/快$/u, "")}${thing}怎么办`;
  return last.replace(there, thing);
}

function askFurther(bare: string, last: string, own: Telling): FollowUp | undefined {
  const rest = withoutPointing(bare, last);
  if (rest === "" || (aspectsOf(rest).size === 0 && !HOW_OR_WHETHER.test(rest))) return undefined;
  const telling = own(rest);
  const isPointing = rest !== bare && BEGINS_TO_ASK.test(rest) && !telling.some((one) => names.has(one));
  if (telling.length === 0 || isPointing) return { question: subjectOf(last, own) + rest };
  const whom = telling.join("");
  const respect = respectOf(whom);
  const meant = rest !== bare || respect === "household";
  if (!respect || !MAY_BE_ADDED.has(respect) || !meant || !rest.startsWith(whom)) return undefined;
  const there = respectWords(last, respect)[0];
  const subject = subjectOf(there ? last.replace(there, whom) : whom + last, own);
  return { question: subject + rest.slice(whom.length), exchanged: whom };
}

/** "这个补贴怎么领": pointing at a word of the last question says no more than "怎么领". */
function withoutPointing(bare: string, last: string): string {
  const rest = bare.replace(POINTING, "");
  if (rest === bare) return bare;
  for (let length = Math.min(8, rest.length); length >= 2; length--) {
    if (last.includes(rest.slice(0, length)) && respectOf(rest.slice(0, length)) !== "who") return rest.slice(length);
  }
  return rest;
}

/** A question without what it asks for: "第一次办护照去哪里、要什么材料" is about "第一次办护照". */
function subjectOf(question: string, own: Telling): string {
  const [asks, how] = [ASKING.exec(question), HOW_OR_WHETHER.exec(question)];
  const first = [asks, how].filter((found) => found !== null).toSorted((a, b) => a.index - b.index)[0];
  if (!first) return question.replace(/吗$/u, "");
  const head = question.slice(0, first.index).replace(/(?:最多|最少|最长|最低|要等|一共|[,，、 ])+$/u, "");
  const after = question.slice(first.index + first[0].length).replace(/[,，、 ].*$/u, "");
  // "多大可以上小学" asks for what comes with the age; "多久能批下来" is asked for itself.
  if (first === asks && own(head).length > 0 && !/多大|岁/u.test(first[0])) return head;
  const tail = after
    .replace(ASKING, "")
    .replace(/^(?:可以|能)/u, "")
    .replace(/(?:吗|的)$/u, "");
  return own(head + tail).length > 0 ? head + tail : question;
}
