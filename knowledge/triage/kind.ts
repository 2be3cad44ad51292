import type { Danger, Intent, RequestKind } from "../../bots/model/index.ts";
import { normalize } from "../text/normalize.ts";

/** What citizens call it themselves decides before anything else. */
const NAMED: readonly (readonly [RegExp, RequestKind])[] = [
  [/举报|检举|揭发/, "report"],
  [/投诉|控告|曝光/, "complaint"],
  [/建议(?!书)|提议|能不能(增设|增加|加装|设置|安装|延长)|是不是可以(增|加|设|改)/, "suggestion"],
  [/表扬|点赞|锦旗|(非常|特别|衷心|真心|万分|十分)感谢|感谢.{2,}(帮|解决|热心|负责|及时|耐心)/, "praise"],
  [/求助|救助|求(帮|你们|您)|帮帮|帮(我|忙|助)/, "help"],
];

/** Breaches of the law that an enforcing unit has to pursue. */
const UNLAWFUL =
  /违(法|建|规(搭|建|经营|排|生产|操作|改))|私搭|无证|无照|黑(车|中介|诊所|作坊|导游|网吧)|偷(排|倒|税)|赌博|传销|非法|假(货|冒|药|酒|证)|群租|套牌|回扣|受贿|造假|虚假宣传|无资质|卖淫|吸毒|冒用|诈骗/;

/** Somebody did something wrong to the citizen, or does not do their duty. */
const WRONGED =
  /不作为|不管|没人管|不退|不给|不理|拒|推诿|踢皮球|态度|敷衍|乱收费|强制|拖欠|欠薪|不发工资|扰民|吵|噪音|噪声|骗|坑|霸王|涨价|收了.{0,8}(费|钱)|占(道|用|着)|乱(扔|倒|停|堆)|油烟|骚扰|跑路|太(差|慢|过分)|辱骂|克扣|违约|质量(差|问题)|变质|过期/;

/** 诉求类型 of a message, from what it says and what it wants. */
export function kindOf(message: string, intent: Intent, danger: Danger | undefined): RequestKind {
  if (danger) return "emergency";
  if (intent === "question") return "consultation";
  const text = normalize(message);
  const named = NAMED.find(([sign]) => sign.test(text));
  if (named) return named[1];
  if (intent !== "request") return "consultation";
  if (UNLAWFUL.test(text)) return "report";
  return WRONGED.test(text) ? "complaint" : "help";
}

/** Whether the words themselves settle the kind: the citizen names it, or tells of a breach of the law. */
export function namesItsKind(message: string): boolean {
  const text = normalize(message);
  return UNLAWFUL.test(text) || NAMED.some(([sign]) => sign.test(text));
}
