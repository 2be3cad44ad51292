import type { Span } from "./span.ts";

/** Names that stand alone; firms that citizens name every day. */
const KNOWN =
  "顺丰|中通|圆通|韵达|申通|极兔|京东|淘宝|天猫|拼多多|美团|饿了么|滴滴|抖音|快手|闲鱼|链家|贝壳|自如|我爱我家|58同城|携程|去哪儿|飞猪|得物|唯品会|苏宁|国美|中国移动|中国联通|中国电信|中国邮政|国家电网|工商银行|建设银行|农业银行|中国银行|招商银行|盒马|山姆|物美|永辉|哈啰|青桔|货拉拉|微信支付|支付宝";
/** What a firm, an office or a school is called at the end of its name. */
const ENDING =
  "物业服务中心|物业公司|物业管理|物业|有限责任公司|有限公司|分公司|公司|集团|医院|卫生院|诊所|学校|中学|小学|大学|学院|幼儿园|银行|支行|营业厅|派出所|居委会|村委会|街道办事处|街道办|交警队|公安局|城管局|教育局|税务局|规自局|管理局|人社局|住建委|卫健委|交通局|环保局|执法队|事务所|超市|商场|饭店|酒店|宾馆|餐厅|火锅店|健身房|健身会所|健身俱乐部|美容院|驾校|养老院|4S店|平台|供暖所|供热站";
const UNIT = new RegExp(
  `(?:${KNOWN})(?:快递|外卖|打车|平台|商城|优选|营业厅)?|[\\p{Script=Han}A-Za-z0-9·（）()]{2,16}?(?:${ENDING})(?![员费长路街巷]|胡同)`,
  "gu",
);

/** Where a name may begin: after a verb, a pronoun, a preposition. */
const BEFORE_NAME =
  /^(?:.*(?:什么|今年|去年|没人|选择|规定|敦促|要求|评为|作为|公布|一下|或|重建|扩建|改建|新建|进一步|加强|推进|希望|请求|建议|关于|反应|引进|纳入|承担|取缔|查处|监督|责令|任何|所有|这一|一所|这些人?|各|该|此|将|[（(]|投诉|举报|反映|我要|我想|我在|我是|我们|咱们|你们|他们|小区的?|楼下的?|门口的?|附近的?|隔壁的?|对面的?|路边的?|[一这那某几]家|在|去|找|被|和(?![平谐睦])|跟|的|向|给|到(?!家)|是|了|让|叫|说|因为|由于|对|从|与|及|请|把|买|由于|有(?!限)|[个位名]|[我你他她]|收|上(?!海|地|庄)|但|就|都|也|还|问|用|住(?!总|建)|换|签|退|称|称呼|转|交(?!通|大)|欠)|为)/u;
/** Kinds of firms and offices rather than the name of one. */
const ONLY_KIND =
  /^(?:非法|优秀|独资|广告|高级|乡镇|中心|私立|公立|外地|本地|民办|国有|建筑|装修|装饰|搬家|快递|外卖|保险|旅游|二手车?|中介|培训|教育|房产|房地产|租赁|网络|电商|社区|三甲|专科|儿童|公办|某|这|那|哪|什么|该|贵|本|我|你|他|一|几|每|各|全|所有|其他|别的|大|小|新|老|前|后|原|多|相关|有关|上级|连锁|网约车|网购|劳务|贷款|担保|中小|高等|职业|医疗|定点|不良|正规|黑|家政|开发|物流|软件|汽车|服务|餐饮|美容|健身|母|子)+$/u;
const MIN_NAME = 2;
const KNOWN_FIRST = new RegExp(`^(?:${KNOWN})`);

/** Names of firms, schools, hospitals, offices and platforms that the message speaks of. */
export function unitsIn(message: string): Span[] {
  const spans: Span[] = [];
  for (const { 0: words, index } of message.matchAll(UNIT)) {
    const skipped = BEFORE_NAME.exec(nameOf(words))?.[0].length ?? 0;
    const name = nameOf(words).slice(skipped);
    if (KNOWN_FIRST.test(words)) spans.push({ start: index, end: index + words.length });
    else if (name.length >= MIN_NAME && !ONLY_KIND.test(name))
      spans.push({ start: index + skipped, end: index + words.length });
  }
  return spans;
}

const LAST_ENDING = new RegExp(`(?:${ENDING})$`, "u");
const nameOf = (words: string): string => words.replace(LAST_ENDING, "");
