import type { Activity } from "../../../../adapters/web/index.ts";

/** A reply of the server. `body` is what the JSON says; tests look at it as they please. */
interface Reply {
  status: number;
  headers: Headers;
  body: {
    id?: string;
    conversationId?: string;
    token?: string;
    expires_in?: number;
    streamUrl?: string;
    watermark?: string;
    activities?: Activity[];
    error?: { code: string; message: string };
  };
}

export interface Conversation {
  id: string;
  token: string;
  cookie: string;
}

/** Plain requests to the Direct Line routes, without any client library in between. */
export function createClient(url: string) {
  async function call(method: string, path: string, options: { token?: string; cookie?: string; body?: unknown } = {}) {
    const headers: Record<string, string> = {};
    if (options.token) headers.authorization = `Bearer ${options.token}`;
    if (options.cookie) headers.cookie = options.cookie;
    const raw = typeof options.body === "string" || options.body instanceof FormData;
    if (options.body !== undefined && !(options.body instanceof FormData)) headers["content-type"] = "application/json";
    const body = raw ? (options.body as string | FormData) : JSON.stringify(options.body);
    const response = await fetch(`${url}/v3/directline${path}`, { method, headers, body });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Reply["body"] };
  }

  return {
    call,
    async start(cookie?: string): Promise<Conversation> {
      const reply = await call("POST", "/tokens/generate", { cookie, body: {} });
      const given = reply.headers.getSetCookie()[0]?.split(";")[0] ?? "";
      return { id: reply.body.conversationId ?? "", token: reply.body.token ?? "", cookie: given };
    },
    post: ({ id, token }: Conversation, body: unknown) =>
      call("POST", `/conversations/${id}/activities`, { token, body }),
    say: ({ id, token }: Conversation, text: string, clientActivityID?: string) =>
      call("POST", `/conversations/${id}/activities`, {
        token,
        body: { type: "message", text, from: { id: "me" }, channelData: { clientActivityID } },
      }),
    upload: ({ id, token }: Conversation, form: FormData) =>
      call("POST", `/conversations/${id}/upload?userId=me`, { token, body: form }),
    async read({ id, token }: Conversation, watermark = ""): Promise<{ activities: Activity[]; watermark: string }> {
      const { body } = await call("GET", `/conversations/${id}/activities?watermark=${watermark}`, { token });
      return { activities: body.activities ?? [], watermark: body.watermark ?? "" };
    },
  };
}

export const wordsOf = (activities: Activity[]) => activities.map(({ text }) => text);

/** Looks again and again until `look` finds something. */
export async function eventually<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
