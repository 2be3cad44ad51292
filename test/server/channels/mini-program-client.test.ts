import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { toShown } from "../../../adapters/mini-program/client/pages/chat/bubbles.ts";
import { sayTime } from "../../../adapters/mini-program/client/words.ts";
import { png } from "../media/samples.ts";
import { openPhone, type Phone } from "./mini-program-phone.ts";
import { type MiniProgramTown, openMiniProgramTown } from "./mini-program-town.ts";

const COMPLAINT = "朝阳区望京西园四区楼下餐馆油烟很大，每天晚上都呛人，希望尽快处理";
const TEMPLATE = "tmpl-progress";

let town: MiniProgramTown;
let folder: string;
const open: Phone[] = [];
const phoneOf = (openId: string, storage?: Map<string, unknown>): Phone => {
  const phone = openPhone(town, openId, storage);
  open.push(phone);
  return phone;
};

beforeAll(async () => {
  town = await openMiniProgramTown({ samePort: true, env: { MINI_PROGRAM_TEMPLATE_ID: TEMPLATE } });
  town.host.templates.push({ id: TEMPLATE, content: "{{character_string1.DATA}}{{thing2.DATA}}" });
  folder = await mkdtemp(join(tmpdir(), "jiesu-phone-"));
});
afterEach(() => {
  for (const phone of open.splice(0)) phone.close();
});
afterAll(async () => {
  await town.close();
  await rm(folder, { recursive: true, force: true });
});

const sees = (phone: Phone, pattern: RegExp) =>
  expect.poll(() => phone.texts().join("\n"), { timeout: 15_000, interval: 30 }).toMatch(pattern);
const shownTo = (phone: Phone) => toShown(phone.view(), (path) => path);

async function filed(phone: Phone): Promise<string> {
  await sees(phone, /您好/);
  phone.chat.sendText(COMPLAINT);
  await sees(phone, /称呼和电话/);
  phone.chat.sendText("王女士 13912345678");
  await sees(phone, /请核对您的诉求/);
  const confirm = () => shownTo(phone).buttons.find(({ choiceId }) => choiceId.startsWith("intake/confirm/"));
  await expect.poll(confirm, { timeout: 15_000 }).toBeDefined();
  phone.chat.choose(confirm() ?? { choiceId: "", label: "" });
  await sees(phone, /受理编号 \d{14}/);
  return /受理编号 (\d{14})/.exec(phone.texts().join("\n"))?.[1] ?? "";
}

const turnsOf = (openId: string) => town.count("SELECT count(*) FROM inbound WHERE user_id = ?", userIdOf(openId));
const userIdOf = (openId: string) =>
  `mp-${town.server().house.seal.digest(`mini-program\n${town.host.appId}\n${openId}`)}`;

const news = (number: string, id: string, text: string) =>
  town
    .server()
    .house.recordUpdate({ id, number, status: "in-progress", at: new Date().toISOString(), unit: "望京街道", text });

