import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createKfDesk, type KfDesk, type SeenMessage } from "./wecom-kf-desk.ts";

/** An error code, a broken connection, something that is not JSON, or for once nothing wrong. */
type Fault = number | "hang-up" | "lost-answer" | "not-json" | "pass";

export interface WecomHost {
  url: string;
  corpId: string;
  agentId: number;
  secret: string;
  seen: SeenMessage[];
  /** What the groups' robots have said. */
  notices: Record<string, unknown>[];
  robots: Set<string>;
  /** Of the app with this agent id. */
  menus: Body[];
  /** Members that the app may not see, or that are gone. */
  strangers: Set<string>;
  kf: KfDesk;
  calls: Map<string, number>;
  /** What the next calls of a path answer instead, one each; "lost-answer": it is carried out, and the connection breaks. */
  fail(path: string, ...answers: Fault[]): void;
  recover(path: string): void;
  delay(path: string, ms: number): void;
  /** Every token given so far is refused from now on. */
  expireTokens(): void;
  media: Map<string, { type: string; bytes: Uint8Array }>;
  close(): Promise<void>;
}

type State = Omit<WecomHost, "close"> & {
  token: string;
  tokens: number;
  robotCalls: Map<string, number>;
  failures: Map<string, Fault[]>;
  delays: Map<string, number>;
};

/** A stand-in for qyapi.weixin.qq.com, as far as the channel needs it; the rules of 微信客服 are kept by its desk. */
export async function startWecomHost(): Promise<WecomHost> {
  const state = createState();
  const server = createServer((request, response) => {
    answer(state, request).then(
      ({ type = "application/json", body }) => response.writeHead(200, { "content-type": type }).end(body),
      () => request.socket.destroy(),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(state, {
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function createState(): State {
  const seen: SeenMessage[] = [];
  const state: State = {
    url: "",
    corpId: "wx5823bf96d3bd56c7",
    agentId: 1_000_002,
    secret: "secret-of-the-app",
    seen,
    notices: [],
    robots: new Set(["robot-key-of-the-group"]),
    menus: [],
    strangers: new Set(),
    kf: createKfDesk(seen),
    calls: new Map(),
    media: new Map(),
    token: "",
    tokens: 0,
    robotCalls: new Map(),
    failures: new Map(),
    delays: new Map(),
    fail: (path, ...answers) => state.failures.set(path, [...(state.failures.get(path) ?? []), ...answers]),
    recover: (path) => state.failures.delete(path),
    delay: (path, ms) => state.delays.set(path, ms),
    expireTokens() {
      state.token = "";
    },
  };
  return state;
}

interface Answer {
  type?: string;
  body: string | Uint8Array;
}
type Body = Record<string, unknown>;

const json = (value: unknown): Answer => ({ body: JSON.stringify(value) });
const code = (errcode: number, more: object = {}): Answer =>
  json({ errcode, errmsg: errcode === 0 ? "ok" : "refused, more info at https://open.work.weixin.qq.com", ...more });

async function answer(state: State, request: IncomingMessage): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://host");
  state.calls.set(pathname, (state.calls.get(pathname) ?? 0) + 1);
  const body = await bodyOf(request);
  await sleep(state.delays.get(pathname) ?? 0);
  const failure = state.failures.get(pathname)?.shift();
  if (failure === "hang-up") throw new Error("hang up");
  if (failure === "not-json") return { type: "text/html", body: "<html>502</html>" };
  if (typeof failure === "number") return code(failure);
  const done = carryOut(state, pathname, searchParams, body);
  if (failure === "lost-answer") throw new Error("hang up");
  return done;
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? {} : (JSON.parse(text) as Body);
}

function carryOut(state: State, pathname: string, query: URLSearchParams, body: Body): Answer {
  if (pathname === "/cgi-bin/gettoken") return tokenFor(state, query);
  if (pathname === "/cgi-bin/webhook/send") return robotSays(state, query.get("key") ?? "", body);
  const token = query.get("access_token");
  if (state.token === "" || token !== state.token) return code(state.token === "" ? 42_001 : 40_014);
  switch (pathname) {
    case "/cgi-bin/message/send":
      return appMessage(state, body);
    case "/cgi-bin/menu/create":
      if (query.get("agentid") !== String(state.agentId)) return code(40_056);
      state.menus.push(body);
      return code(0);
    case "/cgi-bin/kf/sync_msg": {
      const page = state.kf.sync(body);
      return typeof page === "number" ? code(page) : code(0, page);
    }
    case "/cgi-bin/kf/send_msg":
      return code(state.kf.send(body), { msgid: body.msgid });
    case "/cgi-bin/kf/send_msg_on_event":
      return code(state.kf.welcome(body), { msgid: body.msgid });
    case "/cgi-bin/media/get": {
      const media = state.media.get(query.get("media_id") ?? "");
      return media ? { type: media.type, body: media.bytes } : code(40_007);
    }
    default:
      return code(40_066);
  }
}

/** The same token as long as it is good, as the platform does. */
function tokenFor(state: State, query: URLSearchParams): Answer {
  if (query.get("corpid") !== state.corpId) return code(40_013);
  if (query.get("corpsecret") !== state.secret) return code(40_001);
  if (state.token === "") {
    state.tokens += 1;
    state.token = `token-${state.tokens}-${"x".repeat(200)}`;
  }
  return code(0, { access_token: state.token, expires_in: 7_200 });
}

function appMessage(state: State, { touser, msgtype, agentid, text }: Body): Answer {
  if (agentid !== state.agentId) return code(40_056);
  const content = msgtype === "text" ? (text as { content: string }).content : "";
  if (content === "") return code(44_004);
  if (Buffer.byteLength(content) > 2_048) return code(45_002);
  if (state.strangers.has(String(touser))) return code(81_013);
  state.seen.push({ to: String(touser), text: content, menu: [] });
  return code(0, { invaliduser: "", msgid: "m" });
}

function robotSays(state: State, key: string, body: Body): Answer {
  if (!state.robots.has(key)) return code(93_000);
  const count = (state.robotCalls.get(key) ?? 0) + 1;
  state.robotCalls.set(key, count);
  if (count > 20) return code(45_009);
  const { content } = body[String(body.msgtype)] as { content: string };
  if (Buffer.byteLength(content) > (body.msgtype === "markdown" ? 4_096 : 2_048)) return code(40_058);
  state.notices.push(body);
  return code(0);
}
