import { describe, expect } from "vitest";
import { bot, check, citizen, never, pickClassIfAsked, press, transcript, withHouse } from "./transcript.ts";

withHouse();

const noTicket = check(async ({ house, from }) => {
  expect(await house.store.ticketsOf(from, 10)).toEqual([]);
});

describe("法律另有渠道的事项", () => {
  transcript("举报干部受贿：告诉 12388，不成工单，留下记录", [
    citizen("我要举报我们村书记受贿，收了开发商的好处"),
    bot(/12388[\s\S]*不是这类，继续登记/),
    never(/称呼和电话|受理编号/),
    noTicket,
    check(async ({ house }) => expect((await house.store.records("statutory", 20)).length).toBeGreaterThan(0)),
  ]);

  transcript("先说要举报，再说是受贿，一样", [
    citizen("我要举报"),
    bot(/什么事/),
    citizen("举报镇长贪污公款"),
    bot(/12388/),
    noTicket,
  ]);

  transcript("申请信息公开：告诉向机关申请", [
    citizen("我要申请信息公开，要征地补偿的文件"),
    bot(/《政府信息公开条例》第二十九条/),
    noTicket,
  ]);

  transcript("对判决不服：告诉 12368", [citizen("我对法院判决不服，法官判得不公"), bot(/12368/), noTicket]);

  transcript("信访已受理：不重复受理", [citizen("我的信访件已经受理两个月没有答复"), bot(/不重复受理/), noTicket]);

  transcript("理解错了可以继续登记，不用再说一遍", [
    citizen("望京西园四区的保安冒充城管收保护费，把消防通道租给别人停车"),
    bot(/12388/),
    press("不是这类，继续登记"),
    pickClassIfAsked,
    citizen("匿名"),
    bot(/内容：望京西园四区的保安冒充城管收保护费，把消防通道租给别人停车/),
    citizen("确认"),
    bot(/受理编号 \d{14}/),
  ]);
});
