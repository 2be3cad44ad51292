import { describe, expect } from "vitest";
import { deskTicket, filesAs } from "./neighbours.ts";
import {
  bot,
  check,
  citizen,
  type Line,
  location,
  never,
  photo,
  pickClassIfAsked,
  press,
  transcript,
  unit,
  withHouse,
} from "./transcript.ts";

withHouse();

describe("自己反映过的同一件事", () => {
  const mine = filesAs("望京西园四区北门外路面积水好几天了，希望尽快排水", "欧阳女士 13800000001");
  const again: Line[] = [
    citizen("望京西园四区北门外路面积水还没排，水越来越深"),
    pickClassIfAsked,
    bot(/您 \d+月\d+日反映过类似的事：编号 \d{14}，已派单，承办单位：望京街道办事处/),
  ];

  transcript("催办：不开第二张，刚说的话也送到", [
    ...mine,
    ...again,
    press("催办"),
    bot(/不另开工单/),
    bot(/催办已经送到承办单位/),
    check((talk) => {
      expect(talk.numbers).toHaveLength(1);
      const { ticket, events } = deskTicket(talk);
      expect(ticket.urges).toBe(1);
      expect(events.some(({ kind, text }) => kind === "urged" && text?.includes("水越来越深"))).toBe(true);
    }),
  ]);

  transcript("直接打“催办”也一样", [...mine, ...again, citizen("催办"), bot(/不另开工单/), bot(/催办已经送到/)]);

  transcript("“是同一件，”后面接着说的也带上", [
    ...mine,
    ...again,
    citizen("是同一件事，今天早上又有位老人滑倒了"),
    bot(/不另开工单/),
    check((talk) => {
      expect(deskTicket(talk).events.some(({ text }) => text?.includes("老人滑倒"))).toBe(true);
    }),
  ]);

  transcript("补充：文字和照片都进原工单", [
    ...mine,
    ...again,
    citizen(photo()),
    bot(/同一件事吗/),
    citizen("补充进去"),
    bot(/补充保存/),
    bot(/补充已经送到承办单位/),
    check((talk) => {
      const { ticket, events } = deskTicket(talk);
      expect(ticket.body.evidence).toHaveLength(1);
      expect(events.some(({ kind, text }) => kind === "supplemented" && text?.includes("水越来越深"))).toBe(true);
    }),
  ]);

  transcript("不是同一件：登记新的，不再问", [
    ...mine,
    ...again,
    citizen("不是，是新的事"),
    bot(/单独登记/),
    bot(/请核对/),
    citizen("确认提交"),
    bot(/登记成功，受理编号/),
    check(({ numbers }) => expect(new Set(numbers).size).toBe(2)),
  ]);

  transcript("办结后又出现：新工单注明原编号", [
    ...mine,
    unit("accept"),
    unit("close", "已抽完。"),
    citizen("望京西园四区北门外路面又积水了，水越来越深"),
    pickClassIfAsked,
    bot(/已办结[\s\S]*是同一个问题没解决好，或者又出现了吗/),
    press("是，注明原编号"),
    bot(/请核对[\s\S]*原编号：\d{14}/),
    citizen("确认提交"),
    bot(/登记成功，受理编号/),
    check((talk) => {
      expect(new Set(talk.numbers).size).toBe(2);
      expect(deskTicket(talk).ticket.body.related).toBe(talk.numbers[0]);
    }),
  ]);

  transcript("换了地方就是另一件", [
    ...mine,
    citizen("海淀区清河街道毛纺北小区北门外路面积水，水越来越深"),
    pickClassIfAsked,
    bot(/请核对/),
    never(/反映过类似的事/),
  ]);

  transcript("只发一个位置改地点，重新比对", [
    ...mine,
    ...again,
    citizen(location(39.9, 116.4, "海淀区清河街道毛纺北小区北门")),
    bot(/请核对/),
    never(/同一件事吗/),
  ]);
});
