import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCitizen } from "./citizen.ts";
import { ADMIN_PASSWORD, removeDir, type ServerProcess, startServer, temporaryDir } from "./server-process.ts";

const QUESTION = "公共桑拿房几点开门？";
const WITHIN_MS = 1_000;

let dataDir: string;
let first: ServerProcess;
let second: ServerProcess;

beforeAll(async () => {
  dataDir = await temporaryDir();
  first = await startServer(dataDir);
  second = await startServer(dataDir);
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
  await removeDir(dataDir);
});

async function call(method: string, path: string, token?: string, json?: unknown) {
  const response = await fetch(`${first.url}/api${path}`, {
    method,
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: json === undefined ? undefined : JSON.stringify(json),
  });
  if (response.status >= 300) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as { token: string; id: string; edit: number };
}

const signIn = async (username: string, password: string): Promise<string> =>
  (await call("POST", "/session", undefined, { username, password })).token;

async function published(text: string): Promise<{ id: string; admin: string }> {
  const admin = await signIn("admin", ADMIN_PASSWORD);
  const username = `ed-${randomUUID().slice(0, 8)}`;
  await call("POST", "/staff", admin, { username, name: "艾编辑", role: "editor", password: "a long password" });
  const editor = await signIn(username, "a long password");
  const content = { question: QUESTION, text, source: { title: "桑拿房管理办法" } };
  const { id } = await call("POST", "/knowledge/entries", editor, content);
  const { edit } = await call("POST", `/knowledge/entries/${id}/versions/1/submit`, editor, {});
  await call("POST", `/knowledge/entries/${id}/versions/1/publish`, admin, { edit });
  return { id, admin };
}

/** Asks again and again, each time as somebody new; how long it took until the answer changed, in milliseconds. */
async function untilAnswered(server: ServerProcess, expected: RegExp, since: number): Promise<number> {
  for (;;) {
    const askedAt = Date.now();
    if (expected.test(await (await createCitizen(server.url)).say(QUESTION))) return askedAt - since;
    if (askedAt - since > 10 * WITHIN_MS) return Number.POSITIVE_INFINITY;
  }
}

describe("两个进程，一个数据目录", () => {
  it("在一个进程发布和停用，另一个在一秒内跟上；以前给的按钮也不再给出停用的内容", async () => {
    const { id, admin } = await published("公共桑拿房每天早上八点开门。");
    expect(await untilAnswered(second, /早上八点/, Date.now())).toBeLessThanOrEqual(WITHIN_MS);
    const earlier = await createCitizen(second.url);
    expect(await earlier.say(QUESTION)).toContain("早上八点");
    await call("POST", `/knowledge/entries/${id}/withdraw`, admin, { note: "桑拿房关了" });
    const withdrawnAt = Date.now();
    for (const server of [first, second]) {
      expect(await untilAnswered(server, /没有把握|没有查到/, withdrawnAt)).toBeLessThanOrEqual(WITHIN_MS);
    }
    const activity = {
      type: "message",
      from: { id: "citizen" },
      text: `question/show/${id}`,
      channelData: { postBack: true },
    };
    await earlier.post(activity);
    expect(await earlier.hears(/停用|过期/)).not.toContain("早上八点\n\n依据");
    await earlier.post({ ...activity, text: "再说一遍", channelData: {} });
    await earlier.hears(/停用|过期/);
  });

  it("从停用的那一刻起，没有一条新提交的答复说它，不管在哪个进程", async () => {
    const { id, admin } = await published("公共桑拿房每天傍晚六点开门。");
    await untilAnswered(second, /傍晚六点/, Date.now());
    const asking = Array.from({ length: 12 }, async (_, i) => {
      const citizen = await createCitizen((i % 2 === 0 ? first : second).url);
      await new Promise((resolve) => setTimeout(resolve, i * 25));
      const askedAt = Date.now();
      return { askedAt, said: await citizen.say(QUESTION) };
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    await call("POST", `/knowledge/entries/${id}/withdraw`, admin, { note: "改时间了" });
    const withdrawnAt = Date.now();
    const late = (await Promise.all(asking)).filter(({ askedAt }) => askedAt >= withdrawnAt);
    for (const { said } of late) expect(said).not.toContain("傍晚六点");
    expect(await (await createCitizen(second.url)).say(QUESTION)).not.toContain("傍晚六点");
  });
});
