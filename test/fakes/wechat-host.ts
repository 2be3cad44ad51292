import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A message as the citizen's screen has it. */
export interface SeenMessage {
  openId: string;
  text: string;
  /** What can be pressed: what comes back as `bizmsgmenuid`, and the words. */
  menu: { id: string; content: string }[];
}

/** An error code, a broken connection, something that is not JSON, or for once nothing wrong. */
type Fault = number | "hang-up" | "not-json" | "pass";

export interface WechatHost {
  url: string;
  appId: string;
  appSecret: string;
  /** Customer-service messages that arrived, in order. */
  seen: SeenMessage[];
  /** Template and subscription messages that arrived. */
  notices: Record<string, unknown>[];
  menus: unknown[];
  /** How often each path was asked. */
  calls: Map<string, number>;
  /** What the next calls of a path answer instead, one each. */
  fail(path: string, ...answers: Fault[]): void;
  recover(path: string): void;
  /** Every answer of a path comes so much later. */
  delay(path: string, ms: number): void;
  /** Every token given so far is refused from now on. */
  expireTokens(): void;
  /** The citizen has written: the 48 hours begin, with five messages. */
  heard(openId: string): void;
  /** The 48 hours are over. */
  shut(openId: string): void;
  media: Map<string, { type: string; bytes: Uint8Array }>;
  templates: { kind: "template" | "subscription"; id: string; content: string }[];
  close(): Promise<void>;
}

const APP_ID = "wx2c2769f8efd9abc2";
const APP_SECRET = "secret-of-the-stand-in";
const MESSAGES_IN_WINDOW = 5;

/**
 * A stand-in for api.weixin.qq.com, as far as the channel needs it: it gives tokens and refuses others, counts, and keeps the
 * window of 48 hours and five messages (only for citizens it has `heard`).
 */
export async function startWechatHost(): Promise<WechatHost> {
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

type State = Omit<WechatHost, "close"> & {
  token: string;
  tokens: number;
  left: Map<string, number>;
  failures: Map<string, Fault[]>;
  delays: Map<string, number>;
};

function createState(): State {
  const state: State = {
    url: "",
    appId: APP_ID,
    appSecret: APP_SECRET,
    seen: [],
    notices: [],
    menus: [],
    calls: new Map(),
    media: new Map(),
    templates: [],
    token: "",
    tokens: 0,
    left: new Map(),
    failures: new Map(),
    delays: new Map(),
    fail: (path, ...answers) => state.failures.set(path, [...(state.failures.get(path) ?? []), ...answers]),
    recover: (path) => state.failures.delete(path),
    delay: (path, ms) => state.delays.set(path, ms),
    expireTokens() {
      state.token = "";
    },
    heard: (openId) => state.left.set(openId, MESSAGES_IN_WINDOW),
    shut: (openId) => state.left.set(openId, -1),
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
  await sleep(state.delays.get(pathname) ?? 0);
  const failure = state.failures.get(pathname)?.shift();
  if (failure === "hang-up") throw new Error("hang up");
  if (failure === "not-json") return { type: "text/html", body: "<html>502</html>" };
  if (typeof failure === "number") return code(failure);
  if (pathname === "/cgi-bin/stable_token") return tokenFor(state, body);
  if (pathname.startsWith("/films/")) return fileAt(state, pathname.slice("/films/".length));
  const token = searchParams.get("access_token");
  if (token === "" || token !== state.token) return code(state.token === "" ? 42_001 : 40_001);
  return carryOut(state, pathname, searchParams, body);
}

function carryOut(state: State, pathname: string, query: URLSearchParams, body: Body): Answer {
  switch (pathname) {
    case "/cgi-bin/message/custom/send":
      return customMessage(state, body);
    case "/cgi-bin/media/get":
      return mediaFor(state, query.get("media_id") ?? "");
    case "/cgi-bin/menu/create":
      state.menus.push(body);
      return code(0);
    case "/cgi-bin/template/get_all_private_template":
      return json({
        template_list: state.templates
          .filter(({ kind }) => kind === "template")
          .map(({ id, content }) => ({ template_id: id, title: "进展通知", content })),
      });
    case "/wxaapi/newtmpl/gettemplate":
      return json({
        errcode: 0,
        data: state.templates
          .filter(({ kind }) => kind === "subscription")
          .map(({ id, content }) => ({ priTmplId: id, title: "进展通知", content, type: 3 })),
      });
    case "/cgi-bin/message/template/send":
    case "/cgi-bin/message/subscribe/bizsend":
      state.notices.push({ path: pathname, ...body });
      return code(0);
    default:
      return code(40_066);
  }
}

type Body = Record<string, unknown>;

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

interface Menu {
  head_content: string;
  list: { id: string; content: string }[];
}

function customMessage(state: State, body: Body): Answer {
  const openId = String(body.touser);
  const left = state.left.get(openId);
  if (left === -1) return code(45_015);
  if (left === 0) return code(45_047);
  const text = body.msgtype === "text" ? (body.text as { content: string }).content : undefined;
  const menu = body.msgtype === "msgmenu" ? (body.msgmenu as Menu) : undefined;
  const words = text ?? menu?.head_content ?? "";
  if (words === "" || Buffer.byteLength(words) > 2_048) return code(45_002);
  if (left !== undefined) state.left.set(openId, left - 1);
  state.seen.push({ openId, text: words, menu: menu?.list ?? [] });
  return code(0);
}

function mediaFor(state: State, mediaId: string): Answer {
  const media = state.media.get(mediaId);
  if (!media) return { type: "text/plain", body: code(40_007).body };
  if (!media.type.startsWith("video/")) return { type: media.type, body: media.bytes };
  return { type: "text/plain", body: JSON.stringify({ video_url: `${state.url}/films/${mediaId}` }) };
}

function fileAt(state: State, mediaId: string): Answer {
  const media = state.media.get(mediaId);
  return media ? { type: media.type, body: media.bytes } : code(40_007);
}
