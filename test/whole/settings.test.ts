import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli } from "./cli-process.ts";
import { failToStart, freePort, removeDir, temporaryDir } from "./server-process.ts";

let dir: string;

beforeAll(async () => {
  dir = await temporaryDir();
});

afterAll(async () => removeDir(dir));

describe("a server with settings that cannot be", () => {
  it("names every fault at once, each with how to mend it, and does not start", async () => {
    const dataDir = join(dir, "never");
    const { status, printed } = await failToStart({
      PORT: "70000",
      LOG_LEVEL: "loud",
      PUBLIC_URL: "12345.gov.cn",
      ADMIN_PASSWORD: "short",
      SECRET_KEY: "short",
      DATABASE_URL: "postgres://localhost/x",
      DISPATCH_URL: "http://desk.example",
      DISPATCH_CALLBACK_SECRET: "short",
      DATA_DIR: dataDir,
    });
    expect(status).toBe(1);
    const named = [...printed.matchAll(/^ {2}- ([A-Z_]+)/gm)].map((match) => match[1]);
    expect(named.sort()).toEqual([
      "ADMIN_PASSWORD",
      "DATABASE_URL",
      "DISPATCH_API_KEY",
      "DISPATCH_CALLBACK_SECRET",
      "LOG_LEVEL",
      "PORT",
      "PUBLIC_URL",
      "SECRET_KEY",
    ]);
    expect(printed).not.toMatch(/^\s+at /m);
    expect(existsSync(dataDir)).toBe(false);
  });

  it("says in one line that its address is taken, or that its folder is none", async () => {
    const port = await freePort();
    const other = createServer().listen(port, "127.0.0.1");
    const taken = await failToStart({ PORT: String(port), DATA_DIR: join(dir, "taken"), SECRET_KEY: "k".repeat(40) });
    other.close();
    expect([taken.status, taken.printed.trim().split("\n")]).toEqual([
      1,
      [expect.stringMatching(/EADDRINUSE.*set another PORT/)],
    ]);
    const file = join(dir, "a-file");
    await writeFile(file, "");
    const folder = await failToStart({ PORT: "0", DATA_DIR: file });
    expect([folder.status, folder.printed.trim().split("\n")]).toEqual([1, [expect.stringMatching(/check DATA_DIR/)]]);
  });

  it("will not open data of another key", async () => {
    const dataDir = join(dir, "chat");
    expect((await cli(["chat", "--data-dir", dataDir], ["你好"])).status).toBe(0);
    const { status, printed } = await failToStart({
      PORT: "0",
      DATA_DIR: dataDir,
      SECRET_KEY: "x".repeat(40),
    });
    expect([status, printed.trim().split("\n")]).toEqual([
      1,
      [expect.stringMatching(/written with another SECRET_KEY/)],
    ]);
  });
});
