import type { IncomingMessage, ServerResponse } from "node:http";
import { type ApiHost, bodyOf, createFaults, type Faults, hangUp, serveApi } from "./api-host.ts";

/** A message object as the citizen's screen has it. */
export interface LineShown {
  to: string;
  way: "reply" | "push";
  type: string;
  text: string;
  /** Labels of what can be pressed, and what comes back as the data of a postback. */
  buttons: { label: string; data?: string; type: string }[];
}

/** A status with the platform's message, a broken connection, something that is not JSON, or a request that is carried out unanswered. */
type Fault = number | { status: number; message: string; retryAfter?: string } | "hang-up" | "not-json" | "answer-lost";

export interface LineHost extends ApiHost {
  accessToken: string;
  seen: LineShown[];
  /** Every request that was carried out or refused: its path without ids, and its retry key. */
  calls: { path: string; retryKey: string | undefined; status: number; messages: number }[];
  /** A reply token that answers this user or group, once. */
  replyToken(to: string): string;
  /** The minute is over. */
  expireReplyTokens(): void;
  media: Map<string, { type: string; bytes: Uint8Array; notReady?: number }>;
  fail(path: "reply" | "push" | "content", ...faults: Fault[]): void;
}

const ACCESS_TOKEN = "access-token-of-the-stand-in";
type State = LineHost & { tokens: Map<string, string>; retryKeys: Set<string>; faults: Faults<Fault> };

/**
 * A stand-in for api.line.me and api-data.line.me, as far as the channel needs it: reply tokens work once, a retry key is accepted once
 * (409 afterwards), and what is beyond the limits of the reference is refused with 400 as a whole.
 */
export async function startLineHost(): Promise<LineHost> {
  const api = await serveApi((request, response) => answer(host, request, response));
  const host: State = { ...api, ...createState() };
  return host;
}

function createState(): Omit<State, keyof ApiHost> {
  const tokens = new Map<string, string>();
  const faults = createFaults<Fault>();
  let counted = 0;
  return {
    accessToken: ACCESS_TOKEN,
    seen: [],
    calls: [],
    media: new Map(),
    tokens,
    retryKeys: new Set(),
    faults,
    replyToken(to) {
      counted += 1;
      const token = `replytoken${String(counted).padStart(22, "0")}`;
      tokens.set(token, to);
      return token;
    },
    expireReplyTokens: () => tokens.clear(),
    fail: faults.fail,
  };
}

interface Body {
  to?: string;
  replyToken?: string;
  messages?: LineMessage[];
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await bodyOf(request);
  const body = text === "" ? {} : (JSON.parse(text) as Body);
  const path = /\/(reply|push|content)$/.exec(request.url ?? "")?.[1] ?? "unknown";
  const retryKey = request.headers["x-line-retry-key"] as string | undefined;
  const fault = state.faults.next(path);
  if (fault === "hang-up") throw hangUp();
  const done = (status: number, value: object, headers: Record<string, string> = {}) => {
    state.calls.push({ path, retryKey, status, messages: body.messages?.length ?? 0 });
    if (fault === "answer-lost") throw hangUp();
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
  };
  if (fault === "not-json") return void response.writeHead(200).end(`<html>${JSON.stringify(body)}</html>`);
  if (typeof fault === "number") return done(fault, { message: "refused" });
  if (typeof fault === "object") {
    return done(fault.status, { message: fault.message }, fault.retryAfter ? { "retry-after": fault.retryAfter } : {});
  }
  if (request.headers.authorization !== `Bearer ${ACCESS_TOKEN}`)
    return done(401, { message: "Authentication failed" });
  if (path === "content") return content(state, request, response, done);
  done(...carryOut(state, path, body, retryKey ?? "none"));
}

