import { HTTPFetchError, messagingApi } from "@line/bot-sdk";
import { DeliveryError } from "../../bots/errors.ts";

/** The platform will not do it, now or later, until something changes that is not ours. `why` may be shown to staff. */
export interface Refused {
  kind: "refused";
  status: number;
  why: string;
}

type Message = messagingApi.Message;

/** What the platform's server is asked for. Throws a DeliveryError where trying again can help. */
export interface LineClient {
  /** "unusable": the token was used, is too old, or cannot be answered; nothing was shown. */
  reply(replyToken: string, messages: Message[]): Promise<"sent" | "unusable">;
  /** With the same retry key within 24 hours the messages are shown once. */
  push(to: string, messages: Message[], retryKey: string): Promise<{ kind: "sent" } | Refused>;
  /** A file that a citizen sent; refused when it is larger than `maxBytes`, gone or not given out. */
  download(messageId: string, maxBytes: number): Promise<{ kind: "file"; bytes: Buffer } | Refused>;
}

const LINE_HOST = "https://api.line.me";
const LINE_DATA_HOST = "https://api-data.line.me";
const TIMEOUT_MS = 8_000;
const LATER_MS = 30_000;

/** `apiBase`: takes the place of both of the platform's hosts, without a slash at its end. */
export function createLineClient(options: { channelAccessToken: string; apiBase?: string }): LineClient {
  const { channelAccessToken, apiBase } = options;
  const api = new messagingApi.MessagingApiClient({ channelAccessToken, baseURL: apiBase ?? LINE_HOST });
  const data = new messagingApi.MessagingApiBlobClient({ channelAccessToken, baseURL: apiBase ?? LINE_DATA_HOST });

  return {
    async reply(replyToken, messages) {
      const outcome = await settled(api.replyMessage({ replyToken, messages }));
      return outcome.kind === "refused" ? "unusable" : "sent";
    },
    async push(to, messages, retryKey) {
      const outcome = await settled(api.pushMessage({ to, messages }, retryKey));
      // 409: "the request with this retry key has been accepted" ("Retry failed API requests").
      if (outcome.kind === "refused" && outcome.status === 409) return { kind: "sent" };
      return outcome.kind === "refused" ? outcome : { kind: "sent" };
    },
    async download(messageId, maxBytes) {
      const outcome = await settled(data.getMessageContentWithHttpInfo(messageId));
      if (outcome.kind === "refused") return outcome;
      const { httpResponse, body } = outcome.value;
      // 202: a film or a recording that is still being prepared ("Get content").
      if (httpResponse.status === 202) throw later("is still preparing the file");
      const bytes = await within(bytesOf(body, maxBytes));
      return bytes ? { kind: "file", bytes } : { kind: "refused", status: 413, why: "the file is too large" };
    },
  };
}

/** Undefined when there are more than `maxBytes`. */
async function bytesOf(body: AsyncIterable<unknown>, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

type Settled<T> = { kind: "answered"; value: T } | Refused;

async function settled<T>(call: Promise<T>): Promise<Settled<T>> {
  try {
    return { kind: "answered", value: await within(call) };
  } catch (error) {
    if (error instanceof HTTPFetchError) return refusalOf(error);
    throw error;
  }
}

/** Nothing of an address, a request or an answer gets into an error: they name citizens and carry words. */
const later = (what: string, retryAfterMs?: number, cause?: unknown) =>
  new DeliveryError(`line ${what}`, { retryable: true, retryAfterMs, cause });

/** The package waits without end. */
async function within<T>(call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(later("does not answer in time")), TIMEOUT_MS);
  });
  try {
    return await Promise.race([call, end]);
  } catch (error) {
    if (error instanceof HTTPFetchError || error instanceof DeliveryError) throw error;
    if (error instanceof SyntaxError) throw later("answered in a way that cannot be read");
    throw later("cannot be reached", undefined, withoutAddress(error));
  } finally {
    clearTimeout(timer);
  }
}

/** The kind of a network fault and its code say enough. */
function withoutAddress(error: unknown): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = error.cause instanceof Error && "code" in error.cause ? String(error.cause.code) : error.name;
  return new Error(/^\w{1,40}$/.test(code) ? code : "network");
}

/** What staff have to know of the statuses that are to be expected ("Status codes", LINE Messaging API reference). */
const FOR_GOOD: Record<number, string> = {
  400: "the platform does not take the message, or does not know the citizen any more",
  403: "the account is not allowed to do this; see its plan and its permissions",
  404: "what was asked for is not there any more",
  409: "the request was accepted before",
  410: "what was asked for is gone for good",
};

/** Answers a refusal for good, throws a retryable DeliveryError where time helps. */
function refusalOf({ status, headers, body }: HTTPFetchError): Refused {
  if (status === 429) {
    // Not a rate: "You have reached your monthly limit." stays true until the month or the plan changes.
    if (/monthly limit/i.test(body)) {
      return { kind: "refused", status, why: "the account's messages of this month are used up; see its plan" };
    }
    const seconds = Number(headers.get("retry-after"));
    throw later("has too many requests (429)", seconds > 0 ? seconds * 1_000 : LATER_MS);
  }
  if (status === 401) throw later("refuses the token; check LINE_CHANNEL_ACCESS_TOKEN (401)", 60_000);
  if (status >= 500 || status === 408) throw later(`answered with status ${status}`);
  return { kind: "refused", status, why: FOR_GOOD[status] ?? `the platform refuses with status ${status}` };
}
