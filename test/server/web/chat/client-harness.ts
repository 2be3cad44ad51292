import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { SendForm } from "../../../../server/web/chat/direct-line/request.ts";
import { DirectLineError } from "../../../../server/web/chat/direct-line/request.ts";
import type { Memory } from "../../../../server/web/chat/direct-line/session.ts";
import { createDirectLine, type DirectLine } from "../../../../server/web/chat/direct-line.ts";

const hasty = {
  requestTimeoutMs: 2_000,
  firstRetryMs: 10,
  longestRetryMs: 40,
  pollMs: 15,
  tickMs: 50,
  silenceMs: 5_000,
  settledMs: 5,
  streamRestMs: 100,
};

/** What a browser keeps between two lives of a page. */
export function createMapMemory(): Memory & { map: Map<string, string> } {
  const map = new Map<string, string>();
  return {
    map,
    get: (key) => map.get(key),
    set: (key, value) => void map.set(key, value),
    remove: (key) => void map.delete(key),
    keys: () => [...map.keys()],
  };
}

const sendForm: SendForm = async ({ url, headers, form, onProgress }) => {
  try {
    const response = await fetch(url, { method: "POST", headers, body: form });
    onProgress(1);
    return { status: response.status, body: await response.text(), retryAfter: response.headers.get("retry-after") };
  } catch (error) {
    throw new DirectLineError(0, { cause: error });
  }
};

/** The page's client with short waiting times. */
export function openClient(options: {
  baseUrl: string;
  memory?: Memory;
  streams?: boolean;
  now?(): number;
}): DirectLine {
  const line = createDirectLine({
    baseUrl: options.baseUrl,
    fetch,
    sendForm,
    openSocket: options.streams === false ? undefined : (url) => new WebSocket(url),
    memory: options.memory ?? createMapMemory(),
    newId: () => randomUUID(),
    now: options.now ?? Date.now,
    timing: hasty,
  });
  line.start();
  return line;
}

/** Texts as the page shows them, in order. */
export const textsOf = (line: DirectLine): string[] =>
  line.snapshot().activities.flatMap((activity) => activity.text ?? []);

/** Waits for something that other processes' load may delay; tells what was missing when it never comes. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (let left = 600; left > 0; left -= 1) {
    if (holds()) return;
    await sleep(15);
  }
  throw new Error(`did not come about: ${what}`);
}
