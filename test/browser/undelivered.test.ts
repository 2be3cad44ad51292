import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTelegramHost, type TelegramHost } from "../fakes/telegram-host.ts";
import { type Citizen, citizenAt, DESK, PHONE } from "./citizen.ts";
import { type Clerk, clerkAt } from "./clerk.ts";
import { keep } from "./screenshots.ts";
import { withStage } from "./stage.ts";

const CHAT = 7_001;
let counted = 900;

/** What the citizen says in the other channel. */
const says = (text: string) => {
  const from = { id: CHAT, is_bot: false, first_name: "小明" };
  const message = { message_id: ++counted, date: 1, chat: { id: CHAT, type: "private" }, from, text };
  return { update_id: counted, message };
};

describe("一个人两个渠道，有一条没送到", () => {
  let host: TelegramHost;
  const stage = withStage(async () => {
    host = await startTelegramHost();
    return { TELEGRAM_BOT_TOKEN: host.token, TELEGRAM_API_BASE: host.url, QUIET_HOURS: "off" };
  });
  let citizen: Citizen;
  let clerk: Clerk;
  let number = "";

  const heard = () => host.seen.filter(({ chatId }) => chatId === String(CHAT)).map(({ text }) => text);
  const hears = (pattern: RegExp) => expect.poll(() => heard().find((text) => pattern.test(text)), { timeout: 20_000 });

  beforeAll(async () => {
    citizen = citizenAt(await stage.browser.newPage({ viewport: PHONE }));
    clerk = clerkAt(await stage.browser.newPage({ viewport: DESK }), stage.server.url);
  });
  afterAll(async () => {
    await host?.close();
  });

  test("Telegram 里要的码，从链接带进网页，确认之后地址栏里没有码", async () => {
    host.waiting.push(says("关联账号"));
    await hears(/关联码：\w{8}/).toBeDefined();
    const code = /关联码：(\w{8})/.exec(heard().join("\n"))?.[1];
    await citizen.page.goto(`${stage.server.url}/#link=${code}`);
    await citizen.hears("这个码来自 Telegram 上的一个账号");
    expect(citizen.page.url()).toBe(`${stage.server.url}/`);
    await keep(citizen.page, "link-accounts");
    await citizen.press("确认关联");
    await citizen.hears("已关联 Telegram 上的账号");
    await hears(/您的账号已与网页上的一个账号关联/).toBeDefined();
  });

  test("网页上登记，Telegram 也收到编号", async () => {
    await citizen.say("朝阳区望京街道花家地北里小区的垃圾三天没人清了，味道很大，我叫王建国，电话13800000000");
    await citizen.hears("同意用这个号码");
    await citizen.press("同意，用这个号码");
    await citizen.hears("请核对您的诉求");
    await citizen.press("确认提交");
    number = /受理编号 (\d{14})/.exec(await citizen.hears(/受理编号 \d{14}/))?.[1] ?? "";
    await hears(new RegExp(`受理编号 ${number}`)).toBeDefined();
  });

  test("Telegram 不收：网页上照样听到，工作人员在“未送达”里看到原因", async () => {
    await hears(new RegExp(`${number} 已派给`)).toBeDefined();
    host.fail("sendMessage", { code: 403, description: "Forbidden: bot was blocked by the user" });
    await clerk.signIn();
    await clerk.open(number);
    await clerk.accept();
    await citizen.hears(new RegExp(`${number} 有进展`));
    await clerk.page.keyboard.press("Escape");
    await clerk.page.getByRole("menuitem", { name: "未送达" }).click();
    const row = clerk.page.getByTestId("undelivered-row");
    await row.first().waitFor();
    expect(await row.count()).toBe(1);
    const shown = await row.first().innerText();
    expect(shown).toContain("Telegram");
    expect(shown).toContain(number);
    expect(shown).toContain("市民屏蔽了账号");
    expect(shown).toContain("下次告知");
    expect(shown).toContain("有进展");
    await keep(clerk.page, "undelivered");
  });
});
