import type { Span } from "./span.ts";

const STOP = "。！？!?；;\\n";
/** What 要求 is said of here demands something of the citizen. */
const OTHERS =
  "(?:物业|学校|公司|老板|他们|对方|商家|店家|房东|中介|医院|银行|平台|客服|单位|领导|老师|规定|政策|上面|开发商|驾校|机构)";
const AMENDS = "(?:退|赔|修|道歉|整改|恢复|处理|还(?!是|有)|停止|拆|解决|发工资|补发)";
/** Wishes to the authorities, the plainest first. 请问 and 请假 begin none. */
const OPENINGS = [
  `(?:我们?|本人|居民|业主)?(?:强烈)?(?:希望|(?<!${OTHERS}(?:却|还|又|都|就|强制|一直)?)要求(?!我|员工|家长|业主|居民|本人)|恳请|恳求|请求|盼望?|诉求(?:是|为|[:：])|想要(?!问|咨询|了解|知道)|建议)(?!(?:是|有)?(?:什么|哪些|吗))`,
  `(?:请|麻烦|烦请|劳烦)(?:你们|您|您们|贵单位|政府|领导|有关|相关|派|尽快|及时|立即|马上|处理|解决|帮|协调|核实|查处|督促|管|来|给|安排|物业|社区|街道|部门)`,
  `(?:尽快|赶紧|马上|立即|早日)(?:处理|解决|修|恢复|整改|清理|派人|安排|退|来)`,
  `能不能(?:派人|给|帮|来|尽快|把|让|管)`,
  `(?:让|叫|督促)${OTHERS}(?=[^，,${STOP}]{0,16}${AMENDS})`,
  `(?:${OTHERS}(?:必须|应该|应当|得)|必须|应该|应当)(?:给我)?(?=${AMENDS})`,
  `(?:求|请)?帮(?:我们?|忙|助)(?=协调|处理|解决|要|找|催|查|联系|看看|把|讨|问问)`,
  `(?:我们?)?(?:就|只|还)?(?:想|要)(?:讨|要|求|给)?(?:一)?个(?=说法|公道|解释|答复|交代)`,
  `(?:我们?)?(?:就|只)?(?:想|要)(?=把[^，,${STOP}]{1,12}(?:退|要回|拿回|修)|拿回|要回|讨回|退款|退费|退钱|赔偿)`,
];
const WANTS = OPENINGS.map((opening) => new RegExp(`${opening}[^${STOP}]{1,80}`, "u"));
const MIN_LENGTH = 4;
/** Where a number or a name to call begins, the wish has ended: "希望尽快补上，13800000000". */
const CONTACT =
  /[，,、\s]*(?:(?:我的|本人)?(?:联系)?(?:电话|手机|号码|微信)(?:号码?)?(?:是|为|[:：])?\s*|联系人.{0,6}|我(?:叫|姓).{1,4}[，,\s]*|\p{Script=Han}{1,3}(?:先生|女士|小姐|同志|师傅|阿姨|大爷|大妈|老师)[，,：:\s]*)?[（(]?(?:\+?86[-\s]?)?[0-9０-９][0-9０-９\-－\s]{5,}.*$/u;

/** What the citizen wants done, up to the end of the sentence. */
export function wantsIn(message: string): Span | undefined {
  for (const form of WANTS) {
    const found = form.exec(message);
    const words = found?.[0].replace(CONTACT, "").replace(/[，,、\s]+$/u, "") ?? "";
    if (found && words.length >= MIN_LENGTH && !/吗$/.test(words))
      return { start: found.index, end: found.index + words.length };
  }
  return undefined;
}
