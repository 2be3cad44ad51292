import { describe, expect } from "vitest";
import {
  bot,
  check,
  citizen,
  eventually,
  never,
  pickClassIfAsked,
  press,
  transcript,
  withHouse,
} from "./transcript.ts";

withHouse();

const MATTER = "我们在海淀区中关村街道申请食品经营许可，窗口拖了两个月不给办，希望尽快审批";

describe("企业入口", () => {
  transcript("企业诉求：名称、信用代码核对后登记", [
    citizen("企业"),
    bot(/企业服务专线[\s\S]*提交企业诉求[\s\S]*咨询惠企政策/),
    press("提交企业诉求"),
    bot(/什么事/),
    citizen(MATTER),
    pickClassIfAsked,
    bot(/企业名称/),
    citizen("我们公司是北京某某科技有限公司"),
    bot(/统一社会信用代码/),
    citizen("91110000802100433A"),
    bot(/校验位对不上[\s\S]*18 位/),
    citizen("9111 0000 8021 0043 3b"),
    bot(/称呼和电话/),
    citizen("李经理 13800000000"),
    bot(/企业名称：北京某某科技有限公司[\s\S]*统一社会信用代码：91110000802100433B/),
    citizen("确认"),
    eventually(/受理编号/),
    check(({ house, numbers }) => {
      const ticket = house.desk?.ticket(numbers.at(-1) ?? "")?.ticket;
      expect(ticket?.body.company).toEqual({ name: "北京某某科技有限公司", creditCode: "91110000802100433B" });
      expect(ticket?.grade).not.toBe("15d");
    }),
    citizen("企业诉求"),
    press("提交企业诉求"),
    citizen("海淀区中关村街道的孵化器停电三天，我们没法经营"),
    pickClassIfAsked,
    never(/企业名称（营业执照|统一社会信用代码，营业执照/),
    bot(/请核对[\s\S]*北京某某科技有限公司/),
  ]);

  transcript("名称和代码一句话说完，不再问", [
    citizen("企业"),
    press("提交企业诉求"),
    citizen(MATTER),
    pickClassIfAsked,
    bot(/企业名称/),
    citizen("北京某某科技有限公司，信用代码91110000802100433B"),
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/企业名称：北京某某科技有限公司\n统一社会信用代码：91110000802100433B/),
  ]);

  transcript("代码位数不对，说明几位；手边没有可以先跳过", [
    citizen("企业"),
    press("提交企业诉求"),
    citizen(MATTER),
    pickClassIfAsked,
    citizen("北京某某科技有限公司"),
    citizen("9111000080210043"),
    bot(/应为 18 位，您写的是 16 位/),
    press("先跳过"),
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/统一社会信用代码：待补/),
    citizen("信用代码是91110000802100433B"),
    bot(/统一社会信用代码：91110000802100433B/),
  ]);

  transcript("走错门的个人，按个人登记，说过的都在", [
    citizen("企业"),
    press("提交企业诉求"),
    citizen("望京西园四区北门路面积水好几天了，希望尽快排水"),
    pickClassIfAsked,
    bot(/企业名称/),
    press("我是个人，不是企业"),
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/^(?![\s\S]*企业名称)[\s\S]*请核对[\s\S]*积水/),
  ]);

  transcript("咨询惠企政策，走知识库", [citizen("企业热线"), press("咨询惠企政策"), bot(/写您的问题/)]);

  transcript("个人说到公司欠薪，不问企业名称", [
    citizen("海淀区中关村街道有家公司拖欠我三个月工资，希望帮我要回来"),
    pickClassIfAsked,
    never(/营业执照上的全称/),
    bot(/称呼和电话/),
  ]);
});
