/** Messages about the conversation itself rather than about a matter. All take normalised text. */

const TAIL = /[\s,.。!?！？~、…；;:：]+$/u;
const bare = (text: string) => text.replace(/[\s,。!?~、…;:."'“”]+/gu, "");

const COURTESY =
  /^((你|您)们?好[啊呀哇]?|哈[喽啰罗]|hello|hi|hey|喂|嗨|在吗|在不在|在么|早上好|上午好|中午好|下午好|晚上好|早安?|客服(你|您)好|领导(你|您)?好?|同志(你|您)?好?|小助手|打扰(一下|了)?|麻烦(你|您)?了?|劳驾|不好意思)[\s,。!?~、:;.]*/;

/** The text without greetings before its matter. */
export function stripCourtesy(text: string): string {
  let rest = text;
  for (let next = rest.replace(COURTESY, ""); next !== rest && next !== ""; next = rest.replace(COURTESY, ""))
    rest = next;
  return rest.replace(TAIL, (end) => (/[?？]/.test(end) ? "?" : ""));
}

const HUMAN =
  /(转|接|找|叫|换|要|联系|呼叫)(个|一下|到|一个)?(人工|真人|活人|坐席|座席|接线员|话务员|工作人员)|人工(客服|坐席|座席)|^人工(服务|接听)?$|真人(客服|服务)|(跟|和|与|同)(真?人|活人|工作人员)(说话|聊|通话|沟通|对话|说)|(不要|不想|别)(跟|和|用)?机器人|^(找|要|转|接)?客服$|^(人工)+$|(叫|找|让)(个)?(你们)?(领导|经理|主管|负责人)(来|跟|和|出来|接|说)|有没有(真人|活人|人工)|(跟|和|找)工作人员/;

export const asksForHuman = (text: string): boolean => HUMAN.test(bare(text));

const OWN_CASE = "(工单|单子|诉求|投诉|举报|反映|建议|求助|案件|事情|事儿|事|问题|编号|件)";
const PROGRESS: readonly RegExp[] = [
  /^(我?要?想?(查|看|问)(询|看|问|一下)*(一下|下)?)?(我的|办理|处理|最新)?(的)?(进度|进展|结果)(查询|怎么样了?|如何了?|呢)?$/,
  new RegExp(
    `(查|看|问)(询|看|问)?(一下|下)?(我|之前|上次|上回)*(的|提交的|反映的|投诉的|举报的|报的)*${OWN_CASE}(的)?(进度|进展|结果|状态|到哪)?`,
  ),
  new RegExp(`我的${OWN_CASE}(进度|进展|结果|状态|呢|在哪|到哪|怎么样|处理|办|有)?`),
  new RegExp(
    `${OWN_CASE}(的|处理|办理|办)*(进度|进展|到哪一?步|怎么样了|有结果|有消息|有回音|有答复|有回复|受理了|派单了|派到)`,
  ),
  /(处理|办理?|解决|查)(得|的)?(怎么样|咋样|如何|到哪一?步|到什么程度)了|有(处理)?(结果|消息|下文|回音|进展|答复)了?(吗|没|么)|到哪一?步了/,
  /我(之前|上次)?(提交|反映|投诉|举报|报|说)的.{0,8}(多久|什么时候|啥时候|何时|几天).{0,4}(回复|处理|答复|结果|解决|办)/,
  /(工单|单子|诉求)(怎么|咋)?(到现在|一直)?(还|都)?(没|没有|无)(人|结果|消息|动静|回复|处理|联系)/,
  /(上次|之前|昨天|前天|上周|上礼拜|上个?月|前几天)(打电话|给你们|我)?(反映|投诉|举报|报|说)(过)?的.{0,16}(什么时候|啥时候|多久|有(人|说法|结果|回音)|处理|管了)/,
  /催(办|单|一下|一催|催|促)|(帮|给)我催/,
  /(上次|之前|昨天|前天|前几天|上周|上个?月|前阵子)(我)?(反映|投诉|举报|提交|报|说)的.{0,24}(怎么样|结果|处理了吗|解决了吗|进展|进度|回复|答复|没(有)?(人)?(消息|回|动静))/,
  /查.{0,6}\d{14}|\d{14}.{0,12}(进度|进展|怎么样|结果|查|状态|催|到哪|办|处理)|^(工单|编号|工单号|单号)?:?\d{14}$/,
];
/** "怎么查社保缴费进度" is about something else than a request made here. */
const OTHER_PROGRESS =
  /(社保|公积金|医保|落户|摇号|身份证|护照|居住证|申请|审核|审批|报销|退税|快递|贷款|办证|营业执照).{0,12}(进度|进展|结果|状态)/;

export function asksAboutProgress(text: string): boolean {
  const plain = bare(text);
  if (OTHER_PROGRESS.test(plain) && !/工单|诉求|投诉|\d{14}/.test(plain)) return false;
  return PROGRESS.some((sign) => sign.test(plain));
}

const HELP =
  /^(帮助|help|菜单|主菜单|使用(帮助|说明|方法)|说明|功能|(这个|你)?(怎么|如何)(使用|用|操作)(你|这个|本系统|小助手)?(啊|呀|呢|啦)?|(你|您|这里?|这个)?(都)?(能|会|可以)(做|干|办|帮我?做?|处理)(些)?(什么|啥|哪些事?)(呀|啊|呢)?|你(都)?会(些)?(什么|啥)|有(什么|哪些)功能|(你|这)是(干|做)(什么|啥|嘛)的|(你)?(能|可以)帮我?(干|做)(什么|啥)|你能干(什么|啥|嘛)|新手(指引|指南)|\/(help|start|menu))$/;

export const asksForHelp = (text: string): boolean => HELP.test(bare(text)) || /^[?]$/.test(text.trim());

const SMALL_TALK =
  /^((你|您)们?好[啊呀哇吗]?|哈[喽啰罗]|hello|hi|hey|喂|嗨|在吗|在不在|在么|有人吗|(早上|上午|中午|下午|晚上|大家)好|早安?|晚安|早|(非常|十分|太|多|真是?)?(谢谢?|感谢)(你|您|啦|了|啊|你们|您们|大家|哈|客服)*|多谢|谢+|辛苦(了|你了|您了)?|再见|拜+|88|886|好的?(吧|呀|啊|哒|嘞|谢谢)?|行(吧|了)?|嗯+|哦+|噢|ok|okay|哎+|唉+|知道了?(谢谢(你|您)?)?|明白了?(谢谢(你|您)?)?|谢谢(你|您|你们)的(帮助|解答|回复|服务)|收到|没事了?|没有了|不用了(谢谢)?|哈+|呵+|嘿+|嘻+|(你|您)是(谁|哪位|什么|机器人|真人|人)(吗|啊|呀|还是机器人)?|(你|您)叫(什么|啥)(名字)?|(你|您)(几岁|多大)了?|你是人工智能吗?|你?真(棒|好|聪明|不错)|讲个?笑话|(给我)?(讲|唱|说)(一?个|一?首)(笑话|歌|故事)|在干嘛|吃了吗|无聊|好无聊啊?)$/;

/** Longer messages have a matter, however they begin. */
const SMALL_TALK_LENGTH = 40;

/** Greetings, thanks and the like, and nothing else. */
export function isSmallTalk(text: string): boolean {
  if (text.length > SMALL_TALK_LENGTH) return false;
  if (SMALL_TALK.test(bare(text))) return true;
  const parts = text.split(/[\s,，.。!?~、…;:]+/).filter(Boolean);
  if (parts.length > 0 && parts.every((part) => SMALL_TALK.test(part))) return true;
  const rest = bare(stripCourtesy(text));
  return rest === "" && text !== "" ? parts.length > 0 : rest !== bare(text) && SMALL_TALK.test(rest);
}
