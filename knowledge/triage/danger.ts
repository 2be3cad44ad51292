import type { Danger } from "../../bots/model/index.ts";
import { normalize } from "../text/normalize.ts";

/** In the order in which they are to be tried: what kills first comes first. */
const SIGNS: readonly (readonly [Danger, RegExp])[] = [
  [
    "suicide",
    /自杀|轻生|不想活|想死(?!你|了我)|活不下去|活着没(意思|意义|劲)|结束(自己的)?生命|割腕|(要|想|准备|正在|有人)(从.{0,6})?跳(楼|桥|河)|跳楼(?!价|甩卖|大)|寻短见|遗书/,
  ],
  [
    "gas",
    /(燃气|煤气|天然气|液化气|瓦斯)[^,。;!?]{0,6}(泄漏|泄露|漏(?!水)|爆炸|味)|漏(煤气|燃气|天然气)|(煤|燃)气(味|罐漏|爆)|(一股|很大|有|闻到)[^,。;]{0,4}(煤气|燃气|天然气|瓦斯)[^,。;]{0,3}味|煤气中毒|一氧化碳中毒/,
  ],
  [
    "fire",
    /(着|起|失)(大)?火(?!车|锅|气)|火灾|(浓|大|冒|黑)烟[^,。;]{0,6}(滚滚|窜|火|很大|进)|冒(浓|黑)烟|烧起来|火势|火苗|爆炸|自燃/,
  ],
  [
    "medical",
    /晕倒|昏倒|昏迷|不省人事|没(有)?(呼吸|心跳|意识|知觉)|心梗|心脏病(发作|犯)|大出血|(流|出)了?(好|很)多血|血流不止|抽搐|休克|(食物|农药|酒精)中毒|噎住|溺水|落水|掉(进|到)(河|湖|水|井|坑)|救护车|生命危险|快不行了|急救|中风了|脑溢血|羊水破|摔(下来|断|得).{0,8}(不能动|动不了|流血)|坠楼/,
  ],
  [
    "crime",
    /抢劫|持刀|持械|拿(着)?刀|砍(人|伤|我)|杀人|绑架|劫持|入室|(正在|有人|被人?|要|一直|天天|老公|丈夫|对方)[^,。;]{0,6}(打(人|我|架|起来|伤)|殴打|群殴)|打起来|打群架|家暴|强奸|性侵|猥亵|(被|有人)(跟踪|尾随|囚禁|拘禁|非法拘禁)|偷(了|东西|车|窃)|小偷|撬(门|锁)|炸弹|斗殴|拐卖|孩子(丢|被.{0,3}抱走|不见)/,
  ],
  [
    "traffic",
    /车祸|撞(了|倒|上|伤|死|到)(人|行人|老人|孩子|我|他|她|树|护栏|一个)?|被.{0,8}车.{0,4}撞|追尾|翻车|两车相撞|肇事/,
  ],
  [
    "electric",
    /触电|漏电|被电(到|了|伤|着)|(电线|高压线|电缆|线缆)[^,。;]{0,8}(断|掉|垂|落|裸露|冒火|打火|着|拖地|耷拉)|(变压器|配电箱|电箱|电表箱|电闸|插座|充电桩)[^,。;]{0,6}(冒(火|烟)|爆|打火|火花|着)|火花/,
  ],
  [
    "collapse",
    /(?<!崩)(塌(了|陷|方|下|落|掉)|坍塌|倒塌|垮塌|(楼|房子?|墙|屋顶|桥|围墙|脚手架|塔吊|广告牌|大?树)[^,。;]{0,6}(要塌|要倒|快塌|快倒|倒了|塌|砸(到|中|伤)))|(外墙|墙皮|玻璃|瓷砖|广告牌|空调外机|吊篮)[^,。;]{0,6}(掉下来|坠落|脱落|砸|往下掉|要掉)|被埋|被困(?!扰)|困在电梯|电梯[^,。;]{0,6}(困人|困住|坠|急速下)/,
  ],
];

/** It is over, or told of another time. */
const PAST =
  /去年|前年|上个?月|上周|上个?星期|上半年|以前|之前|曾经?|当时|那次|上次|昨天|前天|前几天|几年前|多年前|\d{4}年|年前|早就|已经?(扑灭|灭了|救出|送医|解决|修好|处理)|[一二三两四五六七八九十\d]+年|后来|的事(情|儿)?|过(?=没有|吗|了|,|。|$)|事故(责任|认定|赔偿|报告|鉴定|处理)|发生过/;
/** It may happen, it must not happen, or only its rules are asked for. */
const NOT_REAL =
  /(没|没有|不是|并非|未|不会|别)[^,。;]{0,3}$|(防止|预防|避免|以防|以免|谨防|担心|怕|害怕|万一|如果|假如|一旦|要是|容易|可能|会不会|是否会|极易|存在|怎么防|杜绝|禁止)[^,。;]{0,10}$/;
const ONLY_TALK =
  /^[^,。;]{0,6}(隐患|风险|保险|险|演练|演习|演戏|预案|预防|防范|宣传|培训|知识|警报器|报警器|逃生|救援队|报警电话|认定|统计|率|片|电影|新闻|小说|热水器|补贴|补助|救助|赔偿|理赔|责任|怎么(赔|认定|索赔|理赔)|算(不算)?工伤|肇事方)/;
/** A clear sign that it goes on now outweighs what speaks of the past. */
const NOW = /现在|正在|刚刚?|救命|快来|赶紧|马上|还在|快点|此刻|眼下/;

const CLAUSE = /[^,。;!?\n]+/g;

/**
 * Danger to life or property that the text speaks of as going on now. Negations ("没有着火"), past events ("去年着火的事"),
 * fears and rules ("防止触电", "火灾隐患", "交通事故认定") do not count; in doubt it does.
 */
export function dangerIn(message: string): Danger | undefined {
  const text = normalize(message);
  const now = NOW.test(text);
  const clauses = text.match(CLAUSE) ?? [];
  const found = SIGNS.find(([, sign]) => clauses.some((clause, i) => goesOn(sign, clause, clauses[i - 1] ?? "", now)));
  return found?.[0];
}

/** Whether the sign stands in the clause as something that is happening. `previous`: the clause before, which may set it in the past. */
function goesOn(sign: RegExp, clause: string, previous: string, now: boolean): boolean {
  const found = sign.exec(clause);
  if (!found) return false;
  const before = clause.slice(0, found.index);
  const after = clause.slice(found.index + found[0].length);
  if (NOT_REAL.test(before) || ONLY_TALK.test(after)) return false;
  return now || !(PAST.test(clause) || PAST.test(previous));
}
