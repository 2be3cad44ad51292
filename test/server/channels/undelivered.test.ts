import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { undeliveredView } from "../../../server/http/undelivered/router.ts";
import { openTelegramTown, type TelegramTown } from "./telegram-town.ts";

const CITIZEN = 6_001;
const COMPLAINT = "朝阳区望京西园四区楼下餐馆油烟很大，每天晚上都呛人，希望尽快处理";
const BLOCKED = { code: 403, description: "Forbidden: bot was blocked by the user" };

let town: TelegramTown;
let number: string;

async function api(path: string, token?: string, body?: object) {
  const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const init = body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers };
  const response = await fetch(`${town.server().url}/api${path}`, init);
  return { status: response.status, text: await response.text() };
}
async function signIn(username: string, password: string): Promise<string> {
  return JSON.parse((await api("/session", undefined, { username, password })).text).token;
}
async function linesFor(token: string) {
  const answer = await api("/undelivered", token);
  expect(answer.status).toBe(200);
  return undeliveredView.parse(JSON.parse(answer.text)).undelivered;
}

beforeAll(async () => {
  town = await openTelegramTown();
});
afterAll(() => town.close());

async function newsThatIsRefused(): Promise<void> {
  await town.say(CITIZEN, COMPLAINT);
  await town.hears(CITIZEN, /称呼和电话/);
  await town.say(CITIZEN, "王女士 13912345678");
  await town.hears(CITIZEN, /请核对/);
  await town.press(CITIZEN, /确认提交/);
  number = /受理编号 (\d{14})/.exec(await town.hears(CITIZEN, /受理编号 \d{14}/))?.[1] ?? "";
  await town.server().house.idle();
  town.host.fail("sendMessage", BLOCKED);
  const { desk } = town.server().house;
  await desk?.handle({ role: "admin", name: "测试员" }, number, "accept", "已联系餐馆");
  await town.server().house.idle();
  const admin = await signIn("admin", "only-for-this-test");
  const unit = desk?.ticket(number)?.ticket.unit.id;
  const add = (account: object) => api("/staff", admin, { name: "某人", password: "password of somebody", ...account });
  await add({ username: "mine", role: "unit", unitId: unit });
  await add({ username: "other", role: "unit", unitId: unit === "110105030" ? "110105026" : "110105030" });
  await add({ username: "editor", role: "editor" });
  await add({ username: "operator", role: "operator" });
}

describe("未送达", () => {
  it("管理员看得到原因、渠道、哪张工单、什么话，也知道市民下次来会听到", async () => {
    await newsThatIsRefused();
    const [line, ...more] = await linesFor(await signIn("admin", "only-for-this-test"));
    expect(more).toEqual([]);
    expect(line).toMatchObject({ channel: "telegram", kind: "notify", ticket: number, waits: true, attempts: 1 });
    expect(line?.reason).toMatch(/blocked/);
    expect(line?.words).toMatch(/有进展/);
    expect(JSON.stringify(line)).not.toMatch(/13912345678|王女士|6001/);
  });

  it("承办单位看到自己工单的，别的单位看不到；接待员、编辑、没登录的都不行", async () => {
    const password = "password of somebody";
    expect(await linesFor(await signIn("mine", password))).toMatchObject([
      { ticket: number, words: expect.any(String) },
    ]);
    expect(await linesFor(await signIn("other", password))).toEqual([]);
    for (const name of ["editor", "operator"]) {
      expect((await api("/undelivered", await signIn(name, password))).status).toBe(403);
    }
    expect((await api("/undelivered")).status).toBe(401);
  });

  it("数得出送到的、没送到的", async () => {
    const metrics = await town.server().house.metrics.registry.metrics();
    expect(metrics).toMatch(/jiesu_words_total\{channel="telegram",outcome="undelivered"\} 1/);
    expect(metrics).toMatch(/jiesu_words_total\{channel="telegram",outcome="delivered"\} \d+/);
  });

  it("市民再来：先听到，只听到一次；名单上写着已结束", async () => {
    await town.say(CITIZEN, "你好");
    await town.hears(CITIZEN, /您不在的时候[\s\S]*有进展/);
    await town.say(CITIZEN, "你好");
    await town.server().house.idle();
    expect(town.heard(CITIZEN).filter((words) => words.includes("有进展"))).toHaveLength(1);
    expect(await linesFor(await signIn("admin", "only-for-this-test"))).toMatchObject([
      { ticket: number, waits: false },
    ]);
  });
});
