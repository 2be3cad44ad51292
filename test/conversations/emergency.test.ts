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

const FIRE = "望京西园四区3号楼着火了，楼道里都是烟";
const LAMP = "望京西园四区2号楼门口路灯坏了好久，晚上一片漆黑";

const gradeIs = (grade: string) =>
  check(({ house, numbers }) => expect(house.desk?.ticket(numbers.at(-1) ?? "")?.ticket.grade).toBe(grade));

describe("应急", () => {
  transcript("先给电话一按就通，要登记就是两小时的工单", [
    citizen(FIRE),
    bot(/马上拨打 119[\s\S]*拨打 119 tel:119/),
    bot(/2 小时内响应/),
    citizen("登记"),
    pickClassIfAsked,
    citizen("王先生 13800000000"),
    bot(/类型：应急[\s\S]*3号楼/),
    citizen("确认"),
    eventually(/受理编号/),
    gradeIs("2h"),
  ]);

  transcript("接着说地点和情况，就是要登记，说过的都在", [
    citizen("着火了，快来人"),
    bot(/拨打 119/),
    citizen("望京西园四区3号楼二层"),
    pickClassIfAsked,
    citizen("匿名"),
    bot(/类型：应急[\s\S]*着火了，快来人 望京西园四区3号楼二层/),
  ]);

  transcript("不用登记就不登记，留着随时能登记", [
    citizen(FIRE),
    bot(/2 小时内响应/),
    press("不用，我先打电话"),
    bot(/先处理眼前的险情/),
    press("现在登记"),
    pickClassIfAsked,
    citizen("匿名"),
    bot(/类型：应急[\s\S]*着火了/),
  ]);

  transcript("险情中间问路、闲聊，答了再回到险情", [
    citizen(FIRE),
    bot(/2 小时内响应/),
    citizen("你是机器人吗"),
    bot(/智能助手/),
    bot(/2 小时内响应/),
  ]);

  transcript("填到一半出险情：先报电话，填的一个字不丢", [
    citizen(LAMP),
    pickClassIfAsked,
    bot(/称呼和电话/),
    citizen("楼上现在漏煤气了，味道很大！"),
    bot(/燃气泄漏[\s\S]*拨打 119/),
    citizen("我填到哪了"),
    bot(/已经填了[\s\S]*路灯坏了好久/),
  ]);

  transcript("不想活了：只有关心和电话，表单留着，不催填", [
    citizen(LAMP),
    pickClassIfAsked,
    bot(/称呼和电话/),
    citizen("我真的不想活了"),
    bot(/12356[\s\S]*拨打 12356 tel:12356/),
    never(/称呼和电话|应急工单/),
    citizen("继续"),
    bot(/路灯坏了好久/),
  ]);

  transcript("不想活了，也说了难处：先关心，想登记时一点就行，不用再说", [
    citizen("望京西园四区的包工头欠了我半年工资，家里揭不开锅，我真的不想活了"),
    bot(/12356/),
    bot(/难处我都记着/),
    never(/称呼和电话/),
    press("帮我登记这件事"),
    pickClassIfAsked,
    bot(/称呼和电话/),
  ]);

  transcript("没有明说的危险：一句话提醒拨打，照常登记，只说一次", [
    citizen("望京西园四区菜市场门口有人拿着长刀晃悠，没人管"),
    bot(/110/),
    pickClassIfAsked,
    citizen("匿名"),
    never(/眼前有人受伤/),
    bot(/请核对/),
  ]);

  transcript("警情留下记录，不记原话", [
    citizen(FIRE),
    check(async ({ house }) => {
      const records = await house.store.records("danger", 5);
      expect(records.map(({ detail }) => detail)).toContain("fire");
    }),
  ]);
});
