import { DeliveryError } from "../../bots/errors.ts";

/** Calls to a platform's server. Nothing of an address or an answer gets into an error: both may name a citizen or a secret. */
export interface PlatformCalls {
  /** POST when there is a body, else GET. Throws a retryable DeliveryError when there is no JSON to be had. */
  json(path: string, body?: object): Promise<unknown>;
  /** A file, or the JSON that came in its place. */
  file(path: string, maxBytes: number): Promise<{ kind: "file"; bytes: Buffer } | { kind: "json"; value: unknown }>;
  /** A file at an address that the platform named, over TLS or at the platform's own host. */
  foreignFile(url: string, maxBytes: number): Promise<Buffer>;
}

const TIMEOUT_MS = 8_000;
/** Answers other than files are small. */
const MOST_JSON_BYTES = 1024 * 1024;

export function createPlatformCalls({ apiBase, platform }: { apiBase: string; platform: string }): PlatformCalls {
  const fault = (what: string, cause?: unknown) =>
    new DeliveryError(`${platform} ${what}`, { retryable: true, cause: networkFault(cause) });

  async function request(url: string, init: RequestInit, maxBytes: number) {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(url, { redirect: "error", ...init, signal });
      if (!response.ok) throw fault(`answered with status ${response.status}`);
      return { type: response.headers.get("content-type") ?? "", bytes: await bytesOf(response, maxBytes) };
    } catch (error) {
      throw error instanceof DeliveryError ? error : fault("cannot be reached", error);
    }
  }

  async function bytesOf(response: Response, maxBytes: number): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > maxBytes) {
        throw new DeliveryError(`${platform} sent more than ${maxBytes} bytes`, { retryable: false });
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  function parsed(bytes: Buffer): unknown {
    try {
      return JSON.parse(bytes.toString("utf8"));
    } catch {
      throw fault("answered in a way that cannot be read");
    }
  }

  return {
    async json(path, body) {
      const init = body
        ? { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }
        : {};
      return parsed((await request(apiBase + path, init, MOST_JSON_BYTES)).bytes);
    },
    async file(path, maxBytes) {
      const { type, bytes } = await request(apiBase + path, {}, maxBytes);
      // 公众号's own server says text/plain over its JSON.
      const isJson = /json|text\/plain/i.test(type) && bytes.subarray(0, 1).toString() === "{";
      return isJson ? { kind: "json", value: parsed(bytes) } : { kind: "file", bytes };
    },
    async foreignFile(url, maxBytes) {
      const { protocol, origin } = new URL(url);
      if (protocol !== "https:" && origin !== new URL(apiBase).origin) {
        throw new DeliveryError(`${platform} named an address for a file that is not safe`, { retryable: false });
      }
      return (await request(url, {}, maxBytes)).bytes;
    },
  };
}

/** Of a network fault its kind or code, which say enough: an address may name a secret. */
export function networkFault(cause: unknown): Error | undefined {
  if (!(cause instanceof Error)) return undefined;
  const inner = cause.cause instanceof Error && "code" in cause.cause ? String(cause.cause.code) : cause.name;
  return new Error(/^[\w]{1,40}$/.test(inner) ? inner : "network");
}
