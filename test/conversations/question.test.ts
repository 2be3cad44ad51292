import { describe } from "vitest";
import { bot, check, citizen, never, press, transcript, withHouse } from "./transcript.ts";

withHouse();

describe("问政策", () => {
  transcript("问题得到带依据的答复", [
    citizen("失业金能领几个月"),
    bot(/24个月[\s\S]*依据：《中华人民共和国社会保险法》第四十六条[\s\S]*\[1\. 有帮助\]/),
  ]);

  transcript("答复后说有帮助", [citizen("失业金能领几个月"), bot(/依据/), press("有帮助"), bot(/谢谢反馈/)]);

  transcript("答复后说没帮助，可以转成工单", [
    citizen("失业金能领几个月"),
    bot(/依据/),
    press("没帮助"),
    bot(/抱歉没帮上忙/),
    press("转工单，请人答复"),
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/类型：咨询[\s\S]*内容：失业金能领几个月/),
    citizen("确认提交"),
    bot(/受理编号 \d{14}/),
  ]);

  transcript("答不准时不编造，给出转工单的路", [
    citizen("火星移民的户口怎么迁"),
    never(/依据：/),
    bot(/不敢随便答[\s\S]*转工单/),
  ]);

  transcript("答不准的问题转工单，不用再写一遍", [
    citizen("我想问一下火星移民的户口怎么迁"),
    bot(/不敢随便答/),
    press("转工单，请人答复"),
    bot(/称呼和电话/),
    citizen("李先生，13900001234"),
    bot(/内容：我想问一下火星移民的户口怎么迁[\s\S]*李先生，139\*{4}1234/),
    press("确认提交"),
    bot(/登记成功，受理编号/),
  ]);

  transcript("只说要提问，就请他写问题", [
    citizen("提问政策"),
    bot(/直接写您的问题/),
    citizen("外地人在北京办居住证需要什么条件？"),
    bot(/依据：《居住证暂行条例》/),
  ]);

  transcript("等着提问时说起身边的麻烦，就去登记", [
    citizen("提问政策"),
    bot(/直接写您的问题/),
    citizen("我家楼上装修到半夜还在电钻，吵得孩子睡不着，没人管"),
    bot(/登记/),
    never(/直接写您的问题/),
  ]);

  transcript("等着提问时可以取消", [citizen("提问政策"), bot(/直接写/), citizen("取消"), bot(/已退出提问/)]);

  transcript("繁体字的问题一样能答", [
    citizen("失業金最多可以領幾個月？"),
    bot(/依据：《中华人民共和国社会保险法》第四十六条/),
  ]);

  transcript("全角数字和零宽字符不碍事", [citizen("失业\u200b金能领\u200b几个月？？"), bot(/依据：/)]);

  transcript("接着问一句，按上一个问题来理解，并说明是怎么理解的", [
    citizen("身份证丢了怎么补办？"),
    bot(/依据：/),
    citizen("那驾驶证呢？"),
    bot(/按“驾驶证丢了怎么补办”回答：[\s\S]*依据：/),
    citizen("那如果到期了呢"),
    bot(/按“驾驶证到期了怎么办”回答：[\s\S]*依据：/),
  ]);

  transcript("换了一件事之后，短话不再按原来的问题理解", [
    citizen("第一次办护照去哪里、要什么材料？"),
    bot(/依据：/),
    citizen("我要反映：朝阳区望京街道南湖东园小区北门路面积水好几天没人管"),
    bot(/./),
    citizen("取消"),
    bot(/./),
    citizen("多少钱"),
    never(/护照/),
  ]);

  transcript("问得不够清楚时反问一次，选了就按所选的答", [
    citizen("驾驶证怎么办"),
    bot(/您问的是哪一种[\s\S]*1\. 到期换新[\s\S]*2\. 丢了补办[\s\S]*都不是/),
    press("丢了补办"),
    bot(/依据：/),
  ]);

  transcript("同一个问题不连着反问两次", [
    citizen("驾驶证怎么办"),
    bot(/您问的是哪一种/),
    citizen("驾照怎么办"),
    never(/您问的是哪一种/),
    bot(/不敢随便答/),
  ]);

  transcript("反问的都不是，可以转成工单，不用再写一遍", [
    citizen("驾驶证怎么办"),
    bot(/您问的是哪一种/),
    press("都不是"),
    bot(/换个说法[\s\S]*转工单/),
    press("转工单，请人答复"),
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/内容：驾驶证怎么办/),
  ]);

  transcript("停用的条目不再出示", [
    check(async ({ house }) => {
      await house.knowledgeStore.importEntries(
        [
          {
            id: "test-old",
            question: "共享滑板车能上路吗？",
            similar: ["滑板车能骑上马路吗"],
            text: "共享滑板车不得在机动车道行驶。",
            source: { title: "测试规定", issuer: "测试机关" },
            status: "published",
            demonstration: true,
          },
        ],
        { publish: true },
      );
      await house.knowledge.refresh();
    }),
    citizen("共享滑板车能上路吗？"),
    bot(/机动车道[\s\S]*依据：《测试规定》/),
    check(async ({ house }) => {
      await house.knowledgeStore.withdraw("test-old");
      await house.knowledge.refresh();
    }),
    citizen("共享滑板车能上路吗？"),
    never(/测试规定/),
    bot(/不敢随便答/),
  ]);
});
