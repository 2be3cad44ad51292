import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const mainFile = join(import.meta.dirname, "../../server/main.ts");
const LONGEST_START_MS = 60_000;

/** One life of the real server: `node server/main.ts`. */
export interface Life {
  /** Resolves when citizens can write; rejects when the process ends before. */
  ready: Promise<void>;
  /** SIGKILL: no handler runs, nothing is put in order. */
  kill(): Promise<void>;
  /** SIGTERM; answers the exit status. */
  stop(): Promise<number | null>;
}

/** Starts the server on the same data and the same port as often as it is asked to. */
export function createServerOf(options: { dataDir: string; port: number; secretKey: string }): { start(): Life } {
  return {
    start() {
      const child = spawn(process.execPath, [mainFile], {
        env: {
          DATA_DIR: options.dataDir,
          PORT: String(options.port),
          SECRET_KEY: options.secretKey,
          ADMIN_PASSWORD: "only-for-this-test",
          LOG_LEVEL: "error",
        },
        stdio: ["ignore", "pipe", "inherit"],
      });
      const exit = once(child, "exit") as Promise<[number | null]>;
      const ready = announced(child);
      ready.catch(() => undefined);
      return {
        ready,
        async kill() {
          child.kill("SIGKILL");
          await exit;
        },
        async stop() {
          child.kill("SIGTERM");
          const [status] = await exit;
          return status;
        },
      };
    },
  };
}

/** The server says on its standard output that it runs. */
function announced(child: ChildProcess): Promise<void> {
  const said = new Promise<void>((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("exit", (status) => reject(new Error(`the server ended before it was ready, status ${status}`)));
  });
  const late = sleep(LONGEST_START_MS, undefined, { ref: false }).then(() => {
    throw new Error("the server did not start in time");
  });
  return Promise.race([said, late]);
}

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}
