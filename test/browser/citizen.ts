import type { Locator, Page } from "playwright-core";

export interface Citizen {
  page: Page;
  /** The bubbles of the bot, and the citizen's own. */
  bot: Locator;
  own: Locator;
  say(text: string): Promise<void>;
  press(label: string | RegExp): Promise<void>;
  /** Waits for a bubble of the bot with these words and gives its text. */
  hears(words: string | RegExp): Promise<string>;
  attach(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void>;
}

/** What somebody in front of the chat page does and sees. */
export function citizenAt(page: Page): Citizen {
  const bot = page.getByTestId("message-bot");
  return {
    page,
    bot,
    own: page.getByTestId("message-user"),
    async say(text) {
      await page.getByTestId("composer").fill(text);
      await page.getByTestId("send").click();
    },
    press: (label) => page.getByTestId("quick-reply").filter({ hasText: label }).last().click(),
    async hears(words) {
      const bubble = bot.filter({ hasText: words }).last();
      await bubble.waitFor();
      return bubble.innerText();
    },
    attach: (file) => page.getByTestId("upload").setInputFiles(file),
  };
}

export const PHONE = { width: 375, height: 812 };
export const DESK = { width: 1280, height: 800 };

/** A complaint that names its place and whose category is plain. */
const COMPLAINT = "朝阳区望京街道花家地北里小区的垃圾三天没人清了，味道很大，希望尽快清运";

/** From the complaint to the summary, as short as it gets. */
export async function describeComplaint(citizen: Citizen, contact = "王女士 13800000000"): Promise<void> {
  await citizen.say(COMPLAINT);
  const reply = await citizen.hears(/属于下面哪一类|称呼和电话/);
  if (reply.includes("哪一类")) await citizen.press(/垃圾堆积/);
  await citizen.hears("称呼和电话");
  await citizen.say(contact);
  await citizen.hears("请核对您的诉求");
}

/** Files the complaint and gives its number. */
export async function fileComplaint(citizen: Citizen, contact?: string): Promise<string> {
  await describeComplaint(citizen, contact);
  await citizen.press("确认提交");
  const receipt = await citizen.hears("登记成功，受理编号");
  const [number] = /\d{14}/.exec(receipt) ?? [];
  if (number === undefined) throw new Error(`no number in the receipt: ${receipt}`);
  return number;
}
