import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import express, { type Express } from "express";
import { readConfig } from "../../../server/config.ts";
import { createLogger } from "../../../server/log.ts";
import { start } from "../../../server/start.ts";

/** Rate limits protect a city from one visitor; here fifty visitors are the whole city. */
const NO_LIMIT = 1_000_000_000;

interface Served {
  port: number;
  close(): Promise<void>;
}

/** What is measured, each in a process of its own. */
const subjects: Record<string, (dataDir: string) => Promise<Served>> = {
  bare: () => serveExpress(() => undefined),
  durable: serveDurable,
  jiesu: serveJiesu,
};

/** Serves one subject until it is told to stop; says its port on standard output. */
export async function serveSubject(name: string): Promise<void> {
  const subject = Object.hasOwn(subjects, name) ? subjects[name] : undefined;
  if (!subject) throw new Error(`there is no subject "${name}"; there are: ${Object.keys(subjects).join(", ")}`);
  const dataDir = mkdtempSync(join(tmpdir(), "jiesu-bench-"));
  const served = await subject(dataDir);
  console.log(JSON.stringify({ port: served.port }));
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    process.send?.((user + system) / 1000);
  });
  process.once("SIGTERM", () => {
    void served.close().finally(() => {
      rmSync(dataDir, { recursive: true, force: true });
      // A profile of the process is written on its way out.
      process.exit(0);
    });
  });
}

/** Express with its JSON parser, and one handler that keeps the message and answers an id. */
async function serveExpress(keep: (id: string, body: string) => void, closed = () => undefined): Promise<Served> {
  const app: Express = express();
  let count = 0;
  app.post("/messages", express.json(), (request, response) => {
    count += 1;
    const id = `m-${count}`;
    keep(id, JSON.stringify(request.body));
    response.json({ id });
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      closed();
    },
  };
}

/** The least that keeps a message through a power cut: one transaction a request, synced before the answer. */
async function serveDurable(dataDir: string): Promise<Served> {
  const database = new Database(join(dataDir, "messages.sqlite"));
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.exec("CREATE TABLE messages (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT");
  const insert = database.prepare<[string, string]>("INSERT INTO messages (id, body) VALUES (?, ?)");
  return serveExpress(
    (id, body) => insert.run(id, body),
    () => void database.close(),
  );
}

/** The product as `npm start` runs it, without limits on how often one visitor may write. */
async function serveJiesu(dataDir: string): Promise<Served> {
  const config = readConfig({
    DATA_DIR: dataDir,
    PORT: "0",
    SECRET_KEY: "only for measuring, long enough for a key",
    ADMIN_PASSWORD: "only-for-measuring",
  });
  const perMinute = { tokensPerAddress: NO_LIMIT, messagesPerVisitor: NO_LIMIT, messagesPerAddress: NO_LIMIT };
  const running = await start({ config, log: createLogger("error"), limits: { perMinute } });
  return { port: Number(new URL(running.url).port), close: running.close };
}
