import { describe, expect } from "vitest";
import { bot, check, citizen, never, pickClassIfAsked, press, transcript, withHouse } from "./transcript.ts";

withHouse();

const LAMP = "望京西园四区2号楼五单元门口路灯坏了三天，晚上一片漆黑";

/** What the desk keeps of the citizen's newest ticket. */
const filed = (look: (body: { description: string; place?: { text: string }; occurredAt?: string }) => void) =>
  check(({ house, numbers }) => {
    const ticket = house.desk?.ticket(numbers.at(-1) ?? "")?.ticket;
    if (!ticket) expect.fail("no ticket was filed");
    look(ticket.body);
  });

describe("更正", () => {
  transcript("“不对，是三单元”只改单元", [
    citizen(LAMP),
    pickClassIfAsked,
    bot(/称呼和电话/),
    citizen("不对，是三单元"),
    bot(/地点已改为“望京西园四区2号楼三单元[^”]*”[\s\S]*称呼和电话/),
    citizen("匿名"),
    bot(/地点：望京西园四区2号楼三单元/),
  ]);

  transcript("内容里写着旧地点，更正也写进去，单位不会走错门", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("匿名"),
    citizen("不对，是三单元"),
    citizen("确认"),
    bot(/受理编号/),
    filed(({ description, place }) => {
      expect(place?.text).toContain("三单元");
      expect(description).toMatch(/五单元[\s\S]*（更正）地点：望京西园四区2号楼三单元/);
    }),
  ]);

  transcript("“不是四区，是三区”，区划跟着重新认", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("匿名"),
    bot(/请核对/),
    citizen("不是四区，是三区"),
    bot(/地点已改为“望京西园三区/),
    bot(/请核对[\s\S]*地点：望京西园三区/),
  ]);

  transcript("只说“应该是前天晚上”，改的是时间", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("匿名"),
    citizen("应该是前天晚上"),
    bot(/时间已改为“前天晚上/),
    bot(/时间：前天晚上/),
    citizen("确认"),
    bot(/受理编号/),
    filed(({ occurredAt }) => expect(occurredAt).toBe("前天晚上")),
  ]);

  transcript("填电话时说地点错了，地点改好，电话接着问", [
    citizen(LAMP),
    pickClassIfAsked,
    bot(/称呼和电话/),
    citizen("地点不对"),
    bot(/发生在哪里|能再具体/),
    citizen("海淀区中关村街道科学院南路"),
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/地点：海淀区中关村街道科学院南路/),
  ]);

  transcript("电话写错了，重写一个", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("王女士 13800000000"),
    citizen("电话写错了，是13900000001"),
    bot(/联系方式已改为“王女士，139\*{4}0001”/),
    bot(/联系方式：王女士，139\*{4}0001/),
  ]);

  transcript("“不是投诉，是举报”，类型改了，身份保密跟着变", [
    citizen("望京西园四区楼下有人无证摆摊卖早点，我要投诉"),
    pickClassIfAsked,
    citizen("匿名"),
    bot(/请核对/),
    citizen("不对，是举报"),
    bot(/类型已改为“举报”/),
    bot(/类型：举报[\s\S]*身份保密：是/),
  ]);

  transcript("光说“不对”，问改哪一项，选了就改", [
    citizen(LAMP),
    pickClassIfAsked,
    bot(/称呼和电话/),
    citizen("不对"),
    bot(/要改哪一项/),
    press("地点"),
    bot(/发生在哪里|能再具体/),
    citizen("西城区金融街街道"),
    bot(/称呼和电话/),
  ]);

  transcript("说不清改哪项的更正，值先留着，选了哪项就填哪项", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("匿名"),
    bot(/请核对/),
    citizen("不对，是换新的灯"),
    bot(/要改哪一项/),
    press("希望"),
    bot(/希望已改为“换新的灯”/),
    bot(/希望：换新的灯/),
  ]);

  transcript("经过里说错的话，更正写进内容，原话也在", [
    citizen("望京西园四区北门垃圾站的铁皮门坏了，三个人受伤"),
    pickClassIfAsked,
    citizen("匿名"),
    bot(/请核对/),
    citizen("不是三个人，是两个人"),
    bot(/更正已写进内容/),
    citizen("确认"),
    bot(/受理编号/),
    filed(({ description }) => {
      expect(description).toContain("三个人受伤");
      expect(description).toContain("（更正）不是三个人，是两个人");
    }),
  ]);

  transcript("分类不对，给出别的分类来选", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("匿名"),
    bot(/请核对/),
    citizen("分类不对"),
    bot(/属于下面哪一类[\s\S]*\[2\. /),
    citizen("1"),
    bot(/请核对/),
  ]);

  transcript("要改地点又说不改了，原来的地点还在", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("匿名"),
    citizen("改地点"),
    bot(/发生在哪里/),
    citizen("不改了"),
    bot(/请核对[\s\S]*地点：望京西园四区2号楼五单元/),
  ]);

  transcript("“不改了”回到核对", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("匿名"),
    citizen("改一下"),
    bot(/要改哪一项/),
    press("不改了"),
    bot(/请核对/),
  ]);

  transcript("内容里的“不是”不是更正", [
    citizen("我要投诉"),
    citizen("望京西园四区不是没有物业，是物业不管，楼道里堆满了杂物"),
    pickClassIfAsked,
    citizen("匿名"),
    bot(/内容：望京西园四区不是没有物业，是物业不管/),
  ]);
});

