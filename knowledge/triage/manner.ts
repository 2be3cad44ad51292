import type { Reading } from "../../bots/model/index.ts";
import { normalize } from "../text/normalize.ts";

const any = (...alternatives: string[]): RegExp => new RegExp(alternatives.join("|"), "u");

const VICTIM =
  "(?:你|您|他|她|那个?(?:人|女|男|经理|主任|保安|司机|老板|东西)|这(?:帮|群|个)[^,。;!?]{0,4}|客服|接线员)";
/** Violence that the citizen announces. What others do to the citizen has 我 for its victim and is danger, not abuse. */
const THREAT = any(
  `(?:弄死|打死|砍死|捅死|杀了|杀死|宰了|砍了|捅了|废了|弄残|干死|整死|掐死)${VICTIM}|(?:砍|捅|杀|宰)你|打断${VICTIM}们?的?(?:狗?腿|手)`,
  "(?:让|叫|要)(?:你|他|她)们?(?:全家)?(?:都|们)?(?:死|偿命|不得好死|断子绝孙|横着出|见血)|见一次打一次|(?:找人|带人)(?:去|来)?(?:弄|打|收拾|砍|修理)(?:你|他|她)",
  "小心(?:你|他)们?(?:的|全家|家人|孩子|老婆)*(?:狗命|命|腿|安全)|(?:烧|炸|砸)(?:了|掉|烂)?(?:你们|你家|他家|你们单位)|(?:放火|汽油|拿刀|带刀|提刀)[^,。;!?]{0,6}(?:烧|去|找|见)(?:你|他|物业|居委会|街道|单位)",
);

const SLUR =
  "(?:傻[逼比b叉帽x]|煞笔|沙比|沙雕|(?<![a-z])sb(?![a-z])|废物|智障|弱智|脑残|白痴|蠢货|蠢猪|蠢驴|猪脑|饭桶|狗东西|狗腿子|畜生|混蛋|王八蛋|王八羔|人渣|败类|杂种|贱人|婊子|龟孙|狗娘养|狗日的|死全家|吃屎|脑子有病|神经病|窝囊废|酒囊饭袋)";
const ADDRESSED = "(?:你|您|你们|客服|机器人|接线员|话务员|工作人员|小助手|12345|这机器人|这破机器人)";
const INSULT = any(
  `${ADDRESSED}[^,。;!?]{0,8}${SLUR}|^[^\\p{Script=Han}a-z]*${SLUR}[^\\p{Script=Han}a-z]*(?:$|[,。;!?])`,
  `${SLUR}(?:客服|机器人|接线员|东西|玩意)`,
  "(?:操|艹|草|肏|日|干|曹)(?:你|尼|泥|您)(?:妈|马|吗(?=$|[,。!])|大爷|全家|祖宗|娘|老母)|你(?:妈|娘|爹|全家)(?:死|的[逼比]|了个|b)|(?<![a-z])(?:nmsl|cnm|wcnm|fuck you)(?![a-z])|去你(?:妈|大爷|奶奶)的|(?<!滚)(?:滚|滚蛋|滚粗|去死吧?|闭嘴)(?=$|[,。!])|滚[犊你]",
  "(?:你|你们|客服|机器人)(?:真|就|都|是|这|个|群|帮|些|人|的|服务|太)*垃圾(?![桶站箱车袋分堆房场没满味成处扔收运遍])|垃圾(?:客服|机器人|东西|玩意)",
  "王八蛋|狗日的|狗娘养的|杂种|婊子养",
);
/** Foul words that others used against the citizen are evidence. */
const REPORTED = /(?:骂|辱骂|喊|叫|说)(?:了)?(?:我|我们|俺|咱|人|业主|老人|孩子|他妈|妈|邻居|乘客|顾客|:|")/u;
/** Announced by somebody else. */
const OTHERS_SAY = /(?:扬言|威胁|恐吓|他说|她说|对方说|有人说|邻居说|老板说|说(?:我|老子|他)?要)[^。!?]{0,16}/u;

const ANGER = any(
  "气(?:死|炸|疯|人)|忍无可忍|(?:太|真)(?:过分|欺负人|气人|恶心|黑|坑|离谱|嚣张|不像话)|欺人太甚|无耻|不要脸|黑心|没良心|丧尽天良|没人性|良心(?:被狗|都)|缺德|坑爹",
  "(?:破|烂|垃圾|狗|死)(?:物业|公司|平台|商家|银行|小区|app|软件|中介|医院|学校|单位|地方|玩意|系统)|什么(?:玩意|东西|狗屁|破)|干什么吃的|吃干饭|都是死人|瞎了吗",
  "他妈|她妈的|特么|尼玛|tmd|妈的|妈蛋|卧槽|我[操靠艹]|狗屁|去他|放屁",
  "还让不让人|有没有王法|天理|受够了|凭(?:什么|啥)|难道(?:就)?没人|愤怒|愤慨|强烈(?:谴责|抗议|不满)|怒了|受不了了|简直|崩溃|[!]{2,}|[?]{3,}",
);

/** Speaks for a firm; "我们公司拖欠工资" speaks against one. */
const ENTERPRISE = any(
  "我司|本(?:公司|企业|厂|店)|我(?:企业|厂方)|(?:我们|我|咱们?)(?:是|这|作为)?(?:一家|个)[^,。;!?]{0,14}(?:公司|企业|厂|个体户|小微企业|商户|合作社)",
  "(?:我|我们|这里)是[^,。;!?]{2,24}(?:有限(?:责任)?公司|股份公司|集团)(?=$|[,。;!])",
  "(?:我|我们)是[^,。;!?]{0,14}(?:公司|企业|厂|店)(?:的)?(?:负责人|法人|法定代表人|老板|财务|会计|经办人|行政|人事|股东)|企业(?:名称|全称)(?:是|为|:)",
  "(?:我|我们|咱)(?:公司|企业|厂|单位)(?:想|要|需要|准备|目前|今年|现在|打算|计划|在[^,。;!?]{2,8}(?:注册|经营)|申请|注册|办理|被[^,。;!?]{0,6}(?:罚|查|检查|列入)|的(?:执照|资质|税|年报|注册|账户|项目|厂房|经营))(?![^,。;!?]{0,8}(?:拖欠|不发|欠|裁|辞退|克扣))",
);

type Manner = Pick<Reading, "abuse" | "anger" | "enterprise">;

/**
 * How a message is written rather than what it is about. Foul words about a matter ("这破物业") are anger; abuse is aimed at persons: at whoever reads
 * it, or as a threat at somebody. What others said to the citizen is neither. An emergency in the same message stands on its own.
 */
export function mannerOf(message: string): Manner {
  const text = normalize(message);
  const threat = THREAT.exec(text);
  const threatens = threat !== null && !OTHERS_SAY.test(text.slice(Math.max(0, threat.index - 20), threat.index));
  const insult = INSULT.exec(text);
  const insults =
    insult !== null && !REPORTED.test(text.slice(Math.max(0, insult.index - 14), insult.index + insult[0].length));
  return {
    ...(threatens ? { abuse: "threat" } : insults ? { abuse: "insult" } : {}),
    ...(ANGER.test(text) || ANGER.test(message) ? { anger: true } : {}),
    ...(ENTERPRISE.test(text) ? { enterprise: true } : {}),
  };
}
