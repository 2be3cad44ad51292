import { z } from "zod";
import { DeliveryError } from "../../bots/errors.ts";
import type { Clock } from "../../bots/ports.ts";
import { type AccessToken, createAccessToken, type TokenVault } from "../shared/access-token.ts";
import { createPlatformCalls, type PlatformCalls } from "../shared/platform-calls.ts";
import { type Refused, refusalOf } from "../shared/wechat-codes.ts";
import type { CustomMessage } from "./render.ts";

export type Sent = { kind: "sent" } | Refused;

/** What the 公众号's server is asked for. Throws a DeliveryError where trying again can help; what it refuses for good is a value. */
export interface WechatClient {
  sendCustom(openId: string, message: CustomMessage): Promise<Sent>;
  /** A file that a citizen sent, at most `maxBytes` of it; refused when it is larger, gone or not given out. */
  download(mediaId: string, maxBytes: number): Promise<{ kind: "file"; bytes: Buffer } | Refused>;
  createMenu(menu: object): Promise<Sent>;
  sendNotice(notice: Notice): Promise<Sent>;
}

/** A template or subscription message; `fieldValue` names the words for a field of the template, or none that fit. */
export interface Notice {
  openId: string;
  templateId: string;
  url: string | undefined;
  /** The platform sends a message once under each. */
  key: string;
  fieldValue(field: string): string | undefined;
}

const answerShape = z.looseObject({ errcode: z.number().optional() });
const tokenShape = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const templates = z.object({
  template_list: z.array(z.object({ template_id: z.string(), content: z.string() })).default([]),
});
const subscriptions = z.object({
  data: z.array(z.object({ priTmplId: z.string(), content: z.string() })).default([]),
});
const videoShape = z.object({ video_url: z.url() });

type Answer = z.infer<typeof answerShape>;

/** `apiBase`: the platform's address without a slash at its end. */
export function createWechatClient(options: {
  appId: string;
  appSecret: string;
  apiBase: string;
  vault: TokenVault;
  clock: Clock;
}): WechatClient {
  const { clock } = options;
  const calls = createPlatformCalls({ apiBase: options.apiBase, platform: "wechat" });
  const token = createAccessToken({ vault: options.vault, clock, fetchToken: tokenFetcher(options, calls) });
  const ask = createAsk({ calls, token, clock });
  const post = (path: string, body: object) => ask((accessToken) => calls.json(withToken(path, accessToken), body));
  const get = (path: string) => ask((accessToken) => calls.json(withToken(path, accessToken)));

  return {
    sendCustom: async (openId, message) =>
      sentOf(await post("/cgi-bin/message/custom/send", { touser: openId, ...message })),
    createMenu: async (menu) => sentOf(await post("/cgi-bin/menu/create", menu)),
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
    async sendNotice(notice) {
      const template = await templateOf(get, notice.templateId);
      if (template.kind === "refused") return template;
      const data = dataOf(template.fields, notice.fieldValue);
      if (!data) return { kind: "refused", code: 47_003, why: "the template has fields that no news fits into" };
      const { openId: touser, templateId: template_id, url, key } = notice;
      const base = { touser, template_id, data };
      return sentOf(
        template.kind === "template"
          ? await post("/cgi-bin/message/template/send", { ...base, url, client_msg_id: key.slice(0, 32) })
          : await post("/cgi-bin/message/subscribe/bizsend", { ...base, page: url }),
      );
    },
  };
}

type Asked = { kind: "answered"; value: Answer } | Refused;

const withToken = (path: string, accessToken: string) => `${path}?access_token=${encodeURIComponent(accessToken)}`;
const sentOf = (asked: Asked): Sent => (asked.kind === "answered" ? { kind: "sent" } : asked);
const strange = (what: string) =>
  new DeliveryError(`wechat answered ${what} in a way that cannot be read`, { retryable: true });

/** 40001 and 40014 token not valid, 42001 token expired ("全局返回码"). */
const STALE_TOKEN = new Set([40_001, 40_014, 42_001]);

/** Asks with the shared token; when the platform does not want that one any more, once more with a new one. */
function createAsk({ token, clock }: { calls: PlatformCalls; token: AccessToken; clock: Clock }) {
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
function tokenFetcher({ appId, appSecret }: { appId: string; appSecret: string }, calls: PlatformCalls) {
  return async (force: boolean) => {
    const body = { grant_type: "client_credential", appid: appId, secret: appSecret, force_refresh: force };
    const answer = await calls.json("/cgi-bin/stable_token", body);
    const parsed = tokenShape.safeParse(answer);
    if (parsed.success) return { token: parsed.data.access_token, expiresInSeconds: parsed.data.expires_in };
    const code = answerShape.safeParse(answer).data?.errcode ?? 0;
    throw new DeliveryError(
      `wechat gives no access token (${code}); check WECHAT_APP_ID, WECHAT_APP_SECRET and the list of allowed addresses (IP白名单)`,
      { retryable: true, retryAfterMs: code === -1 ? 1_000 : 60_000 },
    );
  };
}

type Template = { kind: "template" | "subscription"; fields: string[] } | Refused;

/** The account's template of that id, among 模板消息 or else among 订阅通知. */
async function templateOf(get: (path: string) => Promise<Asked>, id: string): Promise<Template> {
  const own = await get("/cgi-bin/template/get_all_private_template");
  const list = own.kind === "answered" ? (templates.safeParse(own.value).data?.template_list ?? []) : [];
  const template = list.find((each) => each.template_id === id);
  if (template) return { kind: "template", fields: fieldsOf(template.content) };
  const subscribed = await get("/wxaapi/newtmpl/gettemplate");
  if (subscribed.kind === "refused") return subscribed;
  const subscription = subscriptions.safeParse(subscribed.value).data?.data.find((each) => each.priTmplId === id);
  if (subscription) return { kind: "subscription", fields: fieldsOf(subscription.content) };
  return { kind: "refused", code: 40_037, why: "the account has no template of the id in WECHAT_TEMPLATE_ID" };
}

const fieldsOf = (content: string): string[] =>
  Array.from(content.matchAll(/\{\{(\w{1,40})\.DATA\}\}/g), (match) => match[1] ?? "");

function dataOf(fields: string[], fieldValue: Notice["fieldValue"]): Record<string, { value: string }> | undefined {
  const entries: [string, { value: string }][] = [];
  for (const field of fields) {
    const value = fieldValue(field);
    if (value === undefined) return undefined;
    entries.push([field, { value }]);
  }
  return Object.fromEntries(entries);
}