describe("改主意、先放着、再回来", () => {
  transcript("取消了又说恢复，一个字没丢", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("取消"),
    bot(/已取消[\s\S]*恢复/),
    citizen("恢复"),
    bot(/接着填[\s\S]*/),
    bot(/已经填了[\s\S]*路灯坏了三天/),
    bot(/称呼和电话/),
  ]);

  transcript("先放着，问个政策，再继续", [
    citizen(LAMP),
    pickClassIfAsked,
    bot(/称呼和电话/),
    citizen("先放着，明天再说"),
    bot(/先存着[\s\S]*继续/),
    citizen("失业金能领几个月"),
    bot(/依据/),
    never(/称呼和电话/),
    citizen("继续"),
    bot(/已经填了[\s\S]*望京西园四区/),
    bot(/称呼和电话/),
    citizen("匿名"),
    citizen("确认"),
    bot(/受理编号/),
  ]);

  transcript("存着一份，先办另一件，办完提醒还有一份", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("等一下"),
    bot(/先存着/),
    citizen("海淀区中关村街道科学院南路有个井盖丢了，很危险"),
    pickClassIfAsked,
    citizen("匿名"),
    citizen("确认"),
    bot(/还有 1 份没填完/),
    bot(/受理编号/),
    citizen("接着填"),
    bot(/已经填了[\s\S]*路灯/),
  ]);

  transcript("没有表单时说先放着、继续，照实答", [
    citizen("先放着"),
    bot(/有事随时说/),
    citizen("继续"),
    bot(/没有没填完的内容/),
  ]);

  transcript("“我刚才说了什么”，念出已经填的", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("我刚才都说了什么"),
    bot(/已经填了[\s\S]*内容：望京西园四区2号楼五单元门口路灯坏了三天[\s\S]*地点/),
    bot(/称呼和电话/),
  ]);

  transcript("“你之前说什么”，再说一遍，不当内容", [
    citizen(LAMP),
    pickClassIfAsked,
    bot(/称呼和电话/),
    citizen("你之前说什么"),
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/^(?![\s\S]*你之前说什么)[\s\S]*请核对/),
  ]);

  transcript("“为什么要填电话”，说明之后接着问", [
    citizen(LAMP),
    pickClassIfAsked,
    citizen("为什么要填电话？"),
    bot(/联系您核实|找您核实/),
    bot(/称呼和电话/),
    citizen("王女士 13800000000"),
    bot(/请核对/),
  ]);

  transcript("不知道是什么意思，也有说明", [
    citizen("望京西园四区邻居家的狗太吓人了"),
    bot(/属于下面哪一类/),
    citizen("什么意思"),
    bot(/不同的问题归不同的单位管/),
    bot(/属于下面哪一类/),
  ]);
});
