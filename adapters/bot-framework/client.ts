import { DeliveryError } from "../../bots/errors.ts";
import type { Clock } from "../../bots/ports.ts";
import { createAccessToken, type TokenVault } from "../shared/access-token.ts";
import { networkFault } from "../shared/platform-calls.ts";
import type { Address } from "./address.ts";
import type { Cloud } from "./cloud.ts";
import { createConnector } from "./connector.ts";
import type { FileSent } from "./contents.ts";
import type { ActivityToSend } from "./render.ts";

/** The platform will not do it until something changes that is not ours. `why` may be shown to staff. */
export interface Refused {
  kind: "refused";
  why: string;
}
export type Done = { kind: "done" } | Refused;

/** What the Bot Connector service is asked for. Throws a DeliveryError where trying again can help; what it refuses for good is a value. */
export interface BotFrameworkClient {
  /** `replyTo`: the id of the activity that is answered. */
  send(address: Address, activity: ActivityToSend, replyTo?: string): Promise<Done>;
  /** A file that a citizen sent, at most `maxBytes` of it, from the service itself or from where Teams keeps files; from nowhere else. */
  download(file: FileSent, address: Address, maxBytes: number): Promise<{ kind: "file"; bytes: Buffer } | Refused>;
}

export interface ClientOptions {
  appId: string;
  appPassword: string;
  cloud: Cloud;
  vault: TokenVault;
  clock: Clock;
}

const TIMEOUT_MS = 8_000;
const LATER_MS = 30_000;

export function createBotFrameworkClient(options: ClientOptions): BotFrameworkClient {
  const { appId, vault, clock } = options;
  const accessToken = createAccessToken({ vault, clock, fetchToken: () => fetchToken(options) });

  /** Once more with another token when the first is refused: it may have been withdrawn. */
  async function signed(url: string, init: RequestInit): Promise<Response> {
    const ask = (token: string) =>
      request(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
    const token = await accessToken.get();
    const response = await ask(token);
    if (response.status !== 401) return response;
    await response.body?.cancel();
    return ask(await accessToken.renew(token));
  }

  const connector = createConnector({
    appId,
    async transport({ url, method, body }) {
      const response = await signed(url, {
        method,
        body,
        headers: { "content-type": "application/json; charset=utf-8" },
      });
      if (response.ok) return void (await response.body?.cancel());
      throw new NotTaken(response.status, await codeIn(response), response.headers.get("retry-after"));
    },
  });

  return {
    async send(address, activity, replyTo) {
      try {
        await connector(address, activity, replyTo);
        return { kind: "done" };
      } catch (error) {
        if (error instanceof NotTaken) return refusalOf(error);
        if (error instanceof DeliveryError) throw error;
        throw later("cannot be spoken to", undefined, networkFault(error));
      }
    },
    async download({ url, isOpen }, address, maxBytes) {
      if (!mayFetch(url, isOpen, address))
        return { kind: "refused", why: "the file lies where nothing is fetched from" };
      const response = await (isOpen ? request(url, {}) : signed(url, {}));
      if (!response.ok) {
        await response.body?.cancel();
        return refusalOf(new NotTaken(response.status, "", response.headers.get("retry-after")));
      }
      const bytes = await bytesOf(response, maxBytes);
      return bytes ? { kind: "file", bytes } : { kind: "refused", why: "the file is too large" };
    },
  };
}

/** The citizen names the address: only the service that a checked token named, which gets our token, and Teams' own store of files. */
function mayFetch(url: string, isOpen: boolean, { serviceUrl, channelId }: Address): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin, username, port } = new URL(url);
  if (username !== "") return false;
  if (!isOpen) return origin === new URL(serviceUrl).origin;
  return channelId === "msteams" && protocol === "https:" && port === "" && /\.sharepoint\.(?:com|cn)$/.test(hostname);
}

/** Nothing of an address, a request or an answer gets into an error: they name citizens and carry words. */
const later = (what: string, retryAfterMs?: number, cause?: Error) =>
  new DeliveryError(`bot-framework: the platform ${what}`, { retryable: true, retryAfterMs, cause });

