import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Citizen, createCitizen, fileComplaint, reachSummary } from "./citizen.ts";
import { cli } from "./cli-process.ts";
import { createLossyProxy, type LossyProxy } from "./lossy-proxy.ts";
import { createOfficial, type Official } from "./official.ts";
import {
  ADMIN_PASSWORD,
  type Environment,
  freePort,
  removeDir,
  type ServerProcess,
  startServer,
  temporaryDir,
} from "./server-process.ts";

const API_KEY = "city-a-at-city-b";
const SECRET = "shared-between-two-cities";
const COMPLAINT = "朝阳区望京西园四区楼下餐馆油烟很大，每天晚上都呛人，希望尽快处理";
const NEWS_MS = 60_000;

let cityB: ServerProcess;
let environmentB: Environment;
let dirB: string;
let line: LossyProxy;
let cityA: ServerProcess;
let official: Official;

beforeAll(async () => {
  dirB = await temporaryDir();
  environmentB = { DISPATCH_API_KEY: API_KEY, PORT: String(await freePort()) };
  cityB = await startServer(dirB, environmentB);
  line = await createLossyProxy(cityB.url);
  cityA = await startServer(await temporaryDir(), {
    DISPATCH_URL: `${line.url}/open311/v2/`,
    DISPATCH_API_KEY: API_KEY,
    DISPATCH_CALLBACK_SECRET: SECRET,
  });
  official = await createOfficial(cityB.url, "admin", ADMIN_PASSWORD);
});

afterAll(async () => {
  await cityA.stop();
  await line.close();
  await cityB.stop();
  await removeDir(cityA.dataDir);
  await removeDir(dirB);
});

const ticketsAtB = async () => (await official.call("GET", "/api/desk/tickets?state=all&pageSize=100")).body.total;

describe("city A files at the desk of city B", () => {
  let citizen: Citizen;
  let number: string;

  it("and the citizen of A gets B's number, which B's official finds with all that was said", async () => {
    citizen = await createCitizen(cityA.url);
    number = await fileComplaint(citizen, COMPLAINT);
    const { body } = await official.call("GET", `/api/desk/tickets/${number}`);
    expect(body.description).toContain(COMPLAINT);
    expect(body.contact).toEqual({ name: "王女士", phone: "13912345678" });
    expect((await fetch(`${cityA.url}/open311/v2/services.json`)).status).toBe(404);
  });

  it("and hears in the same conversation what B's unit replied and when it was closed, each once", async () => {
    await official.call("POST", `/api/desk/tickets/${number}/accept`);
    await official.call("POST", `/api/desk/tickets/${number}/reply`, { text: "油烟管道已经清洗。" });
    await official.call("POST", `/api/desk/tickets/${number}/close`, { text: "回访满意。" });
    await citizen.hears(/有答复了。\n望京街道办事处：油烟管道已经清洗。/, NEWS_MS);
    await citizen.hears(/已办结。\n望京街道办事处：回访满意。/, NEWS_MS);
    const texts = (await citizen.activities()).map((each) => each.text);
    expect(texts.filter((text) => text?.includes("管道已经清洗"))).toHaveLength(1);
  });

  it("and a supplement, an urge and a withdrawal by the citizen reach B", async () => {
    number = await fileComplaint(citizen, "朝阳区安贞街道小区垃圾三天没人清，希望尽快清走", "13912345678");
    await citizen.say(`查询 ${number}`, /承办单位：安贞街道办事处/);
    await citizen.press("补充内容", /请写要补充/);
    await citizen.say("今天更臭了，老人都不敢开窗", /补充已经送到/);
    await citizen.say(`催办 ${number}`, /催办已经送到/);
    await citizen.say(`查询 ${number}`, /承办单位：安贞街道办事处/);
    const { body } = await official.call("GET", `/api/desk/tickets/${number}`);
    expect(body.timeline.map((event) => event.text ?? "").join()).toContain("老人都不敢开窗");
    await citizen.press("撤回", /确定撤回吗/);
    await citizen.press("确定撤回", /正在通知派单系统/);
    await citizen.hears(/已撤回，不再办理/, NEWS_MS);
  });
});

