import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** An error code, a broken connection, something that is not JSON, or for once nothing wrong. */
type Fault = number | "hang-up" | "not-json" | "pass";
type Body = Record<string, unknown>;

export interface MiniProgramHost {
  url: string;
  appId: string;
  appSecret: string;
  /** Customer-service messages that arrived, in order. */
  seen: { openId: string; text: string }[];
  /** Subscription messages that arrived. */
  notices: Body[];
  /** How often each path was asked. */
  calls: Map<string, number>;
  /** What the next calls of a path answer instead, one each. */
  fail(path: string, ...answers: Fault[]): void;
  recover(path: string): void;
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
  media: Map<string, { type: string; bytes: Uint8Array }>;
  templates: { id: string; content: string }[];
  close(): Promise<void>;
}

const APP_ID = "wx9f8a7b6c5d4e3f21";
const APP_SECRET = "secret-of-the-stand-in";
/** "订阅消息参数值内容限制说明", as far as it can be told from the outside. */
const LIMITS: Record<string, RegExp> = {
  thing: /^.{1,20}$/su,
  character_string: /^[\x20-\x7e]{1,32}$/,
  phrase: /^\p{Script=Han}{1,5}$/u,
  time: /^\d{4}年\d{1,2}月\d{1,2}日( \d{2}:\d{2})?$/,
  date: /^\d{4}年\d{1,2}月\d{1,2}日( \d{2}:\d{2})?$/,
};

type State = Omit<MiniProgramHost, "close"> & {
  token: string;
  tokens: number;
  codes: Map<string, { openId: string; used: boolean }>;
  left: Map<string, number>;
  accepted: Map<string, number>;
  failures: Map<string, Fault[]>;
};

/** A stand-in for api.weixin.qq.com as a 小程序 meets it: tokens, code2Session, 客服消息 with its counts, 订阅消息 with its permissions. */
export async function startMiniProgramHost(): Promise<MiniProgramHost> {
  const host = createState();
  const server = createServer((request, response) => {
    answer(host, request).then(
      ({ type = "application/json", body }) => response.writeHead(200, { "content-type": type }).end(body),
      () => request.socket.destroy(),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  host.url = `http://127.0.0.1:${port}`;
  return Object.assign(host, {
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function createState(): State {
  const state: State = {
    url: "",
    appId: APP_ID,
    appSecret: APP_SECRET,
    seen: [],
    notices: [],
    calls: new Map(),
    media: new Map(),
    templates: [],
    token: "",
    tokens: 0,
    codes: new Map(),
    left: new Map(),
    accepted: new Map(),
    failures: new Map(),
    fail: (path, ...answers) => state.failures.set(path, [...(state.failures.get(path) ?? []), ...answers]),
    recover: (path) => state.failures.delete(path),
    expireTokens() {
      state.token = "";
    },
    login(openId) {
      const code = `code-${state.codes.size + 1}`;
      state.codes.set(code, { openId, used: false });
      return code;
    },
    wrote: (openId) => state.left.set(openId, 5),
    entered: (openId) => state.left.set(openId, Math.max(2, state.left.get(openId) ?? 0)),
    shut: (openId) => state.left.delete(openId),
    accept(openId, templateId) {
      const key = `${openId} ${templateId}`;
      state.accepted.set(key, (state.accepted.get(key) ?? 0) + 1);
    },
  };
  return state;
}

interface Answer {
  type?: string;
  body: string | Uint8Array;
}

const json = (value: unknown): Answer => ({ body: JSON.stringify(value) });
const code = (errcode: number): Answer => json({ errcode, errmsg: errcode === 0 ? "ok" : "refused rid: 1" });

async function answer(state: State, request: IncomingMessage): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://host");
  state.calls.set(pathname, (state.calls.get(pathname) ?? 0) + 1);
  const body = await bodyOf(request);
  const failure = state.failures.get(pathname)?.shift();
  if (failure === "hang-up") throw new Error("hang up");
  if (failure === "not-json") return { type: "text/html", body: "<html>502</html>" };
  if (typeof failure === "number") return code(failure);
  if (pathname === "/cgi-bin/stable_token") return tokenFor(state, body);
  if (pathname === "/sns/jscode2session") return sessionFor(state, searchParams);
  const token = searchParams.get("access_token");
  if (token === "" || token !== state.token) return code(state.token === "" ? 42_001 : 40_001);
  return carryOut(state, pathname, searchParams, body);
}

function carryOut(state: State, pathname: string, query: URLSearchParams, body: Body): Answer {
  switch (pathname) {
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

async function bodyOf(request: IncomingMessage): Promise<Body> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? {} : (JSON.parse(text) as Body);
}

function tokenFor(state: State, body: Body): Answer {
  if (body.grant_type !== "client_credential" || body.appid !== APP_ID) return code(40_013);
  if (body.secret !== APP_SECRET) return code(40_125);
  if (state.token === "" || body.force_refresh === true) {
    state.tokens += 1;
    state.token = `token-${state.tokens}-${"x".repeat(500)}`;
  }
  return json({ access_token: state.token, expires_in: 7_200 });
}

/** Success has no errcode. */
function sessionFor(state: State, query: URLSearchParams): Answer {
  if (query.get("appid") !== APP_ID) return code(40_013);
  if (query.get("secret") !== APP_SECRET) return code(40_125);
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
