import { afterAll, beforeAll, expect, it } from "vitest";
import { type Citizen, createCitizen } from "../../whole/citizen.ts";
import { openTelegramTown, type TelegramTown } from "./telegram-town.ts";

const TELEGRAM = 5_001;
const COMPLAINT = "朝阳区望京西园四区楼下餐馆油烟很大，每天晚上都呛人，希望尽快处理";

let town: TelegramTown;
let web: Citizen;
beforeAll(async () => {
  town = await openTelegramTown();
  web = await createCitizen(town.server().url);
});
afterAll(() => town.close());

it("网页上登记，Telegram 里凭关联码证明是同一个人：两边都有进展，日志里没有码", async () => {
  await web.say(COMPLAINT, /称呼和电话/);
  await web.say("王女士 13800000000", /请核对/);
  const receipt = await web.press("确认提交", /受理编号 \d{14}/);
  const number = /受理编号 (\d{14})/.exec(receipt)?.[1] ?? "";
  const offered = await web.say("关联账号", /关联码：\w{8}/);
  const code = /关联码：(\w{8})/.exec(offered)?.[1] ?? "";

  await town.say(TELEGRAM, number);
  await town.hears(TELEGRAM, /没有在您的诉求里找到/);
  await town.say(TELEGRAM, code);
  await town.hears(TELEGRAM, /这个码来自网页上的一个账号/);
  expect(town.heard(TELEGRAM).join("\n")).not.toMatch(/油烟|王女士|138/);
  await town.press(TELEGRAM, /确认关联/);
  await town.hears(TELEGRAM, /已关联网页上的账号/);
  await web.hears(/您的账号已与 Telegram 上的一个账号关联/);

  await town.say(TELEGRAM, "我的工单");
  await town.hears(TELEGRAM, /油烟/);
  await town.server().house.desk?.handle({ role: "admin", name: "测试员" }, number, "accept");
  await town.hears(TELEGRAM, new RegExp(`${number} 有进展`));
  await web.hears(new RegExp(`${number} 有进展`));
  await town.server().house.idle();
  expect(town.heard(TELEGRAM).filter((words) => words.includes("有进展"))).toHaveLength(1);
  expect(town.logged()).not.toContain(code);
});