describe("小程序客户端对着真的服务器", () => {
  it("登录、问好、登记、按按钮确认、拿到编号；我的工单里有它；订阅在登记成功时问", async () => {
    const phone = phoneOf("oFirst");
    const number = await filed(phone);
    const shown = shownTo(phone);
    expect(shown.filed).toBe(number);
    expect(shown.bubbles.filter(({ text }) => text === COMPLAINT)).toHaveLength(1);
    expect(shown.bubbles.filter(({ text }) => /您好/.test(text))).toHaveLength(1);
    const [ticket] = await phone.tickets.mine();
    expect(ticket).toMatchObject({ number, status: expect.stringMatching(/accepted|dispatched/) });
    expect(await phone.tickets.one(number)).toMatchObject({ number, updates: expect.any(Array) });
    expect(await phone.tickets.one("20990101000001")).toBeUndefined();
    expect(await phone.tickets.templateIds()).toEqual([TEMPLATE]);
  });

  it("别人看不到这张工单，也进不了这个对话", async () => {
    const mine = phoneOf("oOwner");
    const number = await filed(mine);
    const other = phoneOf("oOther");
    await sees(other, /您好/);
    expect(await other.tickets.one(number)).toBeUndefined();
    expect(await other.tickets.mine()).toEqual([]);
    const server = town.server().url;
    const conversationId = mine.view().activities[0]?.id.split("|")[0];
    const asked = await fetch(`${server}/v3/directline/conversations/${conversationId}/activities`, {
      headers: { authorization: `Bearer ${await other.token()}` },
    });
    expect(asked.status).toBe(403);
    const visitor = (await (await fetch(`${server}/v3/directline/tokens/generate`, { method: "POST" })).json()) as {
      token: string;
    };
    const tickets = (token: string) =>
      fetch(`${server}/api/mini-program/tickets`, { headers: { authorization: `Bearer ${token}` } });
    expect([(await tickets(visitor.token)).status, (await tickets("nonsense")).status]).toEqual([401, 401]);
  });

  it("回答丢了就再发，同一个编号：服务器只收一次，对话里只有一句", async () => {
    const phone = phoneOf("oUnlucky");
    await sees(phone, /您好/);
    phone.loseAnswers(3);
    phone.chat.sendText("怎么办居住证");
    await expect.poll(() => phone.view().outgoing.length, { timeout: 15_000 }).toBe(0);
    const said = shownTo(phone).bubbles.filter(({ text }) => text === "怎么办居住证");
    expect(said).toHaveLength(1);
    expect(turnsOf("oUnlucky")).toBe(2);
  });

  it("服务器停了再来：离线时说的话留着，回来以后按次序送到，错过的话补上", async () => {
    const phone = phoneOf("oPatient");
    await sees(phone, /您好/);
    await town.restart();
    await expect.poll(() => phone.view().isOnline, { timeout: 15_000 }).toBe(true);
    const number = await filed(phone);
    const before = phone.texts().length;
    const away = town.restart();
    phone.chat.sendText("查进度");
    phone.chat.sendText("帮助");
    await away;
    await sees(phone, new RegExp(`${number}`));
    await expect.poll(() => phone.view().outgoing.length, { timeout: 15_000 }).toBe(0);
    const own = phone
      .view()
      .activities.slice(before)
      .filter(({ side }) => side === "user");
    expect(own.map(({ text }) => text)).toEqual(["查进度", "帮助"]);
  });

  it("没送出去就关了小程序：下次打开接着送；换一部手机，还是同一个对话", async () => {
    const phone = phoneOf("oForgetful");
    await sees(phone, /您好/);
    phone.loseAnswers(1_000);
    phone.chat.sendText("楼道灯坏了");
    await expect.poll(() => JSON.stringify([...phone.storage.values()])).toContain("楼道灯坏了");
    phone.close();
    const again = phoneOf("oForgetful", phone.storage);
    await sees(again, /楼道灯坏了/);
    await expect.poll(() => again.view().outgoing.length, { timeout: 15_000 }).toBe(0);
    const newPhone = phoneOf("oForgetful");
    await sees(newPhone, /楼道灯坏了/);
    const said = newPhone.view().activities.filter(({ text }) => text === "楼道灯坏了");
    expect(said).toHaveLength(1);
  });

  it("图片随对话上传，再传一次还是一张；本人看得到，别人看不到", async () => {
    const file = join(folder, "路灯.png");
    await writeFile(file, png);
    const phone = phoneOf("oPhotographer");
    await sees(phone, /您好/);
    phone.loseAnswers(2);
    phone.chat.sendPicture(file);
    await expect.poll(() => phone.view().outgoing.length, { timeout: 15_000 }).toBe(0);
    const pictures = phone.view().activities.flatMap((activity) => activity.pictures);
    expect(pictures).toHaveLength(1);
    expect(town.count("SELECT count(*) FROM media WHERE channel = 'mini-program'")).toBe(1);
    const get = async (who: Phone) =>
      (await fetch(`${town.server().url}${pictures[0]}?t=${encodeURIComponent(await who.token())}`)).status;
    expect([await get(phone), await get(phoneOf("oCurious"))]).toEqual([200, 404]);
  });

  it("不收的文件：说明原因，可以移除，不挡后面的话", async () => {
    const file = join(folder, "脚本.png");
    await writeFile(file, "<svg onload=alert(1)>");
    const phone = phoneOf("oRefused");
    await sees(phone, /您好/);
    phone.chat.sendPicture(file);
    phone.chat.sendText("你好");
    await expect.poll(() => phone.view().outgoing.map(({ state }) => state), { timeout: 15_000 }).toEqual(["refused"]);
    const [bubble] = shownTo(phone).bubbles.filter(({ canDrop }) => canDrop);
    expect(bubble?.note).toMatch(/[。]$/);
    phone.chat.drop(bubble?.key ?? "");
    expect(phone.view().outgoing).toEqual([]);
  });

  it("地图上选的位置是 GCJ-02：登记时换成 WGS 84，写着地名", async () => {
    const phone = phoneOf("oTraveller");
    await sees(phone, /您好/);
    phone.chat.sendText("路灯坏了，晚上很黑");
    await expect.poll(() => shownTo(phone).askLocation, { timeout: 15_000 }).toBe(true);
    phone.chat.sendPlace({ latitude: 39.915, longitude: 116.404, label: "东城区东长安街" });
    await expect.poll(() => phone.view().outgoing.length, { timeout: 15_000 }).toBe(0);
    expect(shownTo(phone).bubbles.map(({ text }) => text)).toContain("［位置］东城区东长安街");
    const { house } = town.server();
    const conversationId = phone.view().activities[0]?.id.split("|")[0] ?? "";
    const userId = userIdOf("oTraveller");
    const { state } = await house.store.loadConversation({ channel: "mini-program", conversationId, userId });
    expect(JSON.stringify(state)).toMatch(/39\.913\d+/);
    expect(JSON.stringify(state)).not.toMatch(/"latitude":39\.915\b/);
  });
});

