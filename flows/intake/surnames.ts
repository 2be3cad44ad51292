/** Surnames of one character, the commonest first; together more than 99 of 100 people in China bear one of them. */
const SINGLE = new Set(
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂柴焦向柳邢岳齐梅庄涂谷祝耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强丛敖冉车应冀晏郎党代卓巫辛邬栾郁佟班连仲伊宫冷米褚左瞿艾荆花窦滕濮蔺",
);
const DOUBLE = new Set([
  "欧阳",
  "司马",
  "上官",
  "诸葛",
  "东方",
  "皇甫",
  "尉迟",
  "公孙",
  "慕容",
  "司徒",
  "令狐",
  "端木",
  "夏侯",
  "长孙",
]);

/** Whether a bare run of two to four characters can be a Chinese name: a surname and one or two more. */
export function looksLikeName(text: string): boolean {
  if (!/^\p{Script=Han}{2,4}$/u.test(text) || /[吗呢吧了的啊呀不没]$/u.test(text)) return false;
  return DOUBLE.has(text.slice(0, 2)) ? text.length > 2 : text.length < 4 && SINGLE.has(text.slice(0, 1));
}
