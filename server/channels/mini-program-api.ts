import express, { type Request, type RequestHandler, type Response, Router } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { MiniProgramClient, SignInFault } from "../../adapters/mini-program/index.ts";
import type { TicketView } from "../../bots/model/index.ts";
import type { Logger, Store } from "../../bots/ports.ts";
import { checked, refuse } from "../http/desk/checked.ts";
import { bearerToken } from "../http/direct-line/access.ts";
import { TOKEN_LIFE_SECONDS, type Tokens } from "../http/direct-line/tokens.ts";
import { reasonOf } from "../outbox/reason.ts";
import type { CitizenTable } from "../store/sqlite/mini-program-citizens.ts";
import { acceptedBody, signInBody } from "./mini-program-schemas.ts";

export interface MiniProgramApiOptions {
  client: Pick<MiniProgramClient, "codeToSession">;
  citizens: CitizenTable;
  tokens: Tokens;
  store: Pick<Store, "ticketsOf" | "findTicket">;
  log: Logger;
  templateId?: string;
  openChat(userId: string): Promise<string>;
  /** Tells in the chat what could not be sent by the 客服 while the citizen was away. */
  tellKept(userId: string, conversationId: string): Promise<void>;
}

const MOST_TICKETS = 50;

const SIGN_IN: Record<SignInFault, { status: number; code: string; message: string }> = {
  "bad-code": { status: 401, code: "bad-code", message: "登录凭证已经失效，请退出小程序，再进来一次。" },
  "too-often": { status: 429, code: "too-often", message: "登录太频繁了，请一分钟后再试。" },
  blocked: {
    status: 403,
    code: "blocked",
    message: "微信暂时限制了这个账号登录小程序。您的诉求可以拨打 12345 反映。",
  },
  busy: { status: 503, code: "busy", message: "微信登录暂时繁忙，请稍后再试。急的话请拨打 12345。" },
  "wrong-account": {
    status: 500,
    code: "wrong-account",
    message: "小程序暂时无法登录，请拨打 12345，我们会尽快修好。",
  },
};

/**
 * What the mini-program's own client asks besides Direct Line: who the citizen is ("小程序登录"), their tickets, and which notices they
 * have allowed ("小程序订阅消息"). To be mounted at `/api/mini-program`.
 */
export function createMiniProgramApi(options: MiniProgramApiOptions): Router {
  const { client, citizens, tokens, store, log, templateId } = options;
  const router = Router();
  const json = express.json({ limit: "16kb" });
  const requireCitizen = citizenGuard(tokens);
  const templateIds = templateId === undefined ? [] : [templateId];

  router.use((_request, response, next) => {
    response.set("Cache-Control", "no-store");
    next();
  });

  router.post("/session", atMost({ perMinute: 600, by: addressOf }), json, async (request, response) => {
    const given = checked(signInBody, request.body, response);
    if (!given) return;
    const openId = await whoHas(client, given.code, log);
    if (typeof openId !== "string") {
      const { status, code, message } = SIGN_IN[openId.fault];
      if (status === 429) response.set("Retry-After", "60");
      if (status === 503) response.set("Retry-After", "2");
      return refuse(response, status, code, message);
    }
    const userId = await citizens.meet(openId);
    const conversationId = await citizens.chatOf(userId, () => options.openChat(userId));
    await options.tellKept(userId, conversationId);
    const token = await tokens.issue({ conversationId, userId, channel: "mini-program" });
    response.json({ token, conversationId, expires_in: TOKEN_LIFE_SECONDS, templateIds });
  });

  router.use(requireCitizen, atMost({ perMinute: 240, by: (_request, response) => citizenOf(response) }));

  router.get("/tickets", async (_request, response) => {
    const found = await store.ticketsOf({ channel: "mini-program", userId: citizenOf(response) }, MOST_TICKETS);
    response.json({ tickets: found.map(summaryOf) });
  });

  router.get("/tickets/:number", async (request, response) => {
    const owner = { channel: "mini-program", userId: citizenOf(response) } as const;
    const found = await store.findTicket(request.params.number, owner);
    if (found?.owner.channel !== owner.channel || found.owner.userId !== owner.userId) {
      return refuse(response, 404, "not-found", "没有找到这张工单，请核对编号。");
    }
    const ownNews = found.updates.filter(({ voice }) => voice === undefined || voice.requestId === found.requestId);
    const updates = ownNews.map(({ at, status, unit, text }) => ({ at, status, unit, text }));
    response.json({ ...summaryOf(found), updates });
  });

  router.post("/subscriptions", json, async (request, response) => {
    const given = checked(acceptedBody, request.body, response);
    if (!given) return;
    const known = templateIds.filter((id) => given.templateIds.includes(id));
    for (const id of known) await citizens.allow(citizenOf(response), id);
    response.status(204).end();
  });
  return router;
}

/** The open id, or why there is none. What the platform gave besides is forgotten here. */
async function whoHas(
  client: MiniProgramApiOptions["client"],
  code: string,
  log: Logger,
): Promise<string | { fault: SignInFault }> {
  try {
    const answer = await client.codeToSession(code);
    if (answer.kind === "signed-in") return answer.openId;
    const { fault, code: errcode } = answer;
    if (fault === "wrong-account") {
      const mend = "check MINI_PROGRAM_APP_ID and MINI_PROGRAM_APP_SECRET";
      log.error("mini-program.cannot-sign-in", { code: errcode, mend });
    } else log.info("mini-program.not-signed-in", { fault, code: errcode });
    return { fault };
  } catch (error) {
    log.warn("mini-program.sign-in-unreachable", { reason: reasonOf(error) });
    return { fault: "busy" };
  }
}

function summaryOf({ filing, title, status, unit, dueAt, createdAt }: TicketView) {
  return { number: filing.kind === "filed" ? filing.number : undefined, title, status, unit, dueAt, createdAt };
}

/** Only tokens that were given for this channel: a browser's visitor has no tickets here. */
function citizenGuard(tokens: Tokens): RequestHandler {
  return async (request, response, next) => {
    const claims = await tokens.verify(bearerToken(request) ?? "");
    if (typeof claims === "string" || claims.channel !== "mini-program") {
      return refuse(response, 401, "not-signed-in", "请先登录。");
    }
    response.locals.citizen = claims.userId;
    next();
  };
}

const citizenOf = (response: Response): string => String(response.locals.citizen);
const addressOf = (request: Request): string => request.ip ?? "unknown";

function atMost(options: { perMinute: number; by(request: Request, response: Response): string }): RequestHandler {
  const limiter = new RateLimiterMemory({ points: options.perMinute, duration: 60 });
  return async (request, response, next) => {
    try {
      await limiter.consume(options.by(request, response));
      next();
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes)) throw reason;
      response.set("Retry-After", String(Math.max(1, Math.ceil(reason.msBeforeNext / 1000))));
      refuse(response, 429, "too-often", "操作太频繁了，请稍等片刻再试。紧急情况请直接拨打 110、119 或 120。");
    }
  };
}