describe("进展来了", () => {
  it("正看着：马上看到，不发通知；不看了：用掉一次同意，发一条，点开到工单；再打开，话都在", async () => {
    const phone = phoneOf("oNotified");
    const number = await filed(phone);
    await town.server().house.idle();
    town.host.accept("oNotified", TEMPLATE);
    await phone.tickets.allow({ [TEMPLATE]: "accept", errMsg: "requestSubscribeMessage:ok" });
    const before = town.host.notices.length;
    await news(number, "n-1", "已派人查看");
    await sees(phone, /已派人查看/);
    expect(town.host.notices).toHaveLength(before);
    phone.close();
    // Until the server has seen that nobody looks any more, news needs no notice.
    let told = 0;
    await expect
      .poll(
        async () => {
          await news(number, `n-away-${++told}`, "正在处理");
          await town.server().house.idle();
          return town.host.notices.length;
        },
        { timeout: 15_000, interval: 100 },
      )
      .toBe(before + 1);
    expect(town.host.notices.at(-1)).toMatchObject({
      touser: "oNotified",
      page: `pages/ticket/ticket?number=${number}`,
      data: { character_string1: { value: number } },
    });
    await news(number, "n-last", "已经修好");
    await town.server().house.idle();
    expect(town.host.notices).toHaveLength(before + 1);
    await sees(phoneOf("oNotified"), /已经修好/);
  });

  it("拒绝的、没听说过的模板，不算同意", async () => {
    const phone = phoneOf("oRefusing");
    await sees(phone, /您好/);
    await phone.tickets.allow({ [TEMPLATE]: "reject", other: "accept" });
    await phone.tickets.allow({ [TEMPLATE]: "ban" });
    const userId = userIdOf("oRefusing");
    expect(town.count("SELECT count(*) FROM mini_program_permissions WHERE user_id = ?", userId)).toBe(0);
  });
});

