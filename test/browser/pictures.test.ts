import { beforeAll, describe, test } from "vitest";
import { type Citizen, citizenAt, DESK, fileComplaint } from "./citizen.ts";
import { clerkAt } from "./clerk.ts";
import { fileRequest } from "./file-request.ts";
import { keepForReadme } from "./screenshots.ts";
import { withStage } from "./stage.ts";

/** As wide as a phone, and long enough for a talk. */
const LONG_PHONE = { width: 375, height: 922 };

const REQUESTS = [
  "海淀区中关村街道科育社区门口的路灯坏了两周，晚上看不清路",
  "东城区东直门街道东外大街有人占道经营，堵了盲道",
  "丰台区方庄街道芳古园小区半夜施工，噪音很大睡不着",
  "西城区广安门外街道红莲南里小区电梯坏了三天没人修",
  "朝阳区三里屯街道工体北路路面塌了一个坑，骑车容易摔倒",
  "通州区北苑街道新华西街小区自来水发黄",
  "石景山区八角街道古城小区暖气不热，室内只有14度",
  "昌平区回龙观街道龙腾苑小区违规停车堵住消防通道",
];

describe("说明文件里的两张图", () => {
  const stage = withStage();
  let citizen: Citizen;

  beforeAll(async () => {
    citizen = citizenAt(await stage.browser.newPage({ viewport: LONG_PHONE, deviceScaleFactor: 2, isMobile: true }));
  });

  test("手机上的对话：有依据的答案，和受理编号", async () => {
    const { page } = citizen;
    await page.goto(stage.server.url);
    await citizen.hears("您好");
    await fileComplaint(citizen);
    await citizen.hears("已派给");
    await citizen.say("失业金能领几个月");
    await citizen.hears("依据：");
    await keepForReadme(page, "chat");
  });

  test("工作台：工单列表和展开的一件", async () => {
    for (const text of REQUESTS) await fileRequest(stage.server.url, text);
    const page = await stage.browser.newPage({ viewport: DESK, deviceScaleFactor: 2 });
    const clerk = clerkAt(page, stage.server.url);
    await clerk.signIn();
    await page.getByTestId("ticket-row").nth(REQUESTS.length).waitFor();
    await page.getByTestId("ticket-row").filter({ hasText: "花家地" }).click();
    await clerk.detail.getByText("诉求内容").waitFor();
    await keepForReadme(page, "desk");
  });
});