describe("when the line between the cities is bad", () => {
  it("a lost answer leads to the number all the same, and to one ticket only", async () => {
    const before = await ticketsAtB();
    const citizen = await createCitizen(cityA.url);
    await reachSummary(citizen, COMPLAINT, "13912345678");
    const posts = line.posts();
    line.set("deaf");
    await citizen.say("确认提交", /已经保存，正在提交/);
    while (line.posts() === posts) await new Promise((resolve) => setTimeout(resolve, 50));
    await citizen.say("我的工单", /已保存，尚未登记/);
    line.set("open");
    await citizen.hears(/登记成功，受理编号 \d{14}/, NEWS_MS);
    expect(await ticketsAtB()).toBe(before + 1);
  });

  it("with B down the citizen hears saved but not filed, never a number; it follows by itself, with one ticket", async () => {
    const before = await ticketsAtB();
    const citizen = await createCitizen(cityA.url);
    await reachSummary(citizen, COMPLAINT, "13912345678");
    await cityB.stop();
    const said = await citizen.say("确认提交", /已经保存，正在提交/);
    expect(said).not.toMatch(/\d{14}/);
    expect(await citizen.say("我的工单", /尚未登记/)).not.toMatch(/\d{14}/);
    expect(await citizen.say("失业金能领几个月", /./)).toBeTruthy();
    cityB = await startServer(dirB, environmentB);
    const filed = await citizen.hears(/登记成功，受理编号 \d{14}/, NEWS_MS);
    expect(filed.match(/登记成功/g)).toHaveLength(1);
    official = await createOfficial(cityB.url, "admin", ADMIN_PASSWORD);
    expect(await ticketsAtB()).toBe(before + 1);
  });

  it("the terminal files at B too, and gives no number while B cannot be reached", async () => {
    const before = await ticketsAtB();
    const dataDir = await temporaryDir();
    const environment = { DISPATCH_URL: `${line.url}/open311/v2`, DISPATCH_API_KEY: API_KEY };
    line.set("closed");
    const lines = [COMPLAINT, "匿名提交", "确认提交", "我的工单"];
    const cut = await cli(["chat", "--data-dir", dataDir], lines, environment);
    expect(cut.lines.join("\n")).toMatch(/已经保存，正在提交/);
    expect(cut.lines.join("\n")).toMatch(/尚未登记/);
    expect(cut.lines.join("\n")).not.toMatch(/\d{14}/);
    line.set("open");
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    const whole = await cli(["chat", "--data-dir", dataDir], ["我的工单"], environment);
    await removeDir(dataDir);
    expect(whole.lines.join("\n")).toMatch(/受理编号 \d{14}/);
    expect(await ticketsAtB()).toBe(before + 1);
  });
});

describe("POST /api/dispatch/callback", () => {
  let number: string;
  let citizen: Citizen;

  const callback = (body: string, signature?: string) =>
    fetch(`${cityA.url}/api/dispatch/callback`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(signature === undefined ? {} : { "x-signature": signature }) },
      body,
    });
  const sign = (body: string, secret = SECRET) => createHmac("sha256", secret).update(body).digest("hex");
  const update = (more: object = {}) =>
    JSON.stringify({
      id: "u-1",
      number,
      status: "replied",
      at: new Date().toISOString(),
      unit: "某单位",
      text: "回调里的答复",
      ...more,
    });

  beforeAll(async () => {
    citizen = await createCitizen(cityA.url);
    number = await fileComplaint(citizen, COMPLAINT);
  });

  it("takes what is signed, tells the citizen, and takes a replay without telling twice", async () => {
    const body = update();
    const first = await callback(body, sign(body));
    expect([first.status, await first.json()]).toEqual([200, { result: "recorded" }]);
    await citizen.hears(/某单位：回调里的答复/);
    const again = await callback(body, `sha256=${sign(body)}`);
    expect([again.status, await again.json()]).toEqual([200, { result: "duplicate" }]);
    await citizen.say("谢谢", /不客气/);
    const texts = (await citizen.activities()).filter((each) => each.text?.includes("回调里的答复"));
    expect(texts).toHaveLength(1);
  });

  it("refuses what is not signed, signed otherwise, or changed after signing: 401", async () => {
    const body = update({ id: "u-2" });
    const wrong = [undefined, "", "00", sign(body, "another-secret"), sign(`${body} `), `sha1=${sign(body)}`];
    for (const signature of wrong) expect((await callback(body, signature)).status).toBe(401);
  });

  it("refuses what is stale (401), malformed or of an unknown kind (400), too large (413), or of no ticket of ours (404)", async () => {
    const bodies: [number, string][] = [
      [401, update({ id: "u-3", sentAt: new Date(Date.now() - 3_600_000).toISOString() })],
      [400, update({ id: "u-4", status: "exploded" })],
      [400, update({ id: "u-5", at: "yesterday" })],
      [400, "{"],
      [400, "[]"],
      [413, update({ id: "u-6", text: "长".repeat(200_000) })],
      [404, update({ id: "u-7", number: "20260101000000" })],
    ];
    for (const [status, body] of bodies)
      expect([status, (await callback(body, sign(body))).status]).toEqual([status, status]);
  });
});
