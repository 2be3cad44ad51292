import { describe, expect } from "vitest";
import { bot, check, citizen, location, never, photo, press, transcript, withHouse } from "./transcript.ts";

withHouse();

const WATER = "望京西园四区北门路面积水好几天了，走路都得绕，希望尽快排水";

/** On no lead, or barking: the catalogue cannot be sure. */
const VAGUE = "望京西园四区邻居家的狗太吓人了";

describe("登记诉求", () => {
  transcript("积水变成工单", [
    citizen(WATER),
    bot(/称呼和电话/),
    citizen("王女士 13800000000"),
    bot(/请核对您的诉求[\s\S]*地点：望京西园四区.*（朝阳区 望京街道.*）[\s\S]*王女士，138\*{4}0000/),
    citizen("确认提交"),
    bot(/已经保存，正在提交/),
    bot(/登记成功，受理编号 \d{14}/),
    bot(/已派给/),
  ]);

  transcript("受理编号只在派单系统受理之后出现", [
    citizen(WATER),
    citizen("匿名"),
    citizen("确认"),
    bot(/^(?!.*\d{14})[\s\S]*正在提交派单系统/),
    bot(/受理编号 \d{14}/),
  ]);

  transcript("没说地点就问地点，说过的不再问", [
    citizen("路灯坏了半个月，晚上一片漆黑"),
    bot(/发生在哪里/),
    citizen("海淀区中关村街道科学院南路"),
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/路灯坏了半个月[\s\S]*中关村/),
  ]);

  transcript("只说了区，再问一次具体在哪", [
    citizen("路灯坏了半个月，晚上一片漆黑"),
    bot(/发生在哪里/),
    citizen("朝阳区"),
    bot(/能再具体一点吗/),
    citizen("望京街道南湖中园"),
    bot(/称呼和电话/),
  ]);

  transcript("地点说不清也能登记", [
    citizen("路灯坏了半个月，晚上一片漆黑"),
    bot(/发生在哪里/),
    press("说不清地点"),
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/地点：未写明/),
    citizen("确认"),
    bot(/受理编号/),
  ]);

  transcript("用定位回答地点", [
    citizen("路灯坏了半个月，晚上一片漆黑"),
    bot(/发生在哪里/),
    citizen(location(39.99, 116.47, "望京SOHO")),
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/地点：望京SOHO/),
  ]);

  transcript("先发照片再说事", [
    citizen(photo()),
    bot(/照片.*收到[\s\S]*什么事/),
    citizen("望京西园四区门口的井盖没了，很危险"),
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/附件：1 个/),
  ]);

  transcript("填到一半发照片，照片收下，表接着填", [
    citizen(WATER),
    bot(/称呼和电话/),
    citizen(photo()),
    bot(/已附上（共 1 个）[\s\S]*称呼和电话/),
    citizen("匿名"),
    bot(/附件：1 个/),
  ]);

  transcript("“我要投诉”先问什么事", [
    citizen("我要投诉"),
    bot(/什么事/),
    citizen("望京西园四区物业把消防通道上锁了"),
    bot(/类|称呼/),
  ]);

  transcript("说得太短就请他说具体一点，短的那句也留着", [
    citizen("我要投诉"),
    bot(/什么事/),
    citizen("噪音"),
    bot(/具体一点/),
    citizen("望京西园四区楼上半夜装修"),
    citizen("1"),
    citizen("匿名"),
    bot(/内容：噪音 望京西园四区楼上半夜装修/),
  ]);

  transcript("分类拿不准时给出选项，按序号选", [
    citizen(VAGUE),
    bot(/属于下面哪一类[\s\S]*\[1\. /),
    citizen("2"),
    bot(/称呼和电话/),
  ]);

  transcript("选项里没有的序号会被指出来，不会猜", [
    citizen(VAGUE),
    bot(/属于下面哪一类/),
    citizen("9"),
    bot(/没有第 9 项/),
    bot(/属于下面哪一类/),
    never(/称呼和电话/),
  ]);

  transcript("“10”不会被当成选 1", [citizen(VAGUE), bot(/属于下面哪一类/), citizen("10"), bot(/没有第 10 项/)]);

  transcript("都不是也能往下走，由工作人员分类", [
    citizen(VAGUE),
    bot(/属于下面哪一类/),
    press("都不是，由工作人员来分"),
    citizen("匿名"),
    bot(/问题分类：由工作人员分类/),
  ]);

  transcript("先给名字，再给电话", [
    citizen(WATER),
    bot(/称呼和电话/),
    citizen("张三"),
    bot(/张三[\s\S]*联系电话/),
    citizen("１３８０００００００１"),
    bot(/张三，138\*{4}0001/),
  ]);

  transcript("号码少一位会请他核对", [
    citizen(WATER),
    bot(/称呼和电话/),
    citizen("张三 1380000000"),
    bot(/这个号码是 10 位/),
    citizen("13800000002"),
    bot(/张三，138\*{4}0002/),
  ]);

  transcript("描述里写过电话，经同意直接用，不再问一遍", [
    citizen(`${WATER}，我电话13800000003`),
    bot(/138\*{4}0003[\s\S]*同意用这个号码/),
    press("同意，用这个号码"),
    bot(/138\*{4}0003/),
  ]);

  transcript("匿名提交时，描述里的电话也隐去", [
    citizen(`${WATER}，我电话13800000004`),
    bot(/同意用这个号码/),
    press("匿名提交"),
    bot(/联系方式：匿名/),
    citizen("确认"),
    bot(/受理编号/),
    check(({ house, numbers }) => {
      const ticket = house.desk?.ticket(numbers[0] ?? "")?.ticket;
      expect(ticket?.contact).toBeUndefined();
      expect(ticket?.body.description).not.toContain("13800000004");
      expect(ticket?.body.description).toContain("电话已隐去");
    }),
  ]);

  transcript("同一会话第二件诉求不再问联系方式", [
    citizen(WATER),
    citizen("王女士 13800000005"),
    citizen("确认"),
    bot(/受理编号/),
    citizen("还有，海淀区中关村街道科学院南路的路灯坏了半个月，晚上一片漆黑"),
    never(/称呼和电话/),
    bot(/请核对您的诉求[\s\S]*王女士，138\*{4}0005/),
  ]);

  transcript("举报默认对身份保密", [
    citizen("我要举报"),
    citizen("望京西园四区底商的小饭馆用过期肉做菜"),
    citizen("1"),
    citizen("赵先生 13800000006"),
    bot(/类型：举报[\s\S]*身份保密：是/),
  ]);

  transcript("核对时改地点", [
    citizen(WATER),
    citizen("匿名"),
    bot(/请核对/),
    citizen("地点改成海淀区中关村街道科学院南路"),
    bot(/地点已改为“海淀区中关村街道/),
    bot(/地点：海淀区中关村街道科学院南路/),
  ]);

  transcript("核对时点修改，选电话，再核对", [
    citizen(WATER),
    citizen("王女士 13800000007"),
    press("修改"),
    bot(/要改哪一项/),
    press("联系方式"),
    bot(/电话/),
    citizen("13800000008"),
    bot(/王女士，138\*{4}0008/),
  ]);

  transcript("核对时补充一句，原样加进内容", [
    citizen(WATER),
    citizen("匿名"),
    bot(/请核对/),
    citizen("昨天还有个老人在那里滑倒了"),
    bot(/已补充到内容里/),
    bot(/望京西园四区北门路面积水[\s\S]*昨天还有个老人在那里滑倒了/),
  ]);

  transcript("填电话时补充情况，也不会丢", [
    citizen(WATER),
    bot(/称呼和电话/),
    citizen("对了，昨天有位老人在那儿滑倒了"),
    bot(/已补充到内容里[\s\S]*称呼和电话/),
    citizen("匿名"),
    bot(/有位老人在那儿滑倒/),
  ]);

  transcript("取消就不提交", [
    citizen(WATER),
    bot(/称呼和电话/),
    citizen("取消"),
    bot(/已取消，这份诉求没有提交/),
    citizen("我的工单"),
    bot(/还没有提交过诉求/),
  ]);

  transcript("填表时问政策：先答，再接着填", [
    citizen(WATER),
    bot(/称呼和电话/),
    citizen("顺便问一下，失业金最多能领几个月？"),
    bot(/依据：/),
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/请核对[\s\S]*积水/),
  ]);

  transcript("填表时打招呼，不会把表扔掉", [
    citizen(WATER),
    bot(/称呼和电话/),
    citizen("你好"),
    bot(/您好/),
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/积水/),
  ]);

  transcript("填表时要找人工：记下来，表还在", [
    citizen(WATER),
    bot(/称呼和电话/),
    citizen("转人工"),
    bot(/已经记下来/),
    bot(/称呼和电话/),
  ]);

  transcript("确认按钮按两次，只登记一件", [
    citizen(WATER),
    citizen("匿名"),
    press("确认提交"),
    bot(/受理编号/),
    press("确认提交"),
    bot(/已经提交过/),
    check(async ({ house, from }) => {
      expect(await house.store.ticketsOf(from, 10)).toHaveLength(1);
    }),
  ]);

  transcript("同一条消息送来三次，只有一轮答复、一张工单", [
    citizen(WATER),
    citizen("匿名"),
    citizen("确认", { id: "same" }),
    citizen("确认", { id: "same" }),
    citizen("确认", { id: "same" }),
    check(async ({ house, from, heard }) => {
      expect(await house.store.ticketsOf(from, 10)).toHaveLength(1);
      expect(heard.filter((message) => /正在提交派单系统/.test(message.text))).toHaveLength(1);
      expect(heard.filter((message) => /^登记成功/.test(message.text))).toHaveLength(1);
    }),
  ]);
});
