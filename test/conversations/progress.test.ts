import { describe, expect } from "vitest";
import { bot, check, citizen, never, press, transcript, unit, withHouse } from "./transcript.ts";

withHouse();

const filed = [
  citizen("望京西园四区北门路面积水好几天了，走路都得绕，希望尽快排水"),
  citizen("王女士 13800000000"),
  citizen("确认提交"),
  bot(/受理编号 \d{14}/),
];

describe("查进度和办理消息", () => {
  transcript("按编号查", [...filed, citizen("{number}"), bot(/承办单位：望京街道办事处[\s\S]*办理时限[\s\S]*已派单/)]);

  transcript("编号夹在话里也能查", [
    ...filed,
    citizen("帮我查一下{number}到哪一步了"),
    bot(/承办单位：望京街道办事处/),
  ]);

  transcript("“我的工单”列出自己的诉求", [
    ...filed,
    citizen("我的工单"),
    bot(/望京西园四区北门路面积水[\s\S]*\[1\. 催办\]/),
  ]);

  transcript("没有诉求时说没有", [citizen("我的工单"), bot(/还没有提交过诉求[\s\S]*我要反映问题/)]);

  transcript("别人的编号查不到", [citizen("查一下20260101000001"), bot(/没有在您的诉求里找到编号 20260101000001/)]);

  transcript("催办送到了才说送到", [
    ...filed,
    citizen("催办"),
    bot(/已经记下，正在转给承办单位/),
    bot(/的催办已经送到承办单位/),
    check(({ house, numbers }) => {
      expect(house.desk?.ticket(numbers[0] ?? "")?.ticket.urges).toBe(1);
    }),
  ]);

  transcript("补充内容原样转给承办单位", [
    ...filed,
    citizen("我的工单"),
    press("补充内容"),
    bot(/请写要补充到/),
    citizen("昨晚又有一位老人滑倒，<b>请</b>加急'; DROP TABLE tickets;--"),
    bot(/补充已经保存，正在转给/),
    bot(/补充已经送到承办单位/),
    check(({ house, numbers }) => {
      const events = house.desk?.ticket(numbers[0] ?? "")?.events ?? [];
      expect(
        events.some((event) => event.text?.includes("昨晚又有一位老人滑倒，<b>请</b>加急'; DROP TABLE tickets;--")),
      ).toBe(true);
    }),
  ]);

  transcript("带着编号说补充、撤回", [
    ...filed,
    citizen("补充 {number}"),
    bot(/请写要补充到/),
    citizen("取消"),
    citizen("撤回 {number}"),
    bot(/确定撤回吗/),
  ]);

  transcript("撤回先问一句，确定后才撤", [
    ...filed,
    citizen("撤回"),
    bot(/将不再办理。确定撤回吗/),
    press("确定撤回"),
    bot(/已经记下，正在通知派单系统/),
    bot(/已撤回，不再办理/),
    citizen("催办"),
    bot(/没有可以催办的诉求/),
  ]);

  transcript("撤回时改主意，继续办", [
    ...filed,
    citizen("撤回"),
    bot(/确定撤回吗/),
    citizen("不撤了"),
    bot(/继续办理/),
  ]);

  transcript("两件诉求时问催哪一件", [
    ...filed,
    citizen("还有海淀区中关村街道科学院南路的路灯坏了半个月，晚上一片漆黑"),
    bot(/请核对/),
    citizen("确认"),
    bot(/受理编号 \d{14}/),
    citizen("催办"),
    bot(/要催办哪一件[\s\S]*\[2\. /),
    citizen("2"),
    bot(/催办已经送到/),
  ]);

  transcript("接单、答复、办结，每条消息在原会话里说一次", [
    ...filed,
    unit("accept"),
    bot(/有进展：望京街道办事处/),
    unit("reply", "已联系排水集团，今天下午抽水。"),
    bot(/有答复了[\s\S]*今天下午抽水/),
    unit("close", "积水已排完，井箅子已清掏。"),
    bot(/已办结[\s\S]*积水已排完/),
    check(({ heard }) => {
      for (const words of [/有进展/, /有答复了/, /已办结。/, /已派给/]) {
        expect(heard.filter((message) => words.test(message.text))).toHaveLength(1);
      }
    }),
  ]);

  transcript("办结后不能再撤回", [
    ...filed,
    unit("accept"),
    unit("close", "已处理。"),
    citizen("撤回"),
    bot(/没有可以撤回的诉求/),
  ]);

  transcript("填新表的时候旧工单有了答复：照样送到，表还在", [
    ...filed,
    citizen("我要投诉"),
    bot(/什么事/),
    unit("accept"),
    bot(/有进展/),
    citizen("海淀区中关村街道科学院南路的路灯坏了半个月，晚上一片漆黑"),
    bot(/请核对/),
    never(/什么事/),
  ]);
});
