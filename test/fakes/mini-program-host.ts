import {
  type AccessTokens,
  type Answer,
  type Body,
  type Call,
  code,
  createAccessTokens,
  json,
  type Media,
  serveWeixinApi,
  stableToken,
  type WeixinApi,
} from "./weixin-api.ts";

export interface MiniProgramHost extends WeixinApi {
  appId: string;
  appSecret: string;
  /** Customer-service messages that arrived, in order. */
  seen: { openId: string; text: string }[];
  /** Subscription messages that arrived. */
  notices: Body[];
  /** Every token given so far is refused from now on. */
  expireTokens(): void;
  /** wx.login on the citizen's telephone: a code that is good once. */
  login(openId: string): string;
  /** The citizen has written: 5 messages within 48 hours. */
  wrote(openId: string): void;
  /** The citizen has opened the conversation: 2 messages within a minute. */
  entered(openId: string): void;
  /** The time is over. */
  shut(openId: string): void;
  /** The citizen has tapped 允许 under wx.requestSubscribeMessage. */
  accept(openId: string, templateId: string): void;
  media: Media;
  templates: { id: string; content: string }[];
}

/** "订阅消息参数值内容限制说明", as far as it can be told from the outside. */
const LIMITS: Record<string, RegExp> = {
  thing: /^.{1,20}$/su,
  character_string: /^[\x20-\x7e]{1,32}$/,
  phrase: /^\p{Script=Han}{1,5}$/u,
  time: /^\d{4}年\d{1,2}月\d{1,2}日( \d{2}:\d{2})?$/,
  date: /^\d{4}年\d{1,2}月\d{1,2}日( \d{2}:\d{2})?$/,
};

type State = MiniProgramHost & {
  tokens: AccessTokens;
  codes: Map<string, { openId: string; used: boolean }>;
  left: Map<string, number>;
  accepted: Map<string, number>;
};

/** A stand-in for api.weixin.qq.com as a 小程序 meets it: tokens, code2Session, 客服消息 with its counts, 订阅消息 with its permissions. */
export async function startMiniProgramHost(): Promise<MiniProgramHost> {
  const api = await serveWeixinApi((call) => answer(host, call));
  const host: State = { ...api, ...createState() };
  return host;
}

function createState(): Omit<State, keyof WeixinApi> {
  const tokens = createAccessTokens();
  const codes: State["codes"] = new Map();
  const left: State["left"] = new Map();
  const accepted: State["accepted"] = new Map();
  return {
    appId: "wx9f8a7b6c5d4e3f21",
    appSecret: "secret-of-the-stand-in",
    seen: [],
    notices: [],
    media: new Map(),
    templates: [],
    tokens,
    codes,
    left,
    accepted,
    expireTokens: tokens.expireTokens,
    login(openId) {
      const code = `code-${codes.size + 1}`;
      codes.set(code, { openId, used: false });
      return code;
    },
    wrote: (openId) => left.set(openId, 5),
    entered: (openId) => left.set(openId, Math.max(2, left.get(openId) ?? 0)),
    shut: (openId) => left.delete(openId),
    accept(openId, templateId) {
      const key = `${openId} ${templateId}`;
      accepted.set(key, (accepted.get(key) ?? 0) + 1);
    },
  };
}

function answer(state: State, call: Call): Answer {
  const { path, query, body } = call;
  if (path === "/cgi-bin/stable_token") return stableToken(state, state.tokens, body);
  if (path === "/sns/jscode2session") return sessionFor(state, query);
  const fault = state.tokens.faultOf(query.get("access_token"), 40_001);
  return fault === undefined ? carryOut(state, call) : code(fault);
}

function carryOut(state: State, { path, query, body }: Call): Answer {
  switch (path) {
    case "/cgi-bin/message/custom/send":
      return customMessage(state, body);
    case "/cgi-bin/media/get": {
      const media = state.media.get(query.get("media_id") ?? "");
      return media ? { type: media.type, body: media.bytes } : { type: "text/plain", body: code(40_007).body };
    }
    case "/wxaapi/newtmpl/gettemplate":
      return json({
        errcode: 0,
        data: state.templates.map(({ id, content }) => ({ priTmplId: id, title: "进度通知", content, type: 2 })),
      });
    case "/cgi-bin/message/subscribe/send":
      return subscriptionMessage(state, body);
    default:
      return code(40_066);
  }
}

/** Success has no errcode. */
function sessionFor(state: State, query: URLSearchParams): Answer {
  if (query.get("appid") !== state.appId) return code(40_013);
  if (query.get("secret") !== state.appSecret) return code(40_125);
  const known = state.codes.get(query.get("js_code") ?? "");
  if (!known || query.get("grant_type") !== "authorization_code") return code(40_029);
  if (known.used) return code(40_163);
  known.used = true;
  return json({ openid: known.openId, session_key: "c2Vzc2lvbi1rZXktb2YtMTY=", unionid: `union-${known.openId}` });
}

function customMessage(state: State, body: Body): Answer {
  const openId = String(body.touser);
  const left = state.left.get(openId);
  if (left === undefined) return code(45_015);
  if (left === 0) return code(45_047);
  if (body.msgtype !== "text") return code(40_008);
  const { content } = body.text as { content: string };
  if (content === "" || Buffer.byteLength(content) > 2_048) return code(45_002);
  state.left.set(openId, left - 1);
  state.seen.push({ openId, text: content });
  return code(0);
}

function subscriptionMessage(state: State, body: Body): Answer {
  const template = state.templates.find(({ id }) => id === body.template_id);
  if (!template) return code(40_037);
  const key = `${body.touser} ${body.template_id}`;
  const left = state.accepted.get(key) ?? 0;
  if (left === 0) return code(43_101);
  const data = body.data as Record<string, { value: string }>;
  const fields = [...template.content.matchAll(/\{\{(\w+)\.DATA\}\}/g)].map(([, field]) => field ?? "");
  const fits = (field: string) => LIMITS[field.replace(/\d+$/, "")]?.test(data[field]?.value ?? "") ?? false;
  if (!fields.every(fits) || Object.keys(data).length !== fields.length) return code(47_003);
  state.accepted.set(key, left - 1);
  state.notices.push(body);
  return code(0);
}
