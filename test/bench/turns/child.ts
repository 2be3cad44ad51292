import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const mainFile = join(import.meta.dirname, "../main.ts");

export interface Child {
  url: string;
  /** Processor time the process has used so far, in milliseconds: what a busy machine does not falsify. */
  processorMs(): Promise<number>;
  stop(): Promise<void>;
}

/**
 * Starts a subject in a process of its own. BENCH_PROFILE_DIR: a folder into which the process of the product writes a
 * V8 profile of its processor time when it ends.
 */
export async function startChild(subject: string): Promise<Child> {
  const profileDir = process.env.BENCH_PROFILE_DIR;
  const profiling = profileDir && subject === "jiesu" ? ["--cpu-prof", `--cpu-prof-dir=${profileDir}`] : [];
  const child = spawn(process.execPath, [...profiling, mainFile, "serve", subject], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const exit = once(child, "exit");
  const { stdout } = child;
  if (!stdout) throw new Error(`the subject "${subject}" has no standard output`);
  const said = once(stdout, "data") as Promise<[Buffer]>;
  const first = await Promise.race([said, exit.then(() => undefined)]);
  if (!first) throw new Error(`the subject "${subject}" ended before it was ready`);
  const { port } = JSON.parse(first[0].toString()) as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    async processorMs() {
      const told = once(child, "message") as Promise<[number]>;
      child.send("processor time?");
      return (await told)[0];
    },
    async stop() {
      child.kill("SIGTERM");
      await exit;
    },
  };
}
