import type { IncomingMessage, ServerResponse } from "node:http";
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { type ApiHost, bodyOf, createFaults, type Faults, hangUp, serveApi } from "./api-host.ts";

export const APP_ID = "6f1d0b7e-0000-4000-8000-00000000c12e";
export const APP_PASSWORD = "client-secret-of-the-stand-in";
const ACCESS_TOKEN = "access-token-of-the-stand-in";
const ISSUER = "https://api.botframework.com";
/** "Adaptive Cards", Microsoft Teams. */
const MOST_CARD_BYTES = 28 * 1024;

/** An activity as the chat has it. */
export interface SeenActivity {
  conversationId: string;
  text: string;
  /** What can be pressed: its words, and what comes back or opens. */
  buttons: { title: string; data?: unknown; url?: string }[];
  replyToId?: string;
  activity: Record<string, unknown>;
}

type Fault =
  | { status: number; code?: string; retryAfter?: string }
  | "hang-up"
  | "answer-lost"
  | "redirect"
  | "silence";

export interface BotFrameworkHost extends ApiHost {
  serviceUrl: string;
  seen: SeenActivity[];
  /** Requests by kind: token, metadata, keys, activity, attachment. */
  calls: string[];
  files: Map<string, Uint8Array>;
  /** Conversations that the bot was taken out of. */
  removedFrom: Set<string>;
  fail(kind: string, ...faults: Fault[]): void;
  /** Another access token from now on; the old one is refused. */
  withdrawToken(): void;
  /** Signs as the platform does; `claims` and `header` replace what is usual. */
  token(claims?: JWTPayload, options?: TokenOptions): Promise<string>;
}

export interface TokenOptions {
  /** "stranger": a key that the metadata does not tell, under a known id. */
  key?: "platform" | "teams-only" | "stranger" | "emulator" | "unknown-id";
  expiresInSeconds?: number;
}

type State = BotFrameworkHost & { accessToken: string; faults: Faults<Fault>; jwks: object[] };

const keyPairs = Promise.all(
  ["platform", "teams-only", "stranger", "emulator"].map(async (name) => ({
    name,
    ...(await generateKeyPair("RS256", { extractable: true })),
  })),
);

/** A stand-in for the sign-in service, the OpenID metadata and the Bot Connector service, as far as the channel needs them. */
export async function startBotFrameworkHost(): Promise<BotFrameworkHost> {
  const api = await serveApi((request, response) => answer(host, request, response));
  const host = await createState(api);
  return host;
}

async function createState(api: ApiHost): Promise<State> {
  const pairs = await keyPairs;
  const keys = new Map(pairs.map(({ name, privateKey }) => [name, privateKey]));
  const jwks = await Promise.all(
    pairs
      .filter(({ name }) => name !== "stranger")
      .map(async ({ name, publicKey }) => ({
        ...(await exportJWK(publicKey)),
        kid: name,
        ...(name === "platform" ? { endorsements: ["msteams", "webchat", "directline", "slack", "emulator"] } : {}),
        ...(name === "teams-only" ? { endorsements: ["msteams"] } : {}),
      })),
  );
  const faults = createFaults<Fault>();
  const state: State = {
    ...api,
    serviceUrl: `${api.url}/cn/`,
    seen: [],
    calls: [],
    files: new Map(),
    removedFrom: new Set(),
    accessToken: ACCESS_TOKEN,
    faults,
    jwks,
    fail: faults.fail,
    withdrawToken() {
      state.accessToken = `${state.accessToken}-next`;
    },
    token: (claims = {}, options = {}) => signed(keys, { serviceurl: state.serviceUrl, ...claims }, options),
  };
  return state;
}

async function signed(keys: Map<string, CryptoKey>, claims: JWTPayload, options: TokenOptions): Promise<string> {
  const { key = "platform", expiresInSeconds = 3_600 } = options;
  const kid = key === "stranger" ? "platform" : key;
  const now = Math.floor(Date.now() / 1_000);
  const payload = { iss: ISSUER, aud: APP_ID, nbf: now - 10, exp: now + expiresInSeconds, ...claims };
  const privateKey = keys.get(key === "unknown-id" ? "platform" : key);
  if (!privateKey) throw new Error("no such key");
  return new SignJWT(payload).setProtectedHeader({ alg: "RS256", typ: "JWT", kid }).sign(privateKey);
}

