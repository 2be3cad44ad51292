import { Api, TelegramApiError } from "node-telegram-bot-api";
import { DeliveryError } from "../../bots/errors.ts";
import { createPlatformCalls, networkFault } from "../shared/platform-calls.ts";
import type { Identity } from "./parse.ts";
import type { Markup } from "./render.ts";

/** The platform will not do it until something changes that is not ours. `why` may be shown to staff. */
export interface Refused {
  kind: "refused";
  why: string;
}
export type Done = { kind: "done" } | Refused;

export interface TextToSend {
  chatId: string;
  text: string;
  markup?: Markup;
  /** The message that it stands under; when that one is gone, it is sent all the same. */
  replyTo?: number;
}

/** What the Bot API is asked for. Throws a DeliveryError where trying again can help; what it refuses for good is a value. */
export interface TelegramClient {
  sendText(message: TextToSend): Promise<Done>;
  /** Ends the turning of a pressed button. */
  answerPress(queryId: string): Promise<Done>;
  /** A file that a citizen sent, at most `maxBytes` of it. */
  download(fileId: string, maxBytes: number): Promise<{ kind: "file"; bytes: Buffer } | Refused>;
  /** Asked once, then known. */
  whoAmI(): Promise<Identity>;
  /**
   * Updates from `offset` on, waiting up to `waitSeconds` for the first; those before it count as received. Rejects with whatever
   * `signal` was aborted with.
   */
  updates(from: { offset: number | undefined; waitSeconds: number }, signal: AbortSignal): Promise<unknown[]>;
  /** Has updates posted to `url`; without one they wait to be asked for. */
  setWebhook(hook: { url: string; secret: string } | undefined): Promise<Done>;
}

const TIMEOUT_MS = 8_000;
/** All kinds of updates that the channel reads. */
const READS = ["message", "edited_message", "callback_query"];

/** `apiBase`: the address of the Bot API without a slash at its end. Retrying is the caller's: nothing is tried twice here. */
export function createTelegramClient({ token, apiBase }: { token: string; apiBase: string }): TelegramClient {
  const direct: typeof fetch = (url, init) => fetch(url, { ...init, redirect: "error" });
  const api = new Api(token, { apiRoot: apiBase, timeoutMs: TIMEOUT_MS, maxRetries: 0, fetch: direct });
  const calls = createPlatformCalls({ apiBase, platform: "telegram" });
  let me: Identity | undefined;

  return {
    sendText: ({ chatId, text, markup, replyTo }) =>
      done(
        api.sendMessage({
          chat_id: chatId,
          text,
          reply_markup: markup,
          link_preview_options: { is_disabled: true },
          reply_parameters:
            replyTo === undefined ? undefined : { message_id: replyTo, allow_sending_without_reply: true },
        }),
      ),
    answerPress: (queryId) => done(api.answerCallbackQuery({ callback_query_id: queryId })),
    async download(fileId, maxBytes) {
      const got = await asked(api.getFile({ file_id: fileId }));
      if (got.kind === "refused") return got;
      const { file_path: path, file_size: size = 0 } = got.value;
      if (path === undefined) return { kind: "refused", why: "the file is not to be had any more" };
      if (size > maxBytes) return { kind: "refused", why: "the file is too large" };
      const bytes = await calls.foreignFile(`${apiBase}/file/bot${token}/${path}`, maxBytes);
      return { kind: "file", bytes };
    },
    async whoAmI() {
      if (me) return me;
      const got = await asked(api.getMe());
      if (got.kind === "refused") throw new DeliveryError(`telegram: ${got.why}`, { retryable: true });
      me = { id: got.value.id, username: got.value.username ?? "" };
      return me;
    },
    async updates({ offset, waitSeconds }, signal) {
      const query = { offset, timeout: waitSeconds, allowed_updates: READS };
      const got = await asked(api.getUpdates(query, signal), signal);
      if (got.kind === "refused") throw new DeliveryError(`telegram: ${got.why}`, { retryable: true });
      return got.value;
    },
    setWebhook: (hook) =>
      done(
        hook
          ? api.setWebhook({ url: hook.url, secret_token: hook.secret, allowed_updates: READS })
          : api.deleteWebhook(),
      ),
  };
}

async function done(asking: Promise<unknown>): Promise<Done> {
  const got = await asked(asking);
  return got.kind === "refused" ? got : { kind: "done" };
}

async function asked<T>(asking: Promise<T>, signal?: AbortSignal): Promise<{ kind: "got"; value: T } | Refused> {
  try {
    return { kind: "got", value: await asking };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof TelegramApiError) return refusalOf(error);
    // A cause of the package may name the address, and so the token.
    throw new DeliveryError("telegram cannot be reached, or answers in a way that cannot be read", {
      retryable: true,
      cause: networkFault(error instanceof Error ? (error.cause ?? error) : error),
    });
  }
}

/**
 * What an answer that is not `ok` means ("Making requests", "ResponseParameters", Telegram Bot API). The platform has no list of its
 * descriptions; those that are known are told, of others only the number.
 */
function refusalOf({ errorCode, description, retryAfter }: TelegramApiError): Refused {
  const later = (what: string, retryAfterMs?: number) =>
    new DeliveryError(`telegram: ${what} (${errorCode})`, { retryable: true, retryAfterMs });
  switch (errorCode) {
    case 429:
      throw later("too many messages", (retryAfter ?? 1) * 1_000);
    case 401:
    case 404:
      throw later("the token is refused; check TELEGRAM_BOT_TOKEN", 60_000);
    case 409:
      throw later(
        "updates go to a webhook or to another server; `cli telegram webhook --delete` ends the webhook",
        30_000,
      );
    case 403:
    case 400:
      return { kind: "refused", why: WHY.find(([words]) => words.test(description))?.[1] ?? unknown(errorCode) };
    default:
      throw later("the platform is at fault");
  }
}

const unknown = (code: number) => `the platform refuses with code ${code}`;

const WHY: [RegExp, string][] = [
  [/blocked by the user/i, "the citizen has blocked the bot"],
  [/user is deactivated/i, "the citizen's account does not exist any more"],
  [/can't initiate conversation/i, "the citizen has not written to the bot yet"],
  [/chat not found/i, "the chat is not known to the bot"],
  [/bot was kicked|not a member|not enough rights|have no rights/i, "the bot may not write in this group"],
  [/file is too big/i, "the file is too large"],
  [/wrong file_id|file.*(?:invalid|unavailable|not found)/i, "the file is not to be had any more"],
  [/query is too old|query id is invalid/i, "the button was pressed too long ago"],
  [/bad webhook/i, "the address of the webhook is not accepted: HTTPS on port 443, 80, 88 or 8443 is needed"],
];
