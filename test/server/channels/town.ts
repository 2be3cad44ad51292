import { expect } from "vitest";
import { readConfig } from "../../../server/config.ts";
import { type Running, start } from "../../../server/start.ts";
import type { ApiHost } from "../../fakes/api-host.ts";
import { loggerInto } from "../../fakes/written-log.ts";
import { temporaryFolder } from "../temporary.ts";

/** The whole server with one channel switched on, beside a stand-in for the platform's API; what the tests of every channel use of it. */
export interface Town {
  server(): Running;
  /** A path of the server that runs now. */
  at(path: string): string;
  /** Everything logged so far, at every level. */
  logged(): string;
  /** The one number that a question to the database has for an answer. */
  count(sql: string, ...values: string[]): number;
  /** How many messages were taken, of whomever. */
  taken(): number;
  /** How many of somebody's. */
  turnsOf(userId: string): number;
  /** What kinds of files are kept of somebody, in the order of the alphabet. */
  filesOf(userId: string): string[];
  restart(): Promise<void>;
  /** Another process on the same data; closed by whoever asked. */
  another(): Promise<Running>;
  close(): Promise<void>;
}

export interface TownOptions {
  channel: string;
  /** Closed with the town. */
  host: ApiHost;
  /** The channel's variables, and what else is not as usual. */
  env: Record<string, string>;
  /** A client finds the server again after a restart. */
  samePort?: boolean;
}

export async function openTown({ channel, host, env, samePort = false }: TownOptions): Promise<Town> {
  const folder = temporaryFolder();
  const lines: string[] = [];
  const open = (port = "0") => {
    const config = readConfig({
      PORT: port,
      DATA_DIR: folder.path,
      SECRET_KEY: "a secret key that only this test knows",
      ADMIN_PASSWORD: "only-for-this-test",
      PUBLIC_URL: "https://12345.example.gov.cn",
      ...env,
    });
    return start({ config, log: loggerInto(lines) });
  };
  let running = await open();

  const town: Town = {
    server: () => running,
    at: (path) => `${running.url}${path}`,
    logged: () => lines.join("\n"),
    count: (sql, ...values) =>
      running.house.database.raw
        .prepare<string[], number>(sql)
        .pluck()
        .get(...values) ?? 0,
    taken: () => town.count("SELECT count(*) FROM inbound"),
    turnsOf: (userId) => town.count("SELECT count(*) FROM inbound WHERE channel = ? AND user_id = ?", channel, userId),
    filesOf: (userId) =>
      running.house.database.raw
        .prepare<string[], string>("SELECT media_type FROM media WHERE channel = ? AND user_id = ? ORDER BY media_type")
        .pluck()
        .all(channel, userId),
    async restart() {
      const { port } = new URL(running.url);
      await running.close();
      running = await open(samePort ? port : "0");
    },
    another: () => open(),
    async close() {
      await running.close();
      await host.close();
      folder.remove();
    },
  };
  return town;
}

/** Waits until something that fits is among what was heard, and answers the last that does. */
export async function hears(heard: () => string[], pattern: RegExp): Promise<string> {
  await expect.poll(heard, { timeout: 15_000, interval: 20 }).toContainEqual(expect.stringMatching(pattern));
  return heard().findLast((words) => pattern.test(words)) ?? "";
}
