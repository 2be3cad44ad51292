import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { png } from "../server/media/samples.ts";
import { type Citizen, createCitizen, fileComplaint } from "./citizen.ts";
import { withCity } from "./with-city.ts";

/** Words that stand nowhere but in what this citizen says. */
const SECRETS = { name: "欧阳翠花", phone: "13987654321", words: "隔壁水产铺腥臭难忍", place: "望京西园四区" };

const city = withCity({ LOG_LEVEL: "trace", DISPATCH_API_KEY: "integrator-key" });
let owner: Citizen;
let stranger: Citizen;
let number: string;
let picture: string;

beforeAll(async () => {
  [owner, stranger] = [await createCitizen(city.server.url, SECRETS.name), await createCitizen(city.server.url)];
  await owner.say(`${SECRETS.words}，在朝阳区${SECRETS.place}，每天早上都这样，希望尽快处理`);
  expect((await owner.upload(`${SECRETS.name}的照片.png`, png, "image/png")).status).toBe(200);
  await owner.hears(/已附上/);
  const shown = (await owner.activities()).flatMap((each) => each.attachments ?? []);
  picture = shown.find((each) => each.contentUrl?.startsWith("/media/"))?.contentUrl ?? "";
  number = await fileComplaint(owner, `${SECRETS.name} ${SECRETS.phone}`);
});

const status = async (path: string, headers: Record<string, string> = {}) =>
  (await fetch(`${city.server.url}${path}`, { headers })).status;

describe("a picture", () => {
  it("is shown to the one who sent it and to the staff who have the ticket, to nobody else", async () => {
    const { evidence } = (await city.admin.call("GET", `/api/desk/tickets/${number}`)).body;
    expect(picture).toBe(`/media/${evidence[0]?.id}`);
    expect(await status(picture, { authorization: `Bearer ${owner.token}` })).toBe(200);
    expect(await status(picture, { cookie: owner.cookie })).toBe(200);
    expect(await status(picture)).toBe(401);
    expect(await status(picture, { authorization: `Bearer ${stranger.token}` })).toBe(404);
    expect(await status(picture, { cookie: stranger.cookie })).toBe(404);
    const forStaff = `/api/desk/media/${number}/${evidence[0]?.id}`;
    expect(await status(forStaff, { authorization: `Bearer ${city.admin.token}` })).toBe(200);
    expect(await status(forStaff)).toBe(401);
    expect(
      await status(`/api/desk/media/20260101000000/${evidence[0]?.id}`, {
        authorization: `Bearer ${city.admin.token}`,
      }),
    ).toBe(404);
    expect(await status("/media/..%2f..%2fsecret.key", { cookie: owner.cookie })).toBe(404);
  });

  const liars: [name: string, bytes: Buffer, type: string][] = [
    ["照片.png", Buffer.from("<!doctype html><script>alert(1)</script>"), "image/png"],
    ["照片.jpg", Buffer.from("MZ\u0090\u0000 this program cannot be run"), "image/jpeg"],
    ["说明.txt", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), "text/plain"],
    ["图.svg", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "image/svg+xml"],
    ["病毒.exe", Buffer.concat([Buffer.from("MZ"), Buffer.alloc(600)]), "application/octet-stream"],
    ["录音.mp3", png, "audio/mpeg"],
  ];
  for (const [name, bytes, type] of liars) {
    it(`${name} that is not what it says is refused with a sentence, and no message is left behind`, async () => {
      const before = (await stranger.activities()).length;
      const response = await stranger.upload(name, bytes, type);
      expect(response.status).toBe(415);
      expect(((await response.json()) as { error: { message: string } }).error.message).toMatch(/。$/);
      expect((await stranger.activities()).length).toBe(before);
    });
  }

  it("that is empty, too large, or no upload at all is refused exactly", async () => {
    expect((await stranger.upload("空.png", Buffer.alloc(0), "image/png")).status).toBe(400);
    expect(
      (await stranger.upload("大.png", Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]), "image/png")).status,
    ).toBe(413);
    const url = `${city.server.url}/v3/directline/conversations/${stranger.conversationId}/upload?userId=x`;
    const headers = { authorization: `Bearer ${stranger.token}`, "content-type": "multipart/form-data; boundary=x" };
    expect((await fetch(url, { method: "POST", headers, body: "--x\r\nnonsense" })).status).toBe(400);
    expect((await fetch(url, { method: "POST", body: "x" })).status).toBe(401);
  });
});

