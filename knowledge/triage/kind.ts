import type { Danger, Intent, RequestKind } from "../../bots/model/index.ts";
import { normalize } from "../text/normalize.ts";
import type { LetterKind } from "./letter-kind.ts";

const any = (...alternatives: string[]): RegExp => new RegExp(alternatives.join("|"));

/** Something new is wished for, rather than something broken mended. */
const PROPOSED =
  "(?:增|多(?:加|放|装|设|派|开|种|建|几|点)|加(?:个|装|设|一|开|强|大)|开(?:通|设|个|几|一趟)|设(?:立|置|个|一)|装(?:个|一|上)|画(?:个|一|条)|建(?:个|一|设)|盖|延(?:长|到)|改(?:成|为)|推出|优化|规范|搞(?:个|一)|弄(?:个|一)|挪|调(?:长|整|到)|错峰|能出|限制|取消)";
export const SUGGESTS = any(
  "建议(?!书|没人)|提议|提个?(?:建议|想法|意见)|算是个建议",
  `(?:能不能|能否|可不可以|可否|是不是可以|是不是能|可以考虑)(?!派|来)[^,。!?;]{0,14}${PROPOSED}`,
  `(?:希望|盼望?|想让|应该|最好|不如|要是能?|如果能)[^,。!?;]{0,14}${PROPOSED}`,
  "(?:要是|如果|再)[^。!?;]{1,24}就(?:更)?好了|我觉得(?:应该|可以)|不如把",
);
/** 感谢 alone may close any message; here somebody did something well. */
export const PRAISES = any(
  "表扬|点个?赞|锦旗|好评|表彰",
  "(?:非常|特别|衷心|真心|万分|十分)感谢|感谢.{2,}(?:帮|解决|热心|负责|及时|耐心|好了|搬|送)|感谢(?:你们|您)[,，].{0,12}(?:好了|通了|来了|解决)",
  "(?:谢谢|感谢)(?:环卫|民警|社区|医生|护士|师傅|司机|志愿|消防|工作人员|街道|物业)|(?:师傅|民警|医生|司机|志愿者|工作人员|小姑娘|小伙|队员?)[^。!?;]{0,12}(?:特别好|太好了|太棒|真好|真棒|辛苦了|真负责|热心)|效率(?:真|很|特别)高",
);

/** What citizens call it themselves decides before anything else. */
const NAMED: readonly (readonly [RegExp, RequestKind])[] = [
  [/举报|检举|揭发/, "report"],
  [/投诉|控告|曝光/, "complaint"],
  [SUGGESTS, "suggestion"],
  [PRAISES, "praise"],
  [/求助|救助|求(帮|你们|您)|帮帮|帮(我|忙|助)/, "help"],
];

/** Breaches of the law that an enforcing unit has to pursue. */
export const UNLAWFUL = any(
  "违(?:法|建|规(?!定)|章)|私(?:搭|建|自|拉)|擅自|承重墙|乱搭|加盖",
  "无证|无照|无牌|没(?:有)?(?:营业执照|许可证|资质|卫生)|压根没证|没证|无资质|没有?备案",
  "黑(?:车|中介|诊所|作坊|导游|网吧|店|水|工厂|心)|小作坊|窝点|偷(?:排|倒|税|油|采|电)|盗(?:采|伐|窃)|倒卖|走私|收赃|赃车|报废车|套牌|改装车|炸街",
  "赌博|聚赌|赌场|传销|卖淫|嫖|吸毒|贩毒|非法|回扣|受贿|造假|洗钱",
  "假(?:货|冒|药|酒|烟|证|疫苗)|地沟油|变质水果|三无|虚假(?:宣传|广告)|掺(?:水|假)|洗脑|坑老|保健品",
  "群租|冒用|诈骗|未成年人?进|电子烟|野生动物|捕鸟|电鱼|占(?:用)?耕地|砍伐|焚烧秸秆|偷偷排|没盖篷布|地下室[^,。]{0,4}住人|消防通道[^,。]{0,4}锁",
);
/** A deal of the citizen's own that went wrong: a complaint even when the other side broke the law. */
const OWN_DEAL =
  /不退|不给退|退(钱|款|费)|拉黑|不承认|不认账|不理我|不赔|(我|俺)(们)?[^,。]{0,4}(买|花|交|充|付|订|租|报名)|买的|骗我|推脱/;

/** Somebody did something wrong to the citizen, or does not do their duty. */
const WRONGED = any(
  "不(?:作为|管|退|给|理|赔|接|发|让|修|来|办|认|承认|干活|按|停车|兑现|负责|归|还|交社保|签|处理|解决|打扫|送|回复|作声|公示|通知|开发票)|没人管|拒|推诿|踢皮球|推三阻四|来回推|互相推|爱答不理|拖(?:欠|着|了|延|拖拉拉)|敷衍|态度|石沉大海",
  "乱(?:收费|收|扔|倒|停|堆|涨|放|扣|搞)|强(?:制|迫|买|卖|拆)|霸(?:王|占)|私自涨|涨(?:价|停车)|多收|扣(?:了|着|我|钱|押金)|吞了|收了.{0,10}(?:费|钱|万|块)|光收钱|短斤|缺斤|不兑|跑路|倒闭|关门(?:了)?不|卷款|欠薪|克扣|违约|骗|坑|黄牛|绕路|拒载|甩站|宰客",
  "扰民|吵|噪音|噪声|低音炮|音响|震天|咚咚|打桩|通宵|狗(?:一天|天天|整天|半夜|叫)|一天到晚叫|外放|油烟|臭味|占(?:道|用|着|了|据|满)|堵住盲道|堵着|骚扰|推销|辱骂|骂|打骂|推了一把",
  "太(?:差|慢|过分|贵|坑)|质量(?:差|问题)|变质|过期|发臭|吃出|翻新|裂缝|就坏|事故车|甲醛|没房|货不对|送错|弄丢|丢了[^,。]{0,3}不|坏了不认|给我(?:开|弄坏|修坏)|让家长|没下文|让我自己|开了一堆|摆设|跑了[^,。]{1,3}趟|一天一变|掉线|返味[^。]{0,6}说|半小时都不|不打扫",
);

/** What a letter is called stands at its beginning; further on such words are part of the story. */
const HEAD = 30;

/** 诉求类型 of a message, from what it says and what it wants; `manner`, where there is one, knows letters by how they are put. */
export function kindOf(message: string, intent: Intent, danger: Danger | undefined, manner?: LetterKind): RequestKind {
  if (danger) return "emergency";
  const byManner = manner?.(message);
  const text = normalize(message);
  const named = NAMED.find(([sign]) => sign.test(byManner ? text.slice(0, HEAD) : text));
  if (intent === "question" && !byManner) return "consultation";
  if (named) return named[1];
  if (byManner) return byManner;
  if (intent !== "request" && intent !== "unclear") return "consultation";
  if (UNLAWFUL.test(text)) return OWN_DEAL.test(text) ? "complaint" : "report";
  if (WRONGED.test(text)) return "complaint";
  return intent === "request" ? "help" : "consultation";
}

/** Whether the words themselves settle the kind: the citizen names it, or tells of a breach of the law. */
export function namesItsKind(message: string): boolean {
  const text = normalize(message);
  return UNLAWFUL.test(text) || NAMED.some(([sign]) => sign.test(text));
}
