import type { Slot } from "../../../bots/model/index.ts";
import { asciiInPlace } from "../../../bots/phones.ts";
import type { Span } from "./span.ts";
import { CLOCK, LENGTH, PART, PERIODIC, POINT, TO, UNTIL_NOW } from "./time/grammar.ts";
import { periodOf } from "./time/period.ts";

const END = `(?:${UNTIL_NOW}(?!年)|(?:第二天|次日|转天)?的?(?:${POINT}|${PART}|天亮)|(?:第二天|次日|转天))`;
const EVERY = `${PERIODIC}(?:${TO}(?:第二天|次日)?(?:${PART})?(?:${CLOCK})?)?`;
const RANGE = `(?:(?:从|自)?${POINT}(?:开始|起)?${TO}${END}|(?:从|自)${POINT}(?:开始|起|以来|就)?|${POINT}(?:开始|起(?![来床诉火])|以来))`;
/** Parts of the day alone: only where something goes on in it. */
const PART_ONLY = `${PART}(?=一?直|就|还|总|老|也|都|在|施工|有人|吵)`;

const FORMS = [EVERY, RANGE, POINT, LENGTH, PART_ONLY];
const ALL = new RegExp(FORMS.map((form) => `(${form})`).join("|"), "g");
const [PERIODICAL, RANGED, POINTED, LASTS] = [1, 2, 3, 4];

/** Right before a time: rules and notices, not events; a question's 几点. */
const BEFORE_RULE =
  /(?:营业时间|开放时间|上班时间|办公时间|工作时间|规定|通知说?|公告|承诺|说好|约定|合同|约好|预约|截止|限期|要求|必须|应该|应当|最晚|最迟|保证|答应|不得晚于|第|满|近|我今年|他今年|孩子今年|刚满)[^,，。;；!！?？\n]{0,6}$/;
/** Right after a time: deadlines, ages, prices, models, terms of contracts. */
const AFTER_RULE =
  /^(?:之?内|以内|之前|以前|前(?!后)|后(?!来|半)|之后|到期|截止|(?:都|已经|才|就)?[\d一二三四五六七八九十百两]{0,4}多?周?岁|[款版型级届]|的?(?:工资|房租|租金|租期|合同|质保|保修|保质期|工龄|驾龄|房龄|年费|月费|会员|套餐|有效期|无理由|试用|学费|押金|账单|奖金|年假|产假|假期|工期|寿命|经验|租约)|营业|服务|热线|便利|制|期限|一次|一个月|一年|多少|能|可以|是不是|有没有|几|年级|女孩|男孩|孩子)/;
const UNCERTAIN = /(?:几|多少|什么|哪)[^,，。;；]{0,1}$/;
/** Words that set even a question's time in the past. */
const SURELY_PAST =
  /昨|前天|前晚|上上?个?(?:周|星期|礼拜|月)|去年|前年|刚才|刚刚|前几天|前两天|前些天|前阵子|(?<!以|之)前$|已经|连续|持续|开始|以来|从|今早|今晨/;

const TRAIL = /(?:[就没了的来都]|一直|还没|也没)+$/u;

/** What fits better: with a time of day before a bare year; a stretch before its beginning. */
function weightOf(kind: number, words: string): number {
  const precise = /[点时:]|早|晚|夜|凌晨|上午|中午|下午/.test(words) ? 2 : /[日号天周末节]/.test(words) ? 1 : 0;
  const kinds: Record<number, number> = { [PERIODICAL ?? 0]: 3, [RANGED ?? 0]: 4, [POINTED ?? 0]: 2, [LASTS ?? 0]: 1 };
  return (kinds[kind] ?? 0) + precise;
}

/**
 * When it happened, or how long it has gone on, in the citizen's words; where several times are told, the most precise. `period` when it can be
 * put on the calendar seen from `at`. `isQuestion`: times in it are opening hours and rules unless they are plainly past.
 */
export function occurredAtIn(
  message: string,
  { at, isQuestion }: { at: Date; isQuestion: boolean },
): (Span & Pick<Slot, "period">) | undefined {
  const text = asciiInPlace(message);
  const found = [...text.matchAll(ALL)].flatMap((match) => {
    const kind = match.findIndex((group, i) => i > 0 && group !== undefined);
    const words = match[0].replace(kind === LASTS ? TRAIL : /[就没了的都]$/u, "");
    const isTime = words.length >= 2 && happens(text, match.index, match[0], words, kind);
    if (!isTime || (isQuestion && !SURELY_PAST.test(words))) return [];
    return [{ start: match.index, end: match.index + words.length, words, weight: weightOf(kind, words), kind }];
  });
  const [best] = found.sort((one, other) => other.weight - one.weight || one.start - other.start);
  if (!best) return undefined;
  const period = best.kind === PERIODICAL ? undefined : periodOf(best.words, at);
  return { start: best.start, end: best.end, ...(period && { period }) };
}

function happens(text: string, start: number, matched: string, words: string, kind: number): boolean {
  const before = text.slice(Math.max(0, start - 10), start);
  const after = text.slice(start + words.length, start + words.length + 8);
  if (BEFORE_RULE.test(before) || UNCERTAIN.test(before)) return false;
  if (kind === LASTS && /^[个]?(?:前|后)/.test(text.slice(start + matched.length))) return false;
  // "一点" is a bit and "三点" may count demands; a bare hour needs more than that.
  if (/^(?:\d{1,2}时|[〇零一二两三四五六七八九十]{1,3}[点时])$/.test(words)) return false;
  return !AFTER_RULE.test(after);
}
