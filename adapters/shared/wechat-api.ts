import { z } from "zod";
import { DeliveryError } from "../../bots/errors.ts";
import type { Clock } from "../../bots/ports.ts";
import { type AccessToken, createAccessToken, type TokenVault } from "./access-token.ts";
import { createPlatformCalls, type PlatformCalls } from "./platform-calls.ts";
import { type Refused, refusalOf } from "./wechat-codes.ts";

const answerShape = z.looseObject({ errcode: z.number().optional() });
const tokenShape = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const subscriptions = z.object({
  data: z.array(z.object({ priTmplId: z.string(), content: z.string() })).default([]),
});
const videoShape = z.object({ video_url: z.url() });

type Answer = z.infer<typeof answerShape>;
export type Asked = { kind: "answered"; value: Answer } | Refused;
export type Sent = { kind: "sent" } | Refused;
export type Downloaded = { kind: "file"; bytes: Buffer } | Refused;

/** An account at api.weixin.qq.com, of a 公众号 or of a 小程序. Throws a DeliveryError where trying again can help; what it refuses for good is a value. */
export interface WechatApi {
  post(path: string, body: object): Promise<Asked>;
  get(path: string): Promise<Asked>;
  /** A file that a citizen sent, at most `maxBytes` of it; refused when it is larger, gone or not given out. */
  download(mediaId: string, maxBytes: number): Promise<Downloaded>;
  /** The fields of a template of 订阅消息 that the account has; undefined when it has none of that id. */
  subscriptionFields(templateId: string): Promise<{ kind: "fields"; fields: string[] | undefined } | Refused>;
  /** Without a token. */
  calls: PlatformCalls;
}

/** `apiBase`: the platform's address without a slash at its end. `variables`: how the account's variables begin. */
export function createWechatApi(options: {
  appId: string;
  appSecret: string;
  apiBase: string;
  vault: TokenVault;
  clock: Clock;
  variables: "WECHAT" | "MINI_PROGRAM";
}): WechatApi {
  const { clock } = options;
  const calls = createPlatformCalls({ apiBase: options.apiBase, platform: "wechat" });
  const token = createAccessToken({ vault: options.vault, clock, fetchToken: tokenFetcher(options, calls) });
  const ask = createAsk({ token, clock });
  const get = (path: string) => ask((accessToken) => calls.json(withToken(path, accessToken)));

  return {
    calls,
    get,
    post: (path, body) => ask((accessToken) => calls.json(withToken(path, accessToken), body)),
    async download(mediaId, maxBytes) {
      let bytes: Buffer | undefined;
      const answer = await ask(async (accessToken) => {
        const path = `${withToken("/cgi-bin/media/get", accessToken)}&media_id=${encodeURIComponent(mediaId)}`;
        const got = await calls.file(path, maxBytes);
        if (got.kind === "json") return got.value;
        bytes = got.bytes;
        return {};
      });
      if (answer.kind === "refused") return answer;
      if (bytes) return { kind: "file", bytes };
      // Films are not given out themselves, only their address ("获取临时素材").
      const video = videoShape.safeParse(answer.value);
      if (!video.success) throw strange("media/get");
      return { kind: "file", bytes: await calls.foreignFile(video.data.video_url, maxBytes) };
    },
    async subscriptionFields(templateId) {
      const subscribed = await get("/wxaapi/newtmpl/gettemplate");
      if (subscribed.kind === "refused") return subscribed;
      const known = subscriptions.safeParse(subscribed.value).data?.data.find((each) => each.priTmplId === templateId);
      return { kind: "fields", fields: known && fieldsOf(known.content) };
    },
  };
}

const withToken = (path: string, accessToken: string) => `${path}?access_token=${encodeURIComponent(accessToken)}`;
export const sentOf = (asked: Asked): Sent => (asked.kind === "answered" ? { kind: "sent" } : asked);
const strange = (what: string) =>
  new DeliveryError(`wechat answered ${what} in a way that cannot be read`, { retryable: true });

/** 40001 and 40014 token not valid, 42001 token expired ("全局返回码"). */
const STALE_TOKEN = new Set([40_001, 40_014, 42_001]);

/** Asks with the shared token; when the platform does not want that one any more, once more with a new one. */
function createAsk({ token, clock }: { token: AccessToken; clock: Clock }) {
  return async function ask(call: (accessToken: string) => Promise<unknown>): Promise<Asked> {
    const first = await token.get();
    let answer = read(await call(first));
    if (STALE_TOKEN.has(answer.errcode ?? 0)) answer = read(await call(await token.renew(first)));
    const code = answer.errcode ?? 0;
    return code === 0 ? { kind: "answered", value: answer } : refusalOf(code, clock.now());
  };
}

function read(value: unknown): Answer {
  const parsed = answerShape.safeParse(value);
  if (!parsed.success) throw strange("a request");
  return parsed.data;
}

/** "获取稳定版接口调用凭据": forced at most twenty times a day, so only when the platform insists on a token that it refuses. */
function tokenFetcher(
  { appId, appSecret, variables }: { appId: string; appSecret: string; variables: string },
  calls: PlatformCalls,
) {
  return async (force: boolean) => {
    const body = { grant_type: "client_credential", appid: appId, secret: appSecret, force_refresh: force };
    const answer = await calls.json("/cgi-bin/stable_token", body);
    const parsed = tokenShape.safeParse(answer);
    if (parsed.success) return { token: parsed.data.access_token, expiresInSeconds: parsed.data.expires_in };
    const code = answerShape.safeParse(answer).data?.errcode ?? 0;
    throw new DeliveryError(
      `wechat gives no access token (${code}); check ${variables}_APP_ID, ${variables}_APP_SECRET and the list of allowed addresses (IP白名单)`,
      { retryable: true, retryAfterMs: code === -1 ? 1_000 : 60_000 },
    );
  };
}

/** The names of the fields in a template's text. */
export const fieldsOf = (content: string): string[] =>
  Array.from(content.matchAll(/\{\{(\w{1,40})\.DATA\}\}/g), (match) => match[1] ?? "");

/** The words for every field; undefined when one of them has none that fit. */
export function dataOf(
  fields: string[],
  fieldValue: (field: string) => string | undefined,
): Record<string, { value: string }> | undefined {
  const entries: [string, { value: string }][] = [];
  for (const field of fields) {
    const value = fieldValue(field);
    if (value === undefined) return undefined;
    entries.push([field, { value }]);
  }
  return Object.fromEntries(entries);
}