describe("同一个人，两处对话", () => {
  it("客服会话里登记的，小程序里看得到；客服没送到的话，打开小程序时补上", async () => {
    const openId = "oBoth";
    await town.say(openId, COMPLAINT);
    await town.hears(openId, /称呼和电话/);
    await town.say(openId, "王女士 13912345678");
    await town.hears(openId, /请核对您的诉求/);
    await town.say(openId, "1");
    const receipt = await town.hears(openId, /受理编号 \d{14}/);
    const number = /受理编号 (\d{14})/.exec(receipt)?.[1] ?? "";
    await town.server().house.idle();
    town.host.fail("/cgi-bin/message/custom/send", 45_015);
    await news(number, "b-1", "已约好上门");
    await town.server().house.idle();
    const phone = phoneOf(openId);
    await sees(phone, /已约好上门/);
    expect((await phone.tickets.mine()).map((each) => each.number)).toEqual([number]);
    phone.chat.sendText("查进度");
    await sees(phone, new RegExp(number));
  });
});

it("接口文档里有小程序的接口，引用都找得到", async () => {
  const text = await (await fetch(`${town.server().url}/api/openapi.json`)).text();
  const document = JSON.parse(text) as { paths: object; components: { schemas: object } };
  expect(
    Object.keys(document.paths)
      .filter((path) => path.startsWith("/api/mini-program/"))
      .sort(),
  ).toEqual([
    "/api/mini-program/session",
    "/api/mini-program/subscriptions",
    "/api/mini-program/tickets",
    "/api/mini-program/tickets/{number}",
  ]);
  for (const [, name = ""] of text.matchAll(/#\/components\/schemas\/([\w-]+)/g)) {
    expect(document.components.schemas).toHaveProperty(name);
  }
});

describe("登录不成", () => {
  const post = (body: unknown) =>
    fetch(`${town.server().url}/api/mini-program/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });

  it.each([
    [40_029, 401, "bad-code"],
    [40_163, 401, "bad-code"],
    [45_011, 429, "too-often"],
    [40_226, 403, "blocked"],
    [-1, 503, "busy"],
    [40_125, 500, "wrong-account"],
    ["hang-up", 503, "busy"],
    ["not-json", 503, "busy"],
  ] as const)("平台答 %s：%i %s，有一句可以给市民看的话", async (fault, status, code) => {
    town.host.fail("/sns/jscode2session", fault);
    const response = await post({ code: town.host.login("oSomebody") });
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect([response.status, error.code]).toEqual([status, code]);
    expect(error.message).toMatch(/^\p{Script=Han}.*。$/u);
  });

  it("回答和日志里没有 openid、会话密钥、平台密钥；身份只认平台", async () => {
    const answer = await (await post({ code: town.host.login("oVerySecret"), userId: "mp-somebody-else" })).text();
    for (const secret of ["oVerySecret", "session_key", "c2Vzc2lvbi1rZXk", town.host.appSecret]) {
      expect(answer).not.toContain(secret);
      expect(town.logged()).not.toContain(secret);
    }
    expect(town.logged()).toMatch(/cannot-sign-in.*MINI_PROGRAM_APP_SECRET/);
  });

  it.each([
    ["没有 code", {}, 400],
    ["不是字", { code: 7 }, 400],
    ["太长", { code: "x".repeat(201) }, 400],
    ["不是 JSON", "{", 400],
    ["没见过的 code", { code: "made-up" }, 401],
    ["很大", { code: "x".repeat(100_000) }, 413],
  ])("%s：%i", async (_name, body, status) => {
    expect((await post(body)).status).toBe(status);
  });
});

it("时间照手机的时区说，没有就不说", () => {
  expect(sayTime(undefined)).toBe("");
  expect(sayTime("nonsense")).toBe("");
  expect(sayTime(new Date(2026, 2, 1, 8, 5).toISOString())).toBe("3月1日 08:05");
});
