import type { Danger, Intent, RequestKind, SlotName } from "../../../bots/model/index.ts";

/** What is expected of a sentence; what is left out is not looked at, `null` means "none". */
export interface Expected {
  text: string;
  intent?: Intent;
  kind?: RequestKind;
  danger?: Danger | null;
}

const of = (intent: Intent, texts: string): Expected[] =>
  texts
    .trim()
    .split("\n")
    .map((text) => ({ text, intent }));

export const questions = of(
  "question",
  `公积金怎么提取
办居住证需要什么材料
失业金能领几个月
小客车摇号什么时候申请
停水了找谁
孩子上小学要准备哪些证件
异地就医备案如何办理
可以自己交社保吗
在哪儿办老年卡
物业费不交会怎么样？
装修几点到几点不能施工
12345几点上班
怎么投诉物业
举报违建有奖励吗
请问护照到期了去哪换
最低工资是多少
电动自行车上牌要带啥材料
我想咨询一下生育津贴
租房合同没到期房东能不能涨租
养狗证多少钱一年
退休年龄是多少岁
北京户口怎么落
低保的条件是什么
身份证丢了怎么补办
暖气费能不能退
试用期最长多久
加装电梯谁出钱
老人去世了户口怎么注销
这个归哪个部门管
新能源指标有没有补贴
医保卡丢了怎么办
预付卡可以退吗
工伤认定需要多长时间
您好，请问公租房怎么申请`,
);

export const requests = of(
  "request",
  `为什么我们小区天天停水没人管
我要投诉物业不作为
我家楼下太吵了
路灯坏了三天了
楼上漏水到我家了，物业不管怎么办
小区门口堆了好多建筑垃圾
举报有人偷排污水
建议在路口装个红绿灯
希望尽快修好电梯
老板拖欠我三个月工资
暖气不热，家里只有十四度
隔壁半夜装修，根本睡不着
井盖丢了，特别危险
公交站牌倒了
健身房卷款跑路了，钱要不回来
什么时候能来水啊
怎么还不来修
凭什么不给退押金
垃圾桶满了一直没人清运
广场舞噪音扰民
路面有个大坑，好几个人摔了
麻烦派人看看下水道，堵住了
学校门口乱停车
有人占着消防通道停车
黑车在地铁口拉客
楼道里有人给电动车充电
外卖里吃出虫子，商家不承认
表扬一下社区的网格员小刘
难道就没有人管管吗
我想反映一下我们村的路没人修
请有关部门查处这家黑中介
家里停电一整天了
居委会互相推诿
楼顶违建加盖了一层
求助，我家老人走失了
感谢交警帮我找到了孩子
绿化带里全是狗屎，到处都是
投诉某饭店不给开发票
自来水发黄还有异味
电梯天天坏，没人修`,
);

export const progress = of(
  "progress",
  `查进度
我的工单
我的诉求处理得怎么样了
帮我催办一下
查一下20261122000123
上次反映的漏水问题怎么样了
我的投诉有结果了吗
工单20261122000123到哪一步了
催一催
查询工单进度
办得怎么样了`,
);

export const others: Expected[] = [
  ...of("help", "帮助\n菜单\n你能做什么\n怎么用\n有什么功能\n？"),
  ...of("human", "转人工\n人工客服\n我要找真人\n人工\n不想跟机器人说话\n帮我转接人工服务\n我要人工"),
  ...of("small-talk", "你好\n谢谢\n你是谁\n再见\n早上好\n您好在吗\n哈哈哈\n好的\n谢谢您，辛苦了\n你是机器人吗\n嗯嗯"),
  ...of("unclear", "公积金提取\n居住证\n小客车指标\n物业费\n123"),
];

export const kinds: Expected[] = [
  { text: "我要投诉楼下饭店油烟", kind: "complaint" },
  { text: "举报黑车", kind: "report" },
  { text: "有人在河边非法倒垃圾", kind: "report" },
  { text: "建议增设一条公交线路", kind: "suggestion" },
  { text: "感谢社区工作人员热心帮忙", kind: "praise" },
  { text: "家里停水了，没水做饭", kind: "help" },
  { text: "路灯不亮好几天了", kind: "help" },
  { text: "物业收了钱不管事", kind: "complaint" },
  { text: "公积金怎么取", kind: "consultation" },
  { text: "楼里着火了快来人", kind: "emergency" },
  { text: "公司拖欠工资不发", kind: "complaint" },
  { text: "求助，老人走失了联系不上", kind: "help" },
];

const danger = (kind: Danger, texts: string): Expected[] =>
  texts
    .trim()
    .split("\n")
    .map((text) => ({ text, danger: kind }));

