import { z } from "zod";
import { DeliveryError } from "../../bots/errors.ts";
import type { Clock } from "../../bots/ports.ts";
import { type AccessToken, createAccessToken, type TokenVault } from "../shared/access-token.ts";
import { createPlatformCalls, type PlatformCalls } from "../shared/platform-calls.ts";
import { type Refused, refusalOf } from "./codes.ts";
import type { KfMessage } from "./render.ts";

export type Sent = { kind: "sent" } | Refused;

/** A page of what came to an account of 微信客服, oldest first. `messages` are as the platform writes them. */
export interface KfPage {
  kind: "page";
  messages: unknown[];
  /** Where the next page begins; absent when the platform names none. */
  nextCursor: string | undefined;
  hasMore: boolean;
}

/** What the platform's server is asked for. Throws a DeliveryError where trying again can help; what it refuses for good is a value. */
export interface WecomClient {
  /** To a member, by the self-built app; at most 2,048 bytes. */
  sendApp(userId: string, text: string): Promise<Sent>;
  /** By an account of 微信客服. The same `msgid`, at most 32 of [0-9A-Za-z_-], is shown once. */
  sendKf(to: { openKfId: string; externalUserId: string }, msgid: string, message: KfMessage): Promise<Sent>;
  /** Greets who has just come in; `code` is good once, for 20 seconds. */
  welcome(code: string, msgid: string, message: KfMessage): Promise<Sent>;
  /** `token` of the callback, good for ten minutes; without one the platform lets itself be asked only now and then. */
  syncKf(from: { openKfId: string; cursor?: string; token?: string }): Promise<KfPage | Refused>;
  /** The fixed menu below the app's chat. */
  createMenu(menu: object): Promise<Sent>;
  /** A file that a citizen sent, at most `maxBytes` of it; refused when it is gone or not given out. */
  download(mediaId: string, maxBytes: number): Promise<{ kind: "file"; bytes: Buffer } | Refused>;
}

/** So that a page, 2,048 bytes of escaped characters to a message, stays below what is read of an answer. */
const PAGE = 100;

const answerShape = z.looseObject({ errcode: z.number().optional() });
const tokenShape = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const appSent = z.object({ invaliduser: z.string().default("") });
const pageShape = z.object({
  next_cursor: z.string().max(1_000).optional(),
  has_more: z.number().default(0),
  msg_list: z.array(z.unknown()).default([]),
});

type Answer = z.infer<typeof answerShape>;
type Asked = { kind: "answered"; value: Answer } | Refused;

export interface WecomClientOptions {
  corpId: string;
  agentId: number;
  secret: string;
  /** The platform's address without a slash at its end. */
  apiBase: string;
  vault: TokenVault;
  clock: Clock;
}

export function createWecomClient(options: WecomClientOptions): WecomClient {
  const calls = createPlatformCalls({ apiBase: options.apiBase, platform: "wecom" });
  const { vault, clock, agentId } = options;
  const ask = createAsk(createAccessToken({ vault, clock, fetchToken: tokenFetcher(options, calls) }));
  const post = (path: string, body: object) => ask((token) => calls.json(withToken(path, token), body));
  const postToApp = (path: string, body: object) =>
    ask((token) => calls.json(`${withToken(path, token)}&agentid=${agentId}`, body));

  return {
    async sendApp(userId, text) {
      // No enable_duplicate_check: it compares words, and would swallow "好的" that is said twice for two reasons.
      const body = { touser: userId, msgtype: "text", agentid: agentId, text: { content: text } };
      const asked = await post("/cgi-bin/message/send", body);
      if (asked.kind === "refused") return asked;
      // Accepted although nobody got it ("发送应用消息": 返回无效的部分).
      return appSent.parse(asked.value).invaliduser === "" ? { kind: "sent" } : refusalOf(81_013);
    },
    sendKf: async ({ openKfId, externalUserId }, msgid, message) =>
      sentOf(await post("/cgi-bin/kf/send_msg", { touser: externalUserId, open_kfid: openKfId, msgid, ...message })),
    welcome: async (code, msgid, message) =>
      sentOf(await post("/cgi-bin/kf/send_msg_on_event", { code, msgid, ...message })),
    createMenu: async (menu) => sentOf(await postToApp("/cgi-bin/menu/create", menu)),
    async syncKf({ openKfId, cursor, token }) {
      const body = { cursor, token, open_kfid: openKfId, limit: PAGE, voice_format: 0 };
      const asked = await post("/cgi-bin/kf/sync_msg", body);
      if (asked.kind === "refused") return asked;
      const parsed = pageShape.safeParse(asked.value);
      if (!parsed.success) throw strange("kf/sync_msg");
      const { msg_list: messages, has_more, next_cursor } = parsed.data;
      return { kind: "page", messages, nextCursor: next_cursor || undefined, hasMore: has_more === 1 };
    },
    async download(mediaId, maxBytes) {
      let bytes: Buffer | undefined;
      const asked = await ask(async (token) => {
        const path = `${withToken("/cgi-bin/media/get", token)}&media_id=${encodeURIComponent(mediaId)}`;
        const got = await calls.file(path, maxBytes);
        if (got.kind === "json") return got.value;
        bytes = got.bytes;
        return {};
      });
      if (asked.kind === "refused") return asked;
      if (!bytes) throw strange("media/get");
      return { kind: "file", bytes };
    },
  };
}

const withToken = (path: string, token: string) => `${path}?access_token=${encodeURIComponent(token)}`;
const sentOf = (asked: Asked): Sent => (asked.kind === "answered" ? { kind: "sent" } : asked);
const strange = (what: string) =>
  new DeliveryError(`wecom answered ${what} in a way that cannot be read`, { retryable: true });

/** 40014 token not valid, 42001 token expired ("全局错误码"). */
const STALE_TOKEN = new Set([40_014, 42_001]);

/** Asks with the shared token; when the platform does not want that one any more, once more with a new one. */
function createAsk(token: AccessToken) {
  return async function ask(call: (accessToken: string) => Promise<unknown>): Promise<Asked> {
    const first = await token.get();
    let answer = read(await call(first));
    if (STALE_TOKEN.has(answer.errcode ?? 0)) answer = read(await call(await token.renew(first)));
    const code = answer.errcode ?? 0;
    return code === 0 ? { kind: "answered", value: answer } : refusalOf(code);
  };
}

function read(value: unknown): Answer {
  const parsed = answerShape.safeParse(value);
  if (!parsed.success) throw strange("a request");
  return parsed.data;
}

/** "获取access_token": asked again while the last one is good, the platform gives the same one; it cannot be forced. */
function tokenFetcher({ corpId, secret }: WecomClientOptions, calls: PlatformCalls) {
  return async () => {
    const query = new URLSearchParams({ corpid: corpId, corpsecret: secret });
    const answer = await calls.json(`/cgi-bin/gettoken?${query}`);
    const parsed = tokenShape.safeParse(answer);
    if (parsed.success) return { token: parsed.data.access_token, expiresInSeconds: parsed.data.expires_in };
    const code = answerShape.safeParse(answer).data?.errcode ?? 0;
    throw new DeliveryError(
      `wecom gives no access token (${code}); check WECOM_CORP_ID, WECOM_SECRET and 企业可信IP of the app`,
      { retryable: true, retryAfterMs: code === -1 ? 1_000 : 60_000 },
    );
  };
}
