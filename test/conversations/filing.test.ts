import { beforeEach, describe, expect } from "vitest";
import { createFakeDispatch } from "../fakes/dispatch.ts";
import { bot, check, citizen, eventually, never, transcript, withHouse } from "./transcript.ts";

const dispatch = createFakeDispatch();
withHouse({ dispatch: () => dispatch });
beforeEach(() => {
  dispatch.mood = "well";
  dispatch.filed.clear();
});

const upToSummary = [
  citizen("望京西园四区北门路面积水好几天了，走路都得绕，希望尽快排水"),
  citizen("匿名"),
  bot(/请核对/),
];
const mood = (next: typeof dispatch.mood) =>
  check(() => {
    dispatch.mood = next;
  });

describe("受理回执不说假话", () => {
  transcript("派单系统不通：先说已保存，通了以后编号自己来，只有一张工单", [
    ...upToSummary,
    mood("down"),
    citizen("确认"),
    bot(/已经保存，正在提交/),
    never(/\d{14}|登记成功，受理/),
    citizen("我的工单"),
    bot(/已保存，尚未登记/),
    never(/\d{14}/),
    mood("well"),
    eventually(/^登记成功，受理编号 \d{14}/),
    check(() => expect(dispatch.filed.size).toBe(1)),
  ]);

  transcript("派单系统收下了却没回音：再问也只有一张工单、一个编号", [
    ...upToSummary,
    mood("deaf"),
    citizen("确认"),
    never(/\d{14}/),
    mood("well"),
    eventually(/^登记成功，受理编号 \d{14}/),
    check(({ heard }) => {
      expect(dispatch.filed.size).toBe(1);
      expect(heard.filter((message) => /^登记成功/.test(message.text))).toHaveLength(1);
    }),
  ]);

  transcript("派单系统不通时，别的话照样马上答", [
    ...upToSummary,
    mood("down"),
    citizen("确认"),
    citizen("失业金最多能领几个月？"),
    bot(/依据：/),
    mood("well"),
    eventually(/^登记成功/),
  ]);

  transcript("派单系统明确拒收：照实说，不给编号", [
    ...upToSummary,
    mood("refusing"),
    citizen("确认"),
    bot(/没能登记[\s\S]*不属于本市受理范围/),
    never(/受理编号 \d/),
    citizen("我的工单"),
    bot(/未能登记/),
  ]);

  transcript("先给凭条、后给编号的系统：凭条不当编号用", [
    ...upToSummary,
    mood("tokens"),
    citizen("确认"),
    never(/token|\d{14}/),
    mood("well"),
    eventually(/^登记成功，受理编号 \d{14}/),
    check(() => expect(dispatch.filed.size).toBe(1)),
  ]);

  transcript("催办没送到就不说送到", [
    ...upToSummary,
    citizen("确认"),
    bot(/受理编号/),
    mood("down"),
    citizen("催办"),
    bot(/正在转给承办单位/),
    never(/已经送到/),
    mood("well"),
    eventually(/催办已经送到承办单位/),
    check(() => expect(dispatch.acts.filter(({ action }) => action.kind === "urge")).toHaveLength(1)),
  ]);

  transcript("同一条办理消息重复发来，只说一次", [
    ...upToSummary,
    citizen("确认"),
    bot(/受理编号/),
    check(async ({ house, numbers }) => {
      const update = {
        id: "u-9",
        number: numbers[0] ?? "",
        status: "replied" as const,
        at: "2026-11-22T10:00:00+08:00",
        unit: "排水集团",
        text: "已经排水。",
      };
      expect(await house.recordUpdate(update)).toBe("recorded");
      expect(await house.recordUpdate(update)).toBe("duplicate");
    }),
    eventually(/有答复了[\s\S]*已经排水/),
    check(({ heard }) => expect(heard.filter((message) => /有答复了/.test(message.text))).toHaveLength(1)),
  ]);
});