export const dangers: Expected[] = [
  ...danger("fire", "我家厨房着火了\n三号楼冒浓烟\n楼道里电动车起火了\n对面楼火灾，火势很大"),
  ...danger("gas", "楼道里有很大的煤气味\n燃气泄漏了怎么办\n闻到天然气味道，头晕"),
  ...danger(
    "crime",
    "楼下有人持刀砍人\n有人在打架，打起来了\n我老公一直打我\n求助，孩子走丢了联系不上\n有小偷正在撬门",
  ),
  ...danger("medical", "有老人晕倒在路边\n我爸心梗了，叫救护车\n孩子掉进河里了\n一家人食物中毒"),
  ...danger("traffic", "路口发生车祸，有人被撞倒了\n一辆货车翻车了"),
  ...danger("electric", "路边电线掉下来了\n路灯杆漏电，刚才电到人了\n有人触电"),
  ...danger("suicide", "我不想活了\n有人要跳楼\n楼顶有个女孩想自杀"),
  ...danger("collapse", "马路突然塌陷了一大块\n围墙倒了，砸到人\n外墙瓷砖往下掉下来砸车"),
];

export const noDangers: Expected[] = `
去年着火的事一直没赔
没有着火，就是烟大
防止触电要装漏保吗
楼道堆杂物有火灾隐患
交通事故认定怎么申请复核
火灾保险怎么理赔
上个月车祸的赔偿还没到
跳楼价甩卖是虚假宣传
怎么领取火灾救助
担心电线老化会着火
消防演习通知
暖气热得受不了
我去火车站怎么坐车
三年前房子塌了一直没修
手机打不开
公积金怎么提取
小区里电瓶车乱充电，怕起火
如果燃气泄漏应该打哪个电话`
  .trim()
  .split("\n")
  .map((text) => ({ text, danger: null }));

export interface SlotCase {
  text: string;
  slot: SlotName;
  value: string | undefined;
}

export const slots: SlotCase[] = [
  { text: "电话13812345678", slot: "phone", value: "13812345678" },
  { text: "手机 138 1234 5678", slot: "phone", value: "13812345678" },
  { text: "１３８１２３４５６７８", slot: "phone", value: "13812345678" },
  { text: "+86-138-1234-5678", slot: "phone", value: "13812345678" },
  { text: "打010-65551234", slot: "phone", value: "01065551234" },
  { text: "（010）6555 1234", slot: "phone", value: "01065551234" },
  { text: "座机65551234", slot: "phone", value: "65551234" },
  { text: "身份证110101199001011234", slot: "phone", value: undefined },
  { text: "打了12345没人接", slot: "phone", value: undefined },
  { text: "工单20261122000123", slot: "phone", value: undefined },
  { text: "工单20261122000123怎么样了", slot: "ticketNumber", value: "20261122000123" },
  { text: "编号２０２６１１２２０００１２３", slot: "ticketNumber", value: "20261122000123" },
  { text: "身份证110101199001011234", slot: "ticketNumber", value: undefined },
  { text: "昨晚11点楼上砸墙", slot: "occurredAt", value: "昨晚11点" },
  { text: "停水三天了", slot: "occurredAt", value: "三天" },
  { text: "已经连续一周没人清垃圾", slot: "occurredAt", value: "已经连续一周" },
  { text: "上周二在超市买的", slot: "occurredAt", value: "上周二" },
  { text: "从3月到现在一直没修", slot: "occurredAt", value: "从3月到现在" },
  { text: "今天早上8点半路口堵死", slot: "occurredAt", value: "今天早上8点半" },
  { text: "11月20日下午3点左右摔倒", slot: "occurredAt", value: "11月20日下午3点左右" },
  { text: "2026年11月1日办的卡", slot: "occurredAt", value: "2026年11月1日" },
  { text: "每天晚上10点到12点跳舞", slot: "occurredAt", value: "每天晚上10点到12点" },
  { text: "路灯不亮", slot: "occurredAt", value: undefined },
  { text: "物业不作为", slot: "occurredAt", value: undefined },
  { text: "电梯坏了，希望尽快修好。谢谢", slot: "wants", value: "希望尽快修好" },
  { text: "要求物业退还多收的停车费", slot: "wants", value: "要求物业退还多收的停车费" },
  { text: "路面坏了，请有关部门来修一下！", slot: "wants", value: "请有关部门来修一下" },
  { text: "井盖没了，希望尽快补上，13800000000", slot: "wants", value: "希望尽快补上" },
  { text: "希望尽快修好，我的电话是138 0000 0000，谢谢", slot: "wants", value: "希望尽快修好" },
  { text: "要求退还2000元押金", slot: "wants", value: "要求退还2000元押金" },
  { text: "请问怎么办理", slot: "wants", value: undefined },
  { text: "路灯不亮", slot: "wants", value: undefined },
  { text: "我叫张小明，住三号楼", slot: "name", value: "张小明" },
  { text: "我姓李，电话13812345678", slot: "name", value: "李" },
  { text: "联系人：王芳 13812345678", slot: "name", value: "王芳" },
  { text: "我姓欧阳", slot: "name", value: "欧阳" },
  { text: "我叫了物业也没人来", slot: "name", value: undefined },
  { text: "我是业主", slot: "name", value: undefined },
];
