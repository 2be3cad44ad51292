import { describe, expect } from "vitest";
import {
  bot,
  check,
  citizen,
  location,
  never,
  photo,
  pickClassIfAsked,
  press,
  transcript,
  withHouse,
} from "./transcript.ts";

withHouse();

const LAMP = "望京西园四区2号楼五单元门口路灯坏了三天，晚上一片漆黑";

describe("几件事", () => {
  const TWO = "望京西园四区有两件事：一是北门路灯坏了三天没人修，二是楼下饭店天天半夜排油烟，呛得睡不着";

  transcript("一句话两件事，同意后分开登记，地点和电话不再问", [
    citizen(TWO),
    bot(/像是 2 件事[\s\S]*路灯[\s\S]*油烟/),
    press("分开登记"),
    bot(/分成 2 件/),
    pickClassIfAsked,
    citizen("王女士 13800000000"),
    bot(/请核对/),
    citizen("确认"),
    bot(/接着登记下一件[\s\S]*油烟/),
    pickClassIfAsked,
    bot(/请核对[\s\S]*油烟[\s\S]*望京西园四区[\s\S]*王女士/),
    citizen("确认"),
    bot(/受理编号/),
    check(({ numbers }) => expect(new Set(numbers).size).toBe(2)),
  ]);

  transcript("说是一件，就合成一件", [
    citizen(TWO),
    bot(/像是 2 件事/),
    citizen("合在一起"),
    pickClassIfAsked,
    citizen("匿名"),
    bot(/请核对[\s\S]*路灯[\s\S]*油烟/),
  ]);

  transcript("填到一半又说一件别的，问清楚，填完接着登记", [
    citizen(LAMP),
    pickClassIfAsked,
    bot(/称呼和电话/),
    citizen("另外我们公司拖欠了我三个月工资一直不发"),
    bot(/是另外一件事，还是正在填的这一件/),
    citizen("另一件"),
    bot(/填完接着登记[\s\S]*称呼和电话/),
    citizen("王女士 13800000000"),
    bot(/^(?![\s\S]*工资)[\s\S]*请核对/),
    citizen("确认"),
    bot(/接着登记下一件[\s\S]*工资/),
  ]);

  transcript("又说的其实是同一件，补充进去", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("另外我们公司拖欠了我三个月工资一直不发"),
    bot(/是另外一件事/),
    press("同一件，补充进去"),
    bot(/已补充/),
    citizen("匿名"),
    bot(/请核对[\s\S]*工资/),
  ]);

  transcript("又说的不用登记", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("另外我们公司拖欠了我三个月工资一直不发"),
    bot(/是另外一件事/),
    citizen("3"),
    bot(/不登记/),
    citizen("匿名"),
    bot(/^(?![\s\S]*工资)[\s\S]*请核对/),
  ]);
});

describe("着急生气、跳过、插话", () => {
  transcript("生气：回应一次，事情接着办", [
    citizen("气死我了！望京西园四区路灯坏了三天没人修，你们到底管不管"),
    bot(/您的心情|添堵|受累/),
    pickClassIfAsked,
    citizen("匿名"),
    bot(/请核对/),
    never(/添堵|受累/),
  ]);

  transcript("描述不能跳过，说明为什么", [
    citizen("我要投诉"),
    bot(/什么事/),
    citizen("跳过"),
    bot(/要有内容才能派单/),
    citizen("望京西园四区的井盖丢了"),
    pickClassIfAsked,
    bot(/称呼和电话/),
  ]);

  transcript("地点、电话都能跳过", [
    citizen("路灯坏了半个月，晚上一片漆黑"),
    bot(/发生在哪里/),
    citizen("跳过"),
    bot(/称呼和电话/),
    citizen("跳过"),
    bot(/地点：未写明[\s\S]*联系方式：匿名/),
  ]);

  transcript("填表中途问政策，答完接着填，不再问一遍说过的", [
    citizen(LAMP),
    pickClassIfAsked,
    bot(/称呼和电话/),
    citizen("对了，失业金能领几个月？"),
    bot(/依据/),
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/请核对/),
  ]);

  transcript("填表中途闲聊，答一句，接着填", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("你是机器人吗"),
    bot(/智能助手/),
    bot(/称呼和电话/),
  ]);

  transcript("填表中途发定位，地点换成定位", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen(location(39.99, 116.47, "望京SOHO")),
    bot(/地点已改|称呼和电话/),
    citizen("匿名"),
    bot(/地点：望京SOHO/),
  ]);

  transcript("照片先到、话后到、再更正，都在一份里", [
    citizen(photo()),
    citizen(LAMP),
    pickClassIfAsked,
    citizen("不对，是三单元"),
    bot(/三单元/),
    citizen("匿名"),
    bot(/地点：望京西园四区2号楼三单元[\s\S]*附件：1 个/),
  ]);
});

