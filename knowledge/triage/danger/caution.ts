import { normalize } from "../../text/normalize.ts";

/** Words that people in danger use, whatever the sentence around them; most who use them are in none. */
const WORDS = new RegExp(
  [
    "血|晕|昏|抽搐|抽过去|喘不|窒息|噎|呛|呕|恶心|没知觉|叫不醒|没(?:气|呼吸|反应)|倒(?:在)?地|躺在[^,。;]{0,6}(?:地|路)|羊水|要生了|难产|中毒|误服|吞|喝(?:了)?[^,。;]{0,3}(?:农药|敌敌畏|百草枯)|缺氧|休克",
    "溺|淹(?!没了?(?:路|车))|落水|掉(?:进|到|下)[^,。;]{0,4}(?:水|河|湖|井|坑|沟|楼|轨)|涨水|洪水|水[^,。;]{0,4}(?:涨|漫)(?:上来|进|到)|冲走",
    "着火|起火|失火|火苗|大火|火光|火花|火星|烧(?:着|起|到|伤)|冒烟|浓烟|黑烟|烟很?大|焦(?:糊)?味|刺鼻|煤气|燃气[^,。;]{0,6}(?:味|响)|滋滋|嘶嘶|爆炸|炸了|噼啪",
    "触电|漏电|电(?:到|着|麻)|电线[^,。;]{0,6}(?:断|掉|垂|拖|冒)",
    "塌(?!实)|要倒|要掉|快(?:倒|掉)|摇晃|晃悠|悬(?:着|在)|砸(?:到|中|伤|人|门)|坠|被困|困(?:在|住)|反锁|锁在|关在|爬(?:到|上|出)[^,。;]{0,6}(?:窗|顶|塔|护栏)|站在[^,。;]{0,4}(?:楼顶|窗|桥|天台)",
    "被(?:车|电动车)?撞|撞(?:了|到|伤)人|翻车|追尾",
    "救命|救人|求救|快来人|报警|惨叫|尖叫|打人|打我(?!电话)|打起来|打架|动手|殴|(?:拿|持|举|掏)[^,。;]{0,4}(?:刀|斧|棍|枪)|菜刀|抢(?:劫|走|我)|撬|砍(?:人|我|伤)|绑架|威胁|跟踪|尾随|闯(?:进|入)|翻窗|踹门|发疯|失踪|走丢|走失|找不到(?:孩子|老人|人)|(?:孩子|老人)[^,。;]{0,4}(?:不见|找不到|丢了|没回来)",
    "不想活|快不行|受伤|伤(?:了|到)人|出人命|生命危险|马蜂|疯狗|毒蛇|咬(?:人|伤|了)",
  ].join("|"),
);
/** Fears, rules and old stories. */
const NOT_NOW =
  /去年|前年|以前|之前|曾经|上个?月|隐患|以防|防止|预防|避免|万一|担心|怕|演练|保险|赔偿|认定|证明|如何|怎么(?:办理|申请)|政策|规定/;

/**
 * Whether somebody may be in danger although nothing says so plainly: reason enough to name the emergency numbers in half a sentence, and
 * not enough to interrupt. It errs towards naming them.
 */
export function mayBeDanger(message: string): boolean {
  const text = normalize(message);
  return WORDS.test(text) && !NOT_NOW.test(text);
}
