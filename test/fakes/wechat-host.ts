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

/** A message as the citizen's screen has it. */
export interface SeenMessage {
  openId: string;
  text: string;
  /** What can be pressed: what comes back as `bizmsgmenuid`, and the words. */
  menu: { id: string; content: string }[];
}

export interface WechatHost extends WeixinApi {
  appId: string;
  appSecret: string;
  /** Customer-service messages that arrived, in order. */
  seen: SeenMessage[];
  /** Template and subscription messages that arrived. */
  notices: Record<string, unknown>[];
  menus: unknown[];
  /** Every token given so far is refused from now on. */
  expireTokens(): void;
  /** The citizen has written: the 48 hours begin, with five messages. */
  heard(openId: string): void;
  /** The 48 hours are over. */
  shut(openId: string): void;
  media: Media;
  templates: { kind: "template" | "subscription"; id: string; content: string }[];
}

const MESSAGES_IN_WINDOW = 5;

/**
 * A stand-in for api.weixin.qq.com, as far as the channel needs it: it gives tokens and refuses others, counts, and keeps the
 * window of 48 hours and five messages (only for citizens it has `heard`).
 */
export async function startWechatHost(): Promise<WechatHost> {
  const api = await serveWeixinApi((call) => answer(host, call));
  const host: State = { ...api, ...createState() };
  return host;
}

type State = WechatHost & { tokens: AccessTokens; left: Map<string, number> };

function createState(): Omit<State, keyof WeixinApi> {
  const tokens = createAccessTokens();
  const left = new Map<string, number>();
  return {
    appId: "wx2c2769f8efd9abc2",
    appSecret: "secret-of-the-stand-in",
    seen: [],
    notices: [],
    menus: [],
    media: new Map(),
    templates: [],
    tokens,
    left,
    expireTokens: tokens.expireTokens,
    heard: (openId) => left.set(openId, MESSAGES_IN_WINDOW),
    shut: (openId) => left.set(openId, -1),
  };
}

function answer(state: State, call: Call): Answer {
  const { path, query, body } = call;
  if (path === "/cgi-bin/stable_token") return stableToken(state, state.tokens, body);
  if (path.startsWith("/films/")) return fileAt(state, path.slice("/films/".length));
  const fault = state.tokens.faultOf(query.get("access_token"), 40_001);
  return fault === undefined ? carryOut(state, call) : code(fault);
}

function carryOut(state: State, { path, query, body }: Call): Answer {
  switch (path) {
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
      state.notices.push({ path, ...body });
      return code(0);
    default:
      return code(40_066);
  }
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
