import { fieldsOf, textOf } from "./wire.ts";

/** `status` 0: the server was not reached, or did not answer in time. `message` may be shown to the citizen when `told`. */
export class DirectLineError extends Error {
  override readonly name = "DirectLineError";
  readonly status: number;
  readonly told: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(status: number, options: { message?: string; retryAfterMs?: number; cause?: unknown } = {}) {
    super(options.message ?? `Direct Line answered ${status}`, { cause: options.cause });
    this.status = status;
    this.told = options.message !== undefined;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** True when the same request can succeed later; the rest (400, 413, 415 …) is a verdict on the message itself. */
export function canSucceedLater(error: unknown): boolean {
  if (!(error instanceof DirectLineError)) return true;
  const { status } = error;
  return status === 0 || status >= 500 || [401, 403, 404, 408, 425, 429].includes(status);
}

interface Call {
  method: "GET" | "POST";
  /** Below `/v3/directline`. */
  path: string;
  token?: string;
  json?: unknown;
}

interface Upload {
  path: string;
  token: string;
  form: FormData;
  /** From 0 to 1. */
  onProgress(share: number): void;
}

/** Sends a form and tells how far it is; `status` 0 when the server was not reached. */
export type SendForm = (request: {
  url: string;
  headers: Record<string, string>;
  form: FormData;
  onProgress(share: number): void;
}) => Promise<{ status: number; body: string; retryAfter: string | null }>;

export interface Requests {
  call(call: Call): Promise<unknown>;
  upload(upload: Upload): Promise<unknown>;
}

/** JSON over HTTP with a time limit. Everything but 2xx is thrown as a DirectLineError. */
export function createRequests(options: {
  baseUrl: string;
  fetch: typeof fetch;
  sendForm: SendForm;
  timeoutMs: number;
}): Requests {
  const base = `${options.baseUrl}/v3/directline`;

  async function exchange(call: Call, signal: AbortSignal) {
    const headers: Record<string, string> = call.token ? { authorization: `Bearer ${call.token}` } : {};
    if (call.json !== undefined) headers["content-type"] = "application/json";
    const body = call.json === undefined ? undefined : JSON.stringify(call.json);
    const response = await options.fetch(base + call.path, {
      method: call.method,
      headers,
      body,
      signal,
      cache: "no-store",
    });
    return { status: response.status, body: await response.text(), retryAfter: response.headers.get("retry-after") };
  }

  return {
    async call(call) {
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), options.timeoutMs);
      try {
        return judge(await exchange(call, abort.signal));
      } catch (error) {
        throw error instanceof DirectLineError ? error : new DirectLineError(0, { cause: error });
      } finally {
        clearTimeout(timer);
      }
    },
    async upload({ path, token, form, onProgress }) {
      const headers = { authorization: `Bearer ${token}` };
      return judge(await options.sendForm({ url: base + path, headers, form, onProgress }));
    },
  };
}

function judge(reply: { status: number; body: string; retryAfter: string | null }): unknown {
  const value = parse(reply.body);
  if (reply.status >= 200 && reply.status < 300) return value;
  const seconds = Number(reply.retryAfter ?? Number.NaN);
  const retryAfterMs = Number.isFinite(seconds) ? seconds * 1000 : undefined;
  throw new DirectLineError(reply.status, { message: textOf(fieldsOf(fieldsOf(value).error).message), retryAfterMs });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
