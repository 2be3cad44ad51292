import { groupSpan, type Span } from "./span.ts";

const SURNAMES =
  "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶";
const DOUBLE = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木";
const SURNAME = `(?:${DOUBLE}|[${SURNAMES}])`;
const TITLE = "(?:先生|女士|小姐|同志|师傅|阿姨|大爷|大妈|老师|经理)";
/** What may come after a name; a name is not allowed to run on into another word. */
const AFTER = "(?=[，,。；;！!？?、\\s\\d（(]|电话|手机|联系|号码|家住|住|是|在|我|的|今年|$)";

const FORMS = [
  new RegExp(
    `(?:我叫|我的名字(?:是|叫)|本人叫|名字(?:是|叫|[:：])|姓名(?:是|为|[:：])?|联系人(?:是|为|叫|[:：])?|我是)\\s*(${SURNAME}[\\p{Script=Han}·]{1,3}?)${AFTER}`,
    "du",
  ),
  new RegExp(`(?:免贵姓|本人姓|我姓)\\s*(${SURNAME}${TITLE}?)${AFTER}`, "du"),
  new RegExp(`(?:^|[，,。；;、\\s])(${SURNAME}${TITLE})[，,：:\\s]*(?=(?:电话|手机|号码|[+＋0-9０-９]))`, "du"),
  new RegExp(`(?:联系人(?:是|为|[:：])?|我是|本人)\\s*(${SURNAME}${TITLE})`, "du"),
];
const NO_NAMES =
  /^(?:何时|方便|高兴|任何|时候|关于|单位|成年|华人|安全|解决|强烈|万一|常住|路人|管理|车主|房东|房主|房客|包工)/;

/** The name the citizen gives as their own or as the contact's. */
export function nameIn(message: string): Span | undefined {
  for (const form of FORMS) {
    const name = groupSpan(form.exec(message));
    if (name && !NO_NAMES.test(message.slice(name.start, name.end))) return name;
  }
  return undefined;
}
