import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const repository = join(import.meta.dirname, "../..");
export const ADMIN_PASSWORD = "only-for-this-test";
const START_MS = 60_000;

export type Environment = Record<string, string | undefined>;

/** A server as an operator runs it: a process of its own, known by its address and by what it prints. */
export interface ServerProcess {
  url: string;
  dataDir: string;
  /** Everything printed so far on both outputs. */
  printed(): string;
  /** SIGTERM, and waits for the end. The exit status. */
  stop(): Promise<number | null>;
  /** SIGKILL: nothing is put in order. */
  kill(): Promise<void>;
}

/** The variables of a clean machine: what this test's own environment says about the product does not count. */
export function cleanEnvironment(more: Environment): Record<string, string> {
  const kept = { PATH: process.env.PATH, HOME: process.env.HOME, TZ: "UTC", NO_COLOR: "1" };
  return Object.fromEntries(
    Object.entries({ ...kept, ...more }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

export const temporaryDir = (): Promise<string> => mkdtemp(join(tmpdir(), "jiesu-whole-"));

export const removeDir = (dir: string): Promise<void> => rm(dir, { recursive: true, force: true });

/** Starts `server/main.ts`; resolves when it has announced its address. */
export async function startServer(dataDir: string, environment: Environment = {}): Promise<ServerProcess> {
  const { child, printed } = spawnServer({ PORT: "0", DATA_DIR: dataDir, ADMIN_PASSWORD, ...environment });
  const url = await announced(child, printed);
  return {
    url,
    dataDir,
    printed,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill("SIGTERM");
      await once(child, "exit");
      return child.exitCode;
    },
    async kill() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

/** Runs the server with settings that it has to refuse; resolves when it has ended. */
export async function failToStart(environment: Environment): Promise<{ status: number | null; printed: string }> {
  const { child, printed } = spawnServer(environment);
  const impatience = setTimeout(() => child.kill("SIGKILL"), START_MS);
  await once(child, "close");
  clearTimeout(impatience);
  return { status: child.exitCode, printed: printed() };
}

function spawnServer(environment: Environment) {
  const child = spawn(process.execPath, ["server/main.ts"], {
    cwd: repository,
    env: cleanEnvironment(environment),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  return { child, printed: () => text };
}

async function announced(child: ChildProcess, printed: () => string): Promise<string> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    const url = /市民对话\s+(http:\/\/\S+?)\/\s/.exec(printed())?.[1];
    if (url) return url;
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill("SIGKILL");
  throw new Error(`the server did not start:\n${printed()}`);
}

/** A port nobody listens on, for a server that has to come back at the same address. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}