function carryOut(state: State, path: string, body: Body, retryKey: string): [number, object] {
  const messages = body.messages ?? [];
  if (!/^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|none)$/.test(retryKey)) {
    return [400, { message: "Invalid retry key" }];
  }
  if (state.retryKeys.has(retryKey)) return [409, { message: "The retry key is accepted" }];
  const to = path === "reply" ? state.tokens.get(body.replyToken ?? "") : body.to;
  if (to === undefined) return [400, { message: "Invalid reply token" }];
  if (messages.length === 0 || messages.length > 5) return [400, { message: "Size must be between 1 and 5" }];
  const fault = messages.map(faultOf).find((found) => found !== undefined);
  if (fault) return [400, { message: fault }];
  if (path === "reply") state.tokens.delete(body.replyToken ?? "");
  if (retryKey !== "none") state.retryKeys.add(retryKey);
  const way = path === "reply" ? "reply" : "push";
  for (const [index, message] of messages.entries()) {
    const isLast = index === messages.length - 1;
    state.seen.push({ to, way, type: message.type, text: textOf(message), buttons: buttonsOf(message, isLast) });
  }
  return [200, { sentMessages: [] }];
}

interface Action {
  type: string;
  label?: string;
  data?: string;
  uri?: string;
}
interface Component {
  type: string;
  text?: string;
  contents?: Component[];
  action?: Action;
}
interface LineMessage {
  type: string;
  text?: string;
  altText?: string;
  contents?: { type: string; body?: Component; footer?: Component };
  quickReply?: { items: { action: Action }[] };
}

const flat = (part: Component | undefined): Component[] => (part ? [part, ...(part.contents ?? []).flatMap(flat)] : []);
const partsOf = ({ contents }: LineMessage) => [...flat(contents?.body), ...flat(contents?.footer)];
const actionsOf = (message: LineMessage) => partsOf(message).flatMap(({ action }) => action ?? []);

/** What stands on the screen; the replacement text must say the same. */
const textOf = (message: LineMessage): string => (message.type === "text" ? message.text : message.altText) ?? "";

function buttonsOf(message: LineMessage, isLast: boolean): LineShown["buttons"] {
  const quick = isLast ? (message.quickReply?.items ?? []).map(({ action }) => action) : [];
  return [...actionsOf(message), ...quick].map(({ label = "", data, type }) => ({ label, data, type }));
}

/** The limits of "Text message", "Flex Message", "Quick reply" and "Action objects" in the reference. */
function faultOf(message: LineMessage): string | undefined {
  const items = message.quickReply?.items;
  const actions = [...actionsOf(message), ...(items ?? []).map(({ action }) => action)];
  if (items && (items.length === 0 || items.length > 13)) return "quick reply items";
  if (actions.some(({ label = "" }) => label === "" || label.length > 20)) return "label";
  if (actions.some(({ data = "", type }) => data.length > 300 || (type === "postback" && data === ""))) return "data";
  const words = textOf(message);
  if (message.type === "text") return words === "" || words.length > 5_000 ? "text" : undefined;
  return message.type === "flex" ? flexFaultOf(words, partsOf(message)) : "type";
}

function flexFaultOf(altText: string, parts: Component[]): string | undefined {
  if (altText === "" || altText.length > 400) return "altText";
  const texts = parts.flatMap(({ type, text = "" }) => (type === "text" ? text : []));
  if (texts.includes("")) return "flex text";
  return texts.every((text) => altText.includes(text) || text === "－") ? undefined : "altText is not complete";
}

function content(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
  done: (status: number, value: object) => void,
): void {
  const id = /\/message\/([^/]+)\/content$/.exec(request.url ?? "")?.[1] ?? "";
  const media = state.media.get(id);
  if (!media || media.notReady) {
    if (media?.notReady) media.notReady -= 1;
    done(media ? 202 : 404, { message: media ? "Preparing" : "Not found" });
    return;
  }
  state.calls.push({ path: "content", retryKey: undefined, status: 200, messages: 0 });
  response.writeHead(200, { "content-type": media.type }).end(media.bytes);
}
