import { groupSpan, type Span } from "./span.ts";

const SURNAMES =
  "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶闫付肖佟晏冀褚米郁宫楚池麦喻符厉";
const DOUBLE =
  "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|长孙|宇文|轩辕|南宫|百里|呼延|独孤|西门|东郭|第五|闻人|澹台|完颜|耶律|赫连|钟离|公羊|拓跋";
const SURNAME = `(?:${DOUBLE}|[${SURNAMES}])`;
const TITLE = "(?:先生|女士|小姐|同志|师傅|阿姨|大爷|大妈|老师|经理|大姐|大哥)";
/** 古丽·买买提, 阿卜杜拉·热合曼: names in the style of many minorities, with whichever dot the keyboard gave. */
const DOTTED = "\\p{Script=Han}{1,8}(?:[·•・‧∙]\\p{Script=Han}{1,8}){1,3}";
/** What may come after a name; a name is not allowed to run on into another word. */
const AFTER =
  "(?=[，,。；;！!？?、\\s\\d（(）)+＋１-９]|电话|手机|联系|号码|家住|住|是|在|我|的|今年|身份证|男|女|微信|反映|要|想|，|$)";
const SEPARATED = "(?:^|[，,。；;、\\s:：])";
const THEN_NUMBER =
  "(?=[，,：:\\s]*(?:(?:联系)?(?:电话|手机号?|号码)(?:是|为)?[：:\\s]*)?[+＋(（]{0,2}(?:[1１][3-9３-９]|[8８][6６]|[0０][1-9１-９])[0-9０-９\\s）)－-]{7})";

const FORMS = [
  new RegExp(
    `(?:叫|名字(?:是|叫|[:：])?|姓名(?:是|为|[:：])?|联系人(?:是|为|叫|[:：])?|我是|本人)\\s*(${DOTTED})${AFTER}`,
    "du",
  ),
  new RegExp(
    `(?:我叫|我的名字(?:是|叫)|本人叫|名字(?:是|叫|[:：])|姓名(?:是|为|[:：])?|联系人(?:是|为|叫|[:：])?|本人(?=\\p{Script=Han}{2,4}[，,])|我是)\\s*(${SURNAME}[\\p{Script=Han}]{1,2}?)${AFTER}`,
    "du",
  ),
  new RegExp(`(?:免贵姓|本人姓|我姓)\\s*(${SURNAME}${TITLE}?)${AFTER}`, "du"),
  new RegExp(`${SEPARATED}(${SURNAME}${TITLE})[，,：:\\s]*(?=(?:电话|手机|号码|[+＋0-9０-９]))`, "du"),
  new RegExp(`(?:联系人(?:是|为|[:：])?|我是|本人|叫我|称呼我?(?:为)?|请?找|联系)\\s*(${SURNAME}${TITLE})`, "du"),
  new RegExp(`${SEPARATED}(${DOTTED}|${SURNAME}\\p{Script=Han}{1,2})${THEN_NUMBER}`, "du"),
];
/** Words that begin with a character that is a surname too. */
const NO_NAMES =
  /^(?:何时|方便|方式|方案|高兴|高峰|任何|时候|时间|关于|单位|成年|华人|安全|解决|强烈|万一|常住|常用|路人|路口|管理|车主|车牌|车辆|房东|房主|房客|房号|包工|谢谢|程序|白天|江湖|金额|施工|严重|毛病|马上|黄色|章程|温度|单号|单元|费用|查询|查阅|查一|位置|米饭|池塘|时常|安装|高层|高空|路灯|马路|成都|文件|项目|石头|强制|关门|于是|应该|宁可|向您|向你|查看|解释|顾客|左边|左右|边上|金融|车位|车库|温馨|广告|景区|康复|牛奶|项链|游客|家长|业主)/;

/** The name the citizen gives as their own or as the contact's. */
export function nameIn(message: string): Span | undefined {
  for (const form of FORMS) {
    const name = groupSpan(form.exec(message));
    if (name && !NO_NAMES.test(message.slice(name.start, name.end))) return name;
  }
  return undefined;
}