const KINDS: [RegExp, string][] = [
  [/\/oauth2\/v2\.0\/token$/, "token"],
  [/openid-?configuration$/, "metadata"],
  [/\/keys$/, "keys"],
  [/\/v3\/conversations\/[^/]+\/activities(?:\/[^/]+)?$/, "activity"],
  [/\/v3\/attachments\//, "attachment"],
];

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? "/", state.url).pathname;
  const kind = KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? "unknown";
  const body = await bodyOf(request);
  state.calls.push(kind);
  const fault = state.faults.next(kind);
  if (fault === "hang-up") throw hangUp();
  if (fault === "redirect") return void response.writeHead(307, { location: `${state.url}/elsewhere` }).end();
  if (typeof fault === "object") return refuse(response, fault);
  const isSigned = request.headers.authorization === `Bearer ${state.accessToken}`;
  if (["activity", "attachment"].includes(kind) && !isSigned) return refuse(response, { status: 401 });
  const said = carryOut(state, kind, path, body);
  if (fault === "answer-lost") throw hangUp();
  if (said instanceof Uint8Array) return void response.writeHead(200).end(said);
  if ("status" in said) return refuse(response, said as Exclude<Fault, string>);
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(said));
}

function refuse(response: ServerResponse, { status, code = "", retryAfter }: Exclude<Fault, string>): void {
  response
    .writeHead(status, { "content-type": "application/json", ...(retryAfter ? { "retry-after": retryAfter } : {}) })
    .end(JSON.stringify({ error: { code, message: "refused" } }));
}

function carryOut(state: State, kind: string, path: string, body: string): object | Uint8Array {
  switch (kind) {
    case "token":
      return tokenFor(state, new URLSearchParams(body));
    case "metadata":
      return { issuer: ISSUER, jwks_uri: `${state.url}/keys`, id_token_signing_alg_values_supported: ["RS256"] };
    case "keys":
      return { keys: state.jwks };
    case "activity":
      return taken(state, path, JSON.parse(body) as Record<string, unknown>);
    case "attachment":
      return state.files.get(path.split("/").at(-1) ?? "") ?? { status: 404 };
    default:
      return { status: 404 };
  }
}

function tokenFor(state: State, form: URLSearchParams): object {
  const isRight =
    form.get("grant_type") === "client_credentials" &&
    form.get("client_id") === APP_ID &&
    form.get("client_secret") === APP_PASSWORD &&
    form.get("scope") === "https://api.botframework.com/.default";
  return isRight ? { token_type: "Bearer", expires_in: 86_399, access_token: state.accessToken } : { status: 401 };
}

interface Element {
  type: string;
  inlines?: { text: string }[];
  actions?: { type: string; title: string; data?: unknown; url?: string }[];
}

/** The limits of the platform; what it would refuse is refused. */
function taken(state: State, path: string, activity: Record<string, unknown>): object {
  const [, conversationId = "", replyToId] = /\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(path) ?? [];
  const id = decodeURIComponent(conversationId);
  if (state.removedFrom.has(id)) return { status: 403, code: "BotNotInConversationRoster" };
  if (id.includes("gone")) return { status: 404, code: "ConversationNotFound" };
  const cards = (activity.attachments ?? []) as { content: { body: Element[] } }[];
  if (cards.some((card) => Buffer.byteLength(JSON.stringify(card)) > MOST_CARD_BYTES)) {
    return { status: 413, code: "MessageSizeTooBig" };
  }
  const elements = cards.flatMap((card) => card.content.body);
  const inCard = elements.flatMap(({ inlines }) => (inlines ? inlines.map(({ text }) => text).join("") : []));
  const text = [activity.text, ...inCard].filter(Boolean).join("\n");
  if (activity.type !== "message" || text === "") return { status: 400, code: "BadSyntax" };
  const buttons = elements.flatMap(({ actions = [] }) => actions.map(({ title, data, url }) => ({ title, data, url })));
  state.seen.push({ conversationId: id, text, buttons, activity, ...(replyToId ? { replyToId } : {}) });
  return { id: `f:${state.seen.length}` };
}
