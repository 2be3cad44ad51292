/** All that the protocol needs of the world, so that it runs in WeChat and in a test alike. */
export interface Transport {
  /** JSON over HTTPS. Rejects only when the server was not reached; every answer of it is an answer. */
  request(call: { method: "GET" | "POST"; url: string; token?: string; json?: unknown }): Promise<Reply>;
  /** One file and the text field `activity`, as multipart/form-data. */
  upload(call: { url: string; token: string; filePath: string; activity: string }): Promise<Reply>;
  /** `onClose` is called once, however it ends. */
  openSocket(url: string, on: { message(data: string): void; close(): void }): { close(): void };
  /** A code of wx.login that the server can exchange for who this is. */
  login(): Promise<string>;
  storage: Storage;
  newId(): string;
  now(): number;
}

export interface Reply {
  status: number;
  body: unknown;
  /** The header Retry-After, in seconds, when there was one. */
  retryAfter?: string;
}

/** What stays on the telephone when the mini-program is closed. */
export interface Storage {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

/** `status` 0: the server was not reached. `told`: a sentence of the server that may be shown. */
export class CallError extends Error {
  override readonly name = "CallError";
  readonly status: number;
  readonly told: string | undefined;
  readonly retryAfterMs: number;

  constructor(status: number, told?: string, retryAfterMs = 0) {
    super(told ?? `the server answered ${status}`);
    this.status = status;
    this.told = told;
    this.retryAfterMs = retryAfterMs;
  }

  /** The same can succeed later; what is left (400, 413, 415 …) is a verdict on the message itself. */
  get isPassing(): boolean {
    return this.status === 0 || this.status >= 500 || [401, 403, 404, 408, 425, 429].includes(this.status);
  }
}

/** The body of a good answer; everything else is thrown. */
export async function bodyOf(asked: Promise<Reply>): Promise<unknown> {
  const reply = await asked.catch(() => {
    throw new CallError(0);
  });
  if (reply.status >= 200 && reply.status < 300) return reply.body;
  const { error } = membersOf(reply.body);
  const seconds = Number(reply.retryAfter);
  throw new CallError(reply.status, textOf(membersOf(error).message), Number.isFinite(seconds) ? seconds * 1000 : 0);
}

export const membersOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
