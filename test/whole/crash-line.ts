import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

const activity = z.object({
  id: z.string(),
  type: z.string(),
  from: z.object({ role: z.string().optional() }),
  text: z.string().optional(),
  replyToId: z.string().optional(),
  channelData: z.object({ clientActivityID: z.string().optional() }).optional(),
});
export type Seen = z.infer<typeof activity>;

const granted = z.object({ conversationId: z.string(), token: z.string() });
const acknowledged = z.object({ id: z.string() });
const page = z.object({ activities: z.array(activity), watermark: z.string() });

/** Between two tries: longer each time, or those who ask would keep the server from starting. */
const TRY_AGAIN_MS = [50, 100, 200, 400];
/** A server that was killed while it read a request answers nothing. */
const NO_ANSWER_MS = 10_000;

/** One citizen's line to the server. Every request is sent again until it is answered, as a good client does. */
export interface Line {
  conversationId: string;
  /** Answers the id that the server has acknowledged the message under. */
  say(key: string, text: string): Promise<string>;
  read(watermark: string): Promise<{ activities: Seen[]; watermark: string }>;
  /** How often a message had to be sent again. */
  resent(): number;
}

/** `address`: the citizen's own, as a proxy in front would tell it. */
export async function openLine(options: { url: string; address: string }): Promise<Line> {
  const { address } = options;
  const base = `${options.url}/v3/directline`;
  let resent = 0;

  async function once(path: string, init: { method: string; token?: string; body?: string }): Promise<unknown> {
    const headers: Record<string, string> = { "x-forwarded-for": address, "content-type": "application/json" };
    if (init.token) headers.authorization = `Bearer ${init.token}`;
    const { method, body } = init;
    const response = await fetch(base + path, { method, body, headers, signal: AbortSignal.timeout(NO_ANSWER_MS) });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    if (response.status === 429 || response.status >= 500) return undefined;
    throw new RefusedError(`${method} ${path} was refused with ${response.status}: ${JSON.stringify(answer)}`);
  }

  async function until(path: string, init: Parameters<typeof once>[1], again?: () => void): Promise<unknown> {
    for (let tries = 0; ; tries++) {
      const answer = await once(path, init).catch((error: unknown) => {
        if (error instanceof RefusedError) throw error;
        return undefined;
      });
      if (answer !== undefined) return answer;
      again?.();
      await sleep(TRY_AGAIN_MS[tries] ?? TRY_AGAIN_MS.at(-1));
    }
  }

  const { conversationId, token } = granted.parse(await until("/tokens/generate", { method: "POST", body: "{}" }));
  const path = `/conversations/${conversationId}/activities`;
  return {
    conversationId,
    async say(key, text) {
      const body = JSON.stringify({
        type: "message",
        text,
        from: { id: "me" },
        channelData: { clientActivityID: key },
      });
      const answer = await until(path, { method: "POST", token, body }, () => {
        resent += 1;
      });
      return acknowledged.parse(answer).id;
    },
    read: async (watermark) => page.parse(await until(`${path}?watermark=${watermark}`, { method: "GET", token })),
    resent: () => resent,
  };
}

/** The server has understood and said no: asking again would not help. */
class RefusedError extends Error {
  override readonly name = "RefusedError";
}

/** Everything in the log, from the very beginning. */
export async function readAll(line: Line): Promise<Seen[]> {
  const all: Seen[] = [];
  for (let watermark = "0"; ; ) {
    const next = await line.read(watermark);
    if (next.activities.length === 0) return all;
    all.push(...next.activities);
    watermark = next.watermark;
  }
}
