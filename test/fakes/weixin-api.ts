import { setTimeout as sleep } from "node:timers/promises";
import { type ApiHost, bodyOf, createFaults, hangUp, serveApi } from "./api-host.ts";

/** An error code, a broken connection, a call that is carried out unanswered, something that is not JSON, or for once nothing wrong. */
export type WeixinFault = number | "hang-up" | "lost-answer" | "not-json" | "pass";

/** What the stand-ins for the hosts below weixin.qq.com have in common. */
export interface WeixinApi extends ApiHost {
  /** How often each path was asked. */
  calls: Map<string, number>;
  /** What the next calls of a path answer instead, one each. */
  fail(path: string, ...answers: WeixinFault[]): void;
  recover(path: string): void;
  /** Every answer of a path comes so much later. */
  delay(path: string, ms: number): void;
}

export type Body = Record<string, unknown>;

export interface Call {
  path: string;
  query: URLSearchParams;
  body: Body;
}

export interface Answer {
  type?: string;
  body: string | Uint8Array;
}

export const json = (value: unknown): Answer => ({ body: JSON.stringify(value) });

/** The answer of a call that failed with this code, or succeeded with 0; with `more` beside it. */
export const code = (errcode: number, more: object = {}): Answer =>
  json({ errcode, errmsg: errcode === 0 ? "ok" : "refused rid: 1", ...more });

export async function serveWeixinApi(carryOut: (call: Call) => Answer): Promise<WeixinApi> {
  const calls = new Map<string, number>();
  const delays = new Map<string, number>();
  const { fail, recover, next } = createFaults<WeixinFault>();

  function answer(call: Call, fault: WeixinFault | undefined): Answer {
    if (fault === "hang-up") throw hangUp();
    if (fault === "not-json") return { type: "text/html", body: "<html>502</html>" };
    if (typeof fault === "number") return code(fault);
    const done = carryOut(call);
    if (fault === "lost-answer") throw hangUp();
    return done;
  }

  const host = await serveApi(async (request, response) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? "/", "http://host");
    calls.set(path, (calls.get(path) ?? 0) + 1);
    const text = await bodyOf(request);
    await sleep(delays.get(path) ?? 0);
    const call = { path, query, body: text === "" ? {} : (JSON.parse(text) as Body) };
    const { type = "application/json", body } = answer(call, next(path));
    response.writeHead(200, { "content-type": type }).end(body);
  });
  return { ...host, calls, fail, recover, delay: (path, ms) => delays.set(path, ms) };
}

/** The one token that is good, as the platforms give it: the same until it is taken back. */
export interface AccessTokens {
  give(options?: { fresh: boolean }): string;
  /** What is wrong with a token that was shown: 42001 while none is good, `wrong` for another than the one that is. */
  faultOf(shown: string | null, wrong: number): number | undefined;
  /** Every token given so far is refused from now on. */
  expireTokens(): void;
}

export function createAccessTokens(): AccessTokens {
  let good = "";
  let given = 0;
  return {
    give({ fresh } = { fresh: false }) {
      if (good === "" || fresh) good = `token-${++given}-${"x".repeat(500)}`;
      return good;
    },
    faultOf(shown, wrong) {
      if (good === "") return 42_001;
      return shown === good ? undefined : wrong;
    },
    expireTokens() {
      good = "";
    },
  };
}

/** `POST /cgi-bin/stable_token` of api.weixin.qq.com ("获取稳定版接口调用凭据"). */
export function stableToken(app: { appId: string; appSecret: string }, tokens: AccessTokens, body: Body): Answer {
  if (body.grant_type !== "client_credential" || body.appid !== app.appId) return code(40_013);
  if (body.secret !== app.appSecret) return code(40_125);
  return json({ access_token: tokens.give({ fresh: body.force_refresh === true }), expires_in: 7_200 });
}

/** A file that a citizen has sent, by its id. */
export type Media = Map<string, { type: string; bytes: Uint8Array }>;
