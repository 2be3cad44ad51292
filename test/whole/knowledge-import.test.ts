import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ADMIN_PASSWORD, removeDir, type ServerProcess, startServer, temporaryDir } from "./server-process.ts";

const ROWS = 4_000;
const LONGEST_MS = 60_000;

let dataDir: string;
let server: ServerProcess;

beforeAll(async () => {
  dataDir = await temporaryDir();
  server = await startServer(dataDir);
});
afterAll(async () => {
  await server?.stop();
  await removeDir(dataDir);
});

async function call(path: string, init: RequestInit & { token?: string } = {}) {
  const { token, ...rest } = init;
  const headers = { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(rest.headers ?? {}) };
  const response = await fetch(`${server.url}/api${path}`, { ...rest, headers });
  if (response.status >= 300) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as {
    token: string;
    id: string;
    state: string;
    done: number;
    total: number;
    result?: object;
  };
}

async function signIn(): Promise<string> {
  const body = JSON.stringify({ username: "admin", password: ADMIN_PASSWORD });
  return (await call("/session", { method: "POST", headers: { "content-type": "application/json" }, body })).token;
}

const table = (name: string): string =>
  `编号,问题,答案,来源\n${Array.from({ length: ROWS }, (_, i) => `${name}-${i},${name}第${i}号怎么办？,到第${i}号窗口办。,${name}办法`).join("\n")}\n`;

async function upload(token: string, name: string): Promise<string> {
  const form = new FormData();
  form.append("file", new Blob([table(name)]), `${name}.csv`);
  return (await call("/knowledge/imports", { method: "POST", body: form, token })).id;
}

async function until(token: string, id: string, state: string) {
  for (const since = Date.now(); Date.now() - since < LONGEST_MS; ) {
    const found = await call(`/knowledge/imports/${id}`, { token });
    if (found.state === state) return found;
    await setTimeout(100);
  }
  throw new Error(`the import is not ${state}`);
}

/** What lies in the file itself, whoever lives with it. */
function imported(name: string): number {
  const raw = new Database(join(dataDir, "jiesu.sqlite"), { readonly: true });
  try {
    const count = raw.prepare("SELECT count(*) FROM knowledge_entries WHERE id LIKE ? || '-%'").pluck();
    return Number(count.get(name));
  } finally {
    raw.close();
  }
}

async function killAndStart(): Promise<void> {
  await server.kill();
  server = await startServer(dataDir);
}

describe("导入时进程被杀", () => {
  it("还在读文件：重启后接着读，之前什么都没有写进去", async () => {
    const id = await upload(await signIn(), "读");
    await killAndStart();
    expect(imported("读")).toBe(0);
    expect(await until(await signIn(), id, "ready")).toMatchObject({ total: ROWS, done: ROWS });
  });

  it("正在写入：要么都没有，要么全都有，重启后自己做完，编辑看到的只会是全部", async () => {
    for (const [round, delayMs] of [0, 30, 120].entries()) {
      const name = `写${round}`;
      const token = await signIn();
      const id = await upload(token, name);
      await until(token, id, "ready");
      await call(`/knowledge/imports/${id}/start`, { method: "POST", token });
      await setTimeout(delayMs);
      await server.kill();
      expect([0, ROWS]).toContain(imported(name));
      server = await startServer(dataDir);
      const found = await call(`/knowledge/entries?q=${encodeURIComponent(`${name}第`)}`, { token: await signIn() });
      expect(found.total).toBe(ROWS);
      const done = await until(await signIn(), id, "done");
      expect(done.result).toEqual({ imported: ROWS, leftOut: 0 });
      expect(imported(name)).toBe(ROWS);
    }
  });
});
