import { Worker } from "node:worker_threads";
import { UnreadableFile } from "../../../knowledge/import/fault.ts";
import type { Said, Task } from "./task.ts";

export interface ThreadLimits {
  /** After that the thread is ended, whatever it does. */
  timeoutMs: number;
  /** Of its heap. A thread that needs more is ended; the process goes on. */
  memoryMb: number;
}

const threadLimits: ThreadLimits = { timeoutMs: 120_000, memoryMb: 1_024 };

/**
 * Does a task in a thread of its own and gives what it says, one thing after the other. A file that cannot be read, takes too
 * long or too much memory throws UnreadableFile. Leaving the loop early ends the thread.
 */
export async function* inThread(
  task: Task,
  { timeoutMs, memoryMb }: ThreadLimits = threadLimits,
  signal?: AbortSignal,
): AsyncGenerator<Said> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 64 },
    // Nothing of the environment is any business of a file that is read.
    env: {},
    stdout: true,
    stderr: true,
  });
  const said: Said[] = [];
  let ended: { error?: unknown } | undefined;
  let wake = () => {};
  const end = (error?: unknown) => {
    ended ??= { error };
    wake();
  };
  worker.on("message", (message: Said) => {
    said.push(message);
    wake();
  });
  worker.on("error", (error: NodeJS.ErrnoException) => {
    const isMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY" || error instanceof RangeError;
    end(isMemory ? new UnreadableFile({ kind: "too-large-inside" }, { cause: error }) : error);
  });
  worker.on("exit", () => end());
  const late = () => end(new UnreadableFile({ kind: "too-slow", seconds: Math.round(timeoutMs / 1000) }));
  const timer = setTimeout(late, timeoutMs);
  const abort = () => end(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();
  try {
    for (;;) {
      if (ended?.error !== undefined) throw ended.error;
      const next = said.shift();
      if (next?.kind === "unreadable") throw new UnreadableFile(next.fault);
      if (next?.kind === "end") return;
      if (next) yield next;
      else if (ended) throw new Error("the reading thread ended without a word");
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
    await worker.terminate();
  }
}