describe("答在前头、答非所问", () => {
  const DOG = "邻居家的狗太吓人了";

  transcript("问分类时先说了地点，地点收下，分类接着问，地点不再问", [
    citizen(DOG),
    bot(/属于下面哪一类/),
    citizen("望京西园四区"),
    bot(/地点记下了：望京西园四区[\s\S]*属于下面哪一类/),
    citizen("1"),
    never(/发生在哪里/),
    bot(/称呼和电话/),
  ]);

  transcript("还差一项就说提交，告诉他差什么，不当成答案", [
    citizen(DOG),
    pickClassIfAsked,
    bot(/发生在哪里/),
    citizen("确认提交"),
    bot(/还差这一项[\s\S]*发生在哪里/),
    citizen("望京西园四区"),
    bot(/称呼和电话/),
  ]);

  transcript("“你们要我电话干嘛”是在问为什么", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("你们要我电话干嘛"),
    bot(/找您核实/),
    bot(/称呼和电话/),
  ]);

  transcript("名字写错了，电话不用再写", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("王女士 13800000000"),
    bot(/请核对/),
    citizen("名字写错了，我姓李"),
    bot(/联系方式已改为“李，138\*{4}0000”/),
  ]);
});

describe("后来才说清楚的、带脾气的", () => {
  transcript("开口骂人：不当诉求，给路走；接着说的正事一样不落", [
    citizen("你们这帮废物"),
    bot(/着急、有气[\s\S]*我要反映问题/),
    never(/称呼和电话/),
    citizen("望京西园四区物业把我家水停了三天，说我不交物业费"),
    pickClassIfAsked,
    bot(/称呼和电话/),
    citizen("你们都是废物"),
    bot(/心里有气[\s\S]*称呼和电话/),
    citizen("匿名"),
    bot(/^(?![\s\S]*废物)[\s\S]*请核对[\s\S]*望京西园四区/),
  ]);

  transcript("核对时骂着补充的长话，一个字不丢", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("匿名"),
    bot(/请核对/),
    citizen("你们这帮废物，昨天晚上又有一位老人在那盏灯底下摔断了腿，送到医院现在还没出来"),
    bot(/已补充/),
    bot(/请核对[\s\S]*老人在那盏灯底下摔断了腿/),
  ]);

  transcript("问电话时才补充的时间、单位，读进表里", [
    citizen("望京西园四区门口的路灯坏了，晚上一片漆黑"),
    pickClassIfAsked,
    bot(/称呼和电话/),
    citizen("从上周二晚上就坏了，跟顺丰速运的车撞了灯杆有关"),
    bot(/已补充[\s\S]*称呼和电话/),
    citizen("匿名"),
    bot(/时间：从上周二晚上（\d+月\d+日/),
  ]);

  transcript("改过的值，补充别的话时不会变回去", [
    citizen("望京西园四区超市多收了我三百块不退"),
    pickClassIfAsked,
    citizen("匿名"),
    bot(/金额：三百块/),
    citizen("不是三百块，是五百块"),
    bot(/金额已改为“五百块”/),
    citizen("当时还有两个邻居在场看见"),
    bot(/金额：五百块/),
  ]);

  transcript("问电话时说“登记”，告诉他还差一项", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("登记"),
    bot(/还差这一项[\s\S]*称呼和电话/),
  ]);

  transcript("给的几条都不是想问的：转工单，不用再打字", [
    citizen("最近有没有什么补贴可以领啊"),
    bot(/没有把握|依据/),
    citizen("都不是"),
    bot(/转成工单[\s\S]*转工单，请人答复/),
    press("转工单，请人答复"),
    bot(/称呼和电话/),
  ]);

  transcript("凌晨漏水泡了电闸：先说触电危险和电话", [
    citizen("凌晨三点了，天花板一直往下漏水，电闸都泡了"),
    bot(/触电危险[\s\S]*拨打 119/),
    bot(/2 小时内响应/),
  ]);
});

describe("各种顺口的说法", () => {
  transcript("“先不留电话”就是匿名", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("先不留电话"),
    bot(/请核对[\s\S]*联系方式：匿名/),
  ]);

  transcript("“改成昨天半夜”改的是时间", [
    citizen("望京西园四区半夜两点还在施工，吵得睡不着"),
    pickClassIfAsked,
    citizen("匿名"),
    bot(/请核对/),
    citizen("改成昨天半夜"),
    bot(/时间已改为“昨天半夜/),
  ]);

  transcript("问分类时补充经过：时间读进去，分类接着问", [
    citizen("望京西园四区邻居家的狗太吓人了"),
    bot(/属于下面哪一类/),
    citizen("今天早上又把我家孩子吓哭了"),
    bot(/已补充/),
    pickClassIfAsked,
    citizen("匿名"),
    bot(/今天早上又把我家孩子吓哭了[\s\S]*时间：今天早上/),
  ]);

  transcript("没查到，说“转工单”，就转", [
    citizen("最近有没有什么补贴可以领啊"),
    citizen("转工单"),
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/类型：咨询[\s\S]*补贴可以领/),
  ]);

  transcript("报了公司名号，按企业问", [
    citizen("你好，我们是北京某某餐饮有限公司，三里屯街道天天来检查，没法正常经营"),
    pickClassIfAsked,
    bot(/企业名称/),
  ]);
});
