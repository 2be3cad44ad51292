import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const ADMIN_PASSWORD = "browser-test-password";
const SECRET_KEY = "for browser tests only, thirty-two characters or more";
const project = fileURLToPath(new URL("../../", import.meta.url));

export interface ServerProcess {
  /** Stays the same over restarts. */
  url: string;
  /** As a power cut would: nothing is said good-bye to. */
  kill(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** The real thing, as `npm start` runs it, with a data folder of its own. `more`: further variables. */
export async function startServer(more: Record<string, string> = {}): Promise<ServerProcess> {
  await promisify(execFile)(process.execPath, ["server/web/build.ts", "--if-stale"], { cwd: project });
  const dataDir = await mkdtemp(join(tmpdir(), "jiesu-browser-"));
  const port = await freePort();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const { PATH, HOME } = process.env;
    const env = {
      PATH,
      HOME,
      PORT: String(port),
      DATA_DIR: dataDir,
      ADMIN_PASSWORD,
      SECRET_KEY,
      LOG_LEVEL: "warn",
      ...more,
    };
    child = spawn(process.execPath, ["server/main.ts"], { cwd: project, env, stdio: ["ignore", "pipe", "inherit"] });
    await announced(child);
  }

  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  async function remove(): Promise<void> {
    await kill();
    await rm(dataDir, { recursive: true, force: true });
  }

  await start().catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  return {
    url: `http://127.0.0.1:${port}`,
    start,
    kill,
    remove,
  };
}

async function announced(child: ChildProcess): Promise<void> {
  if (!child.stdout) throw new Error("the server's output is not piped");
  for await (const line of createInterface(child.stdout)) {
    if (!line.includes("/staff/")) continue;
    // What nobody reads must not fill the pipe.
    child.stdout.resume();
    return;
  }
  throw new Error(`the server ended before it was ready (exit status ${child.exitCode})`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}