describe("another visitor", () => {
  it("cannot read, continue or stream a conversation that is not theirs", async () => {
    const path = `/v3/directline/conversations/${owner.conversationId}`;
    const authorization = `Bearer ${stranger.token}`;
    for (const part of ["", "/activities", "/activities?watermark=0"]) {
      expect(await status(path + part, { authorization })).toBe(403);
      expect(await status(path + part)).toBe(401);
    }
    const generate = await fetch(`${city.server.url}/v3/directline/tokens/generate`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: stranger.cookie },
      body: JSON.stringify({ conversationId: owner.conversationId, user: { id: SECRETS.name } }),
    });
    expect(generate.status).toBe(403);
    const forged = owner.cookie.replace(/\..*/, `.${stranger.cookie.split(".")[1]}`);
    expect(await status(picture, { cookie: forged })).toBe(401);
    const stream = `${city.server.url.replace("http", "ws")}${path}/stream?watermark=0&t=${stranger.token}`;
    const outcome = await new Promise((resolve) => {
      const socket = new WebSocket(stream);
      socket.onopen = () => resolve("open");
      socket.onerror = () => resolve("refused");
    });
    expect(outcome).toBe("refused");
  });

  it("who knows or guesses a ticket's number learns how far it is and nothing else", async () => {
    const pages = [
      `/t/${number}`,
      `/open311/v2/requests/${number}.json`,
      `/open311/v2/requests/${number}.xml`,
      `/open311/v2/requests.json?service_request_id=${number}`,
      "/open311/v2/requests.json",
    ];
    for (const page of pages) {
      const text = await (await fetch(city.server.url + page)).text();
      expect(text).toContain(number);
      for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret);
    }
    expect(await stranger.say(`查询 ${number}`)).toContain("没有在您的诉求里找到");
    expect(await status(`/api/desk/tickets/${number}`)).toBe(401);
  });
});

describe("what the server writes", () => {
  it("in its log, at its most talkative and with every kind of fault, holds no phone number, name or word of a citizen", async () => {
    const authorization = `Bearer ${owner.token}`;
    const json = { authorization, "content-type": "application/json" };
    const path = `${city.server.url}/v3/directline/conversations/${owner.conversationId}/activities`;
    await fetch(path, { method: "POST", headers: json, body: `{"text":"${SECRETS.words}` });
    await fetch(path, { method: "POST", headers: json, body: JSON.stringify({ type: SECRETS.words.repeat(30) }) });
    await fetch(`${city.server.url}/t/${encodeURIComponent(SECRETS.phone)}`);
    await fetch(`${city.server.url}/${encodeURIComponent(SECRETS.words)}?phone=${SECRETS.phone}`);
    await fetch(`${city.server.url}/open311/v2/requests.json`, {
      method: "POST",
      body: new URLSearchParams({ api_key: "wrong", description: SECRETS.words, phone: SECRETS.phone }),
    });
    await fetch(`${city.server.url}/api/session`, {
      method: "POST",
      headers: json,
      body: JSON.stringify({ username: SECRETS.name, password: SECRETS.phone }),
    });
    await owner.say(`查询 ${number}`, /承办单位/);
    await owner.press("补充内容", /请写要补充/);
    await owner.say(`${SECRETS.words}，电话还是${SECRETS.phone}`, /已经送到/);
    // The port is the system's choice, and may hold the digits that are looked for.
    const log = city.server.printed().replaceAll(city.server.url, "");
    expect(log).toContain('"level":20');
    for (const secret of [...Object.values(SECRETS), "4321", owner.token]) expect(log).not.toContain(secret);
  });

  it("on its disk is not readable without the key", async () => {
    for (const file of ["jiesu.sqlite", "jiesu.sqlite-wal", "desk.sqlite", "desk.sqlite-wal"]) {
      const bytes = await readFile(join(city.server.dataDir, file)).catch(() => Buffer.alloc(0));
      for (const secret of [SECRETS.name, SECRETS.phone, SECRETS.words]) {
        expect([file, secret, bytes.includes(secret)]).toEqual([file, secret, false]);
      }
    }
  });

  it("in its folder of uploads is not readable either", async () => {
    const folder = join(city.server.dataDir, "media");
    const files = await readdir(folder);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect((await readFile(join(folder, file))).includes("IHDR")).toBe(false);
  });

  it("in its figures is numbers and names of the code", async () => {
    const text = await (await fetch(`${city.server.url}/metrics`)).text();
    expect(text).toMatch(/jiesu_turns_total\{channel="web",result="committed"\} \d+/);
    for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret);
  });
});
