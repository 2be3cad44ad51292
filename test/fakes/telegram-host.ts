import type { IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type ApiHost, bodyOf, createFaults, type Faults, hangUp, serveApi } from "./api-host.ts";

/** A message as the chat has it. */
export interface SeenMessage {
  chatId: string;
  text: string;
  replyTo?: number;
  /** Buttons below the message: what comes back, and the words. */
  inline: { text: string; callback_data: string }[];
  /** Buttons in place of the keyboard. */
  keyboard: { text: string; request_contact?: boolean; request_location?: boolean }[];
}

type Fault = { code: number; description: string; retryAfter?: number } | "hang-up" | "not-json";

export interface TelegramHost extends ApiHost {
  token: string;
  username: string;
  seen: SeenMessage[];
  /** Presses that were answered, by the query's id. */
  pressesAnswered: string[];
  webhook: { url: string; secret: string } | undefined;
  /** Updates that wait to be asked for. */
  waiting: { update_id: number }[];
  /** How often each method was asked. */
  calls: Map<string, number>;
  files: Map<string, Uint8Array>;
  blockedBy: Set<string>;
  fail(method: string, ...faults: Fault[]): void;
}

const TOKEN = "424242:AAEstandInTokenOfTheLocalServer-12345";
const USERNAME = "Jiesu12345Bot";
const MOST_TEXT = 4_096;
const MOST_DATA_BYTES = 64;

/** A stand-in for api.telegram.org, as far as the channel needs it; `getUpdates` holds the connection as the platform does. */
export async function startTelegramHost(): Promise<TelegramHost> {
  const faults = createFaults<Fault>();
  const api = await serveApi(async (request, response) => {
    const { status, body } = await answer(host, faults, request);
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  });
  const host: TelegramHost = {
    ...api,
    token: TOKEN,
    username: USERNAME,
    seen: [],
    pressesAnswered: [],
    webhook: undefined,
    waiting: [],
    calls: new Map(),
    files: new Map(),
    blockedBy: new Set(),
    fail: faults.fail,
  };
  return host;
}

interface Answer {
  status: number;
  body: string | Uint8Array;
}

const ok = (result: unknown): Answer => ({ status: 200, body: JSON.stringify({ ok: true, result }) });
const no = (code: number, description: string, retryAfter?: number): Answer => {
  const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } };
  return { status: code, body: JSON.stringify({ ok: false, error_code: code, description, ...parameters }) };
};

async function answer(host: TelegramHost, faults: Faults<Fault>, request: IncomingMessage): Promise<Answer> {
  const path = decodeURIComponent(new URL(request.url ?? "/", "http://host").pathname);
  const file = path.startsWith(`/file/bot${TOKEN}/`) && host.files.get(path.slice(`/file/bot${TOKEN}/`.length));
  if (file) return { status: 200, body: file };
  if (!path.startsWith(`/bot${TOKEN}/`)) return no(path.startsWith("/file/") ? 404 : 401, "Unauthorized");
  const method = path.slice(`/bot${TOKEN}/`.length);
  host.calls.set(method, (host.calls.get(method) ?? 0) + 1);
  const parameters = await parametersOf(request);
  const fault = faults.next(method);
  if (fault === "hang-up") throw hangUp();
  if (fault === "not-json") return { status: 200, body: "<html>" };
  if (fault) return no(fault.code, fault.description, fault.retryAfter);
  return carryOut(host, method, parameters, request);
}

type Parameters = Record<string, unknown>;

/** As a form whose nested values are JSON, or as JSON ("Making requests"). */
async function parametersOf(request: IncomingMessage): Promise<Parameters> {
  const text = await bodyOf(request);
  if (request.headers["content-type"]?.startsWith("application/json")) return JSON.parse(text) as Parameters;
  const fields = [...new URLSearchParams(text)].map(([name, value]) => [
    name,
    /^[[{]/.test(value) && name !== "text" ? JSON.parse(value) : value,
  ]);
  return Object.fromEntries(fields) as Parameters;
}

async function carryOut(
  host: TelegramHost,
  method: string,
  parameters: Parameters,
  request: IncomingMessage,
): Promise<Answer> {
  switch (method) {
    case "getMe":
      return ok({ id: 424242, is_bot: true, first_name: "接诉", username: USERNAME });
    case "sendMessage":
      return sendMessage(host, parameters);
    case "answerCallbackQuery":
      host.pressesAnswered.push(String(parameters.callback_query_id));
      return ok(true);
    case "getFile": {
      const id = String(parameters.file_id);
      const bytes = host.files.get(`files/${id}`);
      if (!bytes) return no(400, "Bad Request: wrong file_id or the file is temporarily unavailable");
      return ok({ file_id: id, file_unique_id: id, file_size: bytes.length, file_path: `files/${id}` });
    }
    case "setWebhook":
      host.webhook = { url: String(parameters.url), secret: String(parameters.secret_token) };
      return ok(true);
    case "deleteWebhook":
      host.webhook = undefined;
      return ok(true);
    case "getUpdates":
      return getUpdates(host, parameters, request);
    default:
      return no(404, "Not Found: method not found");
  }
}

async function getUpdates(host: TelegramHost, parameters: Parameters, request: IncomingMessage): Promise<Answer> {
  if (host.webhook) {
    return no(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it first",
    );
  }
  const offset = Number(parameters.offset ?? 0);
  host.waiting = host.waiting.filter(({ update_id }) => update_id >= offset);
  const until = Date.now() + Number(parameters.timeout ?? 0) * 1_000;
  while (host.waiting.length === 0 && Date.now() < until && !request.socket.destroyed) await sleep(10);
  return ok(host.waiting.slice(0, 100));
}

interface Keyboard {
  inline_keyboard?: SeenMessage["inline"][];
  keyboard?: SeenMessage["keyboard"][];
}

function sendMessage(host: TelegramHost, parameters: Parameters): Answer {
  const chatId = String(parameters.chat_id);
  const text = String(parameters.text ?? "");
  if (host.blockedBy.has(chatId)) return no(403, "Forbidden: bot was blocked by the user");
  if (!/^-?\d+$/.test(chatId) || chatId === "404") return no(400, "Bad Request: chat not found");
  if (text.trim() === "") return no(400, "Bad Request: message text is empty");
  if (text.length > MOST_TEXT) return no(400, "Bad Request: message is too long");
  const markup = (parameters.reply_markup ?? {}) as Keyboard;
  const inline = markup.inline_keyboard?.flat() ?? [];
  if (inline.some(({ callback_data: data }) => Buffer.byteLength(data) > MOST_DATA_BYTES)) {
    return no(400, "Bad Request: BUTTON_DATA_INVALID");
  }
  const reply = parameters.reply_parameters as { message_id: number } | undefined;
  host.seen.push({ chatId, text, replyTo: reply?.message_id, inline, keyboard: markup.keyboard?.flat() ?? [] });
  const chat = { id: Number(chatId), type: "private", first_name: "x" };
  return ok({ message_id: host.seen.length, date: Math.floor(Date.now() / 1000), chat, text });
}
