import type { StatutoryMatter } from "../../bots/model/index.ts";
import { normalize } from "../text/normalize.ts";

/** 《北京市接诉即办工作条例》 and GB/T 33358 leave these to the channels that the law names. */
const SIGNS: readonly (readonly [StatutoryMatter, RegExp])[] = [
  [
    "discipline",
    /(举报|检举|揭发|反映|实名)[^。!?]{0,20}(受贿|贪污|腐败|违纪|以权谋私|收(受)?(红包|贿赂|好处)|滥用职权|公款)|(书记|干部|领导|局长|主任|公务员|党员)[^。!?]{0,12}(受贿|贪污|腐败|违纪|以权谋私|收(红包|好处|贿)|吃拿卡要)|纪检|监察委|纪委/,
  ],
  ["disclosure", /(申请|要求|依申请)[^。!?]{0,8}(政府)?信息公开|信息公开申请/],
  [
    "litigation",
    /(法院|法官|判决|开庭|立案|起诉|执行局|强制执行|二审|再审|上诉)[^。!?]{0,14}(不(公|服|执行|立案|开庭|判)|拖|没(有)?(结果|执行|判|动静)|太慢|怎么还)|不服[^。!?]{0,10}(判决|裁定|裁决|仲裁|处罚决定|复议决定)|(申请|提起|正在)[^。!?]{0,6}(行政复议|行政诉讼|仲裁)|仲裁(裁决|委|庭)[^。!?]{0,10}(不公|不服|拖|没结果)/,
  ],
  [
    "petition",
    /信访[^。!?]{0,10}(已经?|正在|受理|没(有)?(答复|结果|回复)|事项|件|复查|复核|办理)|(正在|已经?)[^。!?]{0,4}(信访|上访)/,
  ],
  ["secret", /国家秘密|泄密|涉密|机密文件/],
];

/** The statutory matter that a text brings, by its wording; `undefined` for all that a ticket may be made of. */
export function statutoryMatterIn(message: string): StatutoryMatter | undefined {
  const text = normalize(message);
  return SIGNS.find(([, sign]) => sign.test(text))?.[0];
}
