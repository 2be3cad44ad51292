import { createKfDesk, type KfDesk, type SeenMessage } from "./wecom-kf-desk.ts";
import {
  type AccessTokens,
  type Answer,
  type Body,
  type Call,
  code,
  createAccessTokens,
  type Media,
  serveWeixinApi,
  type WeixinApi,
} from "./weixin-api.ts";

export interface WecomHost extends WeixinApi {
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
  /** Every token given so far is refused from now on. */
  expireTokens(): void;
  media: Media;
}

type State = WecomHost & { tokens: AccessTokens; robotCalls: Map<string, number> };

/** A stand-in for qyapi.weixin.qq.com, as far as the channel needs it; the rules of 微信客服 are kept by its desk. */
export async function startWecomHost(): Promise<WecomHost> {
  const api = await serveWeixinApi((call) => carryOut(host, call));
  const host: State = { ...api, ...createState() };
  return host;
}

function createState(): Omit<State, keyof WeixinApi> {
  const seen: SeenMessage[] = [];
  const tokens = createAccessTokens();
  return {
    corpId: "wx5823bf96d3bd56c7",
    agentId: 1_000_002,
    secret: "secret-of-the-app",
    seen,
    notices: [],
    robots: new Set(["robot-key-of-the-group"]),
    menus: [],
    strangers: new Set(),
    kf: createKfDesk(seen),
    media: new Map(),
    tokens,
    robotCalls: new Map(),
    expireTokens: tokens.expireTokens,
  };
}

function carryOut(state: State, { path, query, body }: Call): Answer {
  if (path === "/cgi-bin/gettoken") return tokenFor(state, query);
  if (path === "/cgi-bin/webhook/send") return robotSays(state, query.get("key") ?? "", body);
  const fault = state.tokens.faultOf(query.get("access_token"), 40_014);
  if (fault !== undefined) return code(fault);
  switch (path) {
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
  return code(0, { access_token: state.tokens.give(), expires_in: 7_200 });
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
