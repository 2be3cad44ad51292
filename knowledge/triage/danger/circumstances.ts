/** What makes of words of danger something else than danger now: it is denied, feared, over, told of, or only asked about. */

/** Happens again and again: a nuisance that is told of, however dangerous. */
const HABIT =
  /经常|常常|时常|多次|屡次|屡屡|每年|频(?:繁|发)|不断|总是|往往|历年|[二两三四五六七八九十几多数\d]起|司空见惯|层出不穷|以来|长期|期间|慢性|如同|好比|仿佛/;

/** Ends right before the sign. 好像 and 可能是 are suspicions of something present and stay danger. */
const NOT_REAL = new RegExp(
  [
    "(?:没|没有|不是|并非|未|不会|别|不用|不能)[^,。;]{0,3}$",
    "(?:防止|预防|避免|以防|以免|谨防|担心|(?<!恐)怕(?!是|要)|害怕|万一|如果|假如|一旦|要是|容易|可能(?!是|有|在)|是否会|极易|存在|怎么防|杜绝|禁止|严禁|差(?:一)?点|险些|仅次|难道|申请|非要|真要|等(?:到|着)?|早晚|迟早|为了不|威胁不到|演练|演习|模拟)[^,。;]{0,12}$",
    "(?<!是)真$",
    "(?<![社机委协聚晚宴开大工集一])会[^,。;]{0,3}$",
    "(?:电影|电视|节目|剧里|游戏|小说|动漫|动画|新闻|短视频)[^,。;]{0,10}$",
  ].join("|"),
  "u",
);

/** Begins soon after the sign, or names a thing that the sign is a part of. */
const ONLY_TALK =
  /^[^,。;]{0,6}(?:隐患|风险|保险|险(?!些)|演练|演习|演戏|预案|预防|防范|宣传|培训|知识|保护器|救援队|报警电话|认定|统计|率|影片|电影|新闻|小说|热水器|补贴|补助|救助|赔偿|理赔|责任|怎么(?:赔|认定|索赔|理赔)|算(?:不算)?工伤|肇事方|干预|告诫|讲座|热线|保修|质保|疫苗|标牌|警示|罪|的(?:视频|录像|监控|消息|通知|报道)|一样|似的|般的|一课)/;

/** It is over, or told of another time. */
const PAST =
  /去年|前年|上个?月|上周|上个?星期|上半年|以前|之前|曾经?|当时|那次|上次|昨天|前天|前几天|几年前|多年前|\d{4}年|年前|早就|已经?(?:扑灭|灭了|救出|送医|解决|修好|处理|被?拘留)|[一二三两四五六七八九十\d]{1,4}年|[一二三两四五六七八九十\d]个月前|后来|的事(?:情|儿)?|过(?=没有|吗|了|,|。|$)|事故(?:责任|认定|赔偿|报告|鉴定|处理)|发生过/;

/** Rules, money and papers: asked about afterwards or beforehand. */
const ONLY_ASKED =
  /(?:怎么|如何|咋)(?:申请|办理|赔|算|报(?!警)|划分|认定|判|处罚|投诉|举报|预防|防|追|查|开具|走|买|交|领|补|做|维权|处理)|(?:应该|该)(?:打|找|怎么)|责任|赔偿|理赔|标准|比例|流程|判几年|坐牢|多少钱|是多少|赔(?:多少|不赔|吗)|不赔|没赔|要赔|(?:能|可以)(?:不能)?(?:申请|报销|报长|报工|评|查|调|退)|(?:哪里|哪儿|在哪|去哪)(?:办|买|报|领|做|听|能)|哪个部门|谁(?:负责|出|赔|管|清理|来修)|取证|属于[^,。;]{1,8}吗|案底|会(?:留|判|坐|罚|影响)|犯(?:法|罪)吗|辨认|识别|走什么保险|保险(?:公司)?|补助|报销|工伤|大病|慢病|评残|医药费|丧葬|抚恤|鉴定|立案|法律援助|监控能|规定|因公|定点|医保|社保|公积金|律师|隐患|建议|申请|演练|演习/;

/** A clear sign that it goes on now outweighs what speaks of the past or of rules. */
const NOW =
  /现在(?!还没|还不|想|才|也没|都没|仍|一直没|房子|我想)|正在|刚刚|刚才|救命|快来|赶紧(?!修)|马上要|此刻|眼下|快点|流血|动不了|起不来|叫不醒|喘不|出不来|在里面|还躺|躺着|压着|快救/;

/** Smoke that belongs to a chimney, an exhaust or a grill is a nuisance, not a fire. */
const EVERYDAY_SMOKE =
  /烟囱|尾气|撸串|排放|污染|砖窑|焚烧|树叶|烧烤|油烟|秸秆|排烟|炊烟|锅炉|扬尘|烧纸|烧垃圾|香烟|抽烟|烟花/;

/** Whether the words of danger at `start`–`end` of a clause are meant as something happening. `previous`: the clause before. */
export function isReal(
  sign: { clause: string; start: number; end: number; previous: string },
  message: { text: string; now: boolean },
): boolean {
  const { clause, start, end, previous } = sign;
  if (
    /差(?:一)?点|险些/.test(clause.slice(start, end)) ||
    NOT_REAL.test(clause.slice(0, start)) ||
    ONLY_TALK.test(clause.slice(end))
  )
    return false;
  if (/烟/.test(clause.slice(start, end)) && EVERYDAY_SMOKE.test(message.text)) return false;
  return (
    message.now || !(PAST.test(clause) || HABIT.test(clause) || PAST.test(previous) || ONLY_ASKED.test(message.text))
  );
}

export const goesOnNow = (text: string): boolean => NOW.test(text);