async function request(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    throw later("cannot be reached", undefined, networkFault(error));
  }
}

/** Undefined when there are more than `maxBytes`. */
async function bytesOf(response: Response, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > maxBytes) return undefined;
      chunks.push(chunk);
    }
  } catch (error) {
    throw later("broke off", undefined, networkFault(error));
  }
  return Buffer.concat(chunks);
}

/** "Authenticate requests from your bot to the Bot Connector service": the client's credentials for a token of an hour or a day. */
async function fetchToken({
  appId,
  appPassword,
  cloud,
}: ClientOptions): Promise<{ token: string; expiresInSeconds: number }> {
  const form = { grant_type: "client_credentials", client_id: appId, client_secret: appPassword, scope: cloud.scope };
  const response = await request(cloud.tokenUrl, { method: "POST", body: new URLSearchParams(form) });
  if (response.status === 400 || response.status === 401) {
    await response.body?.cancel();
    throw later("does not sign the bot in; check BOT_FRAMEWORK_APP_PASSWORD and BOT_FRAMEWORK_TENANT_ID", 60_000);
  }
  const answer = response.ok ? await jsonIn(response) : {};
  const { access_token: token, expires_in: expiresInSeconds } = answer;
  if (typeof token !== "string" || typeof expiresInSeconds !== "number") throw later("does not sign the bot in now");
  return { token, expiresInSeconds };
}

async function jsonIn(response: Response): Promise<Record<string, unknown>> {
  try {
    const value: unknown = await response.json();
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** The platform's word for what is wrong ("Error handling", Bot Connector API). */
async function codeIn(response: Response): Promise<string> {
  const { error } = await jsonIn(response);
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  return /^\w{1,60}$/.test(code) ? code : "";
}

class NotTaken extends Error {
  readonly status: number;
  readonly code: string;
  readonly retryAfter: string | null;

  constructor(status: number, code: string, retryAfter: string | null) {
    super(`status ${status}`);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** What staff have to know of what is to be expected ("Status codes from bot conversational APIs", Microsoft Teams). */
const WHY: [RegExp, string][] = [
  [/^BotNotInConversationRoster$/, "the citizen has removed the bot"],
  [/^(?:ConversationBlockedByUser|MessageWritesBlocked|BlockedByUser)$/, "the citizen has blocked the bot"],
  [/^(?:BotDisabledByAdmin|ForbiddenOperationException|InvalidBotApiHost)$/, "the administrators do not allow the bot"],
  [/^ConversationNotFound$/, "the conversation is not there any more"],
  [/^(?:MessageSizeTooBig|MessageTooLarge)$/, "the message is too large for the platform"],
];

const BY_STATUS: Record<number, string> = {
  400: "the platform does not take the message",
  403: "the bot may not write in this conversation",
  404: "the conversation is not there any more",
  413: "the message is too large for the platform",
};

/** Answers a refusal for good, throws a retryable DeliveryError where time helps. */
function refusalOf({ status, code, retryAfter }: NotTaken): Refused {
  if (status === 401) throw later("refuses the token even when new; check BOT_FRAMEWORK_APP_ID (401)", 60_000);
  if (status === 429) throw later("has too many requests (429)", waitOf(retryAfter) ?? LATER_MS);
  // 412: "an operation for the same conversation is running"; to be tried again like the others.
  if (status === 408 || status === 412 || status >= 500)
    throw later(`answered with status ${status}`, waitOf(retryAfter));
  const why = WHY.find(([pattern]) => pattern.test(code))?.[1] ?? BY_STATUS[status];
  return { kind: "refused", why: why ?? `the platform refuses with status ${status}` };
}

/** Seconds, or a date ("Retry-After", RFC 9110); the platform sends seconds. */
const waitOf = (retryAfter: string | null): number | undefined =>
  Number(retryAfter) > 0 ? Number(retryAfter) * 1_000 : undefined;
