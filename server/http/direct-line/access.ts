import type { IncomingMessage } from "node:http";
import type { RequestHandler, Response } from "express";
import type { ActivityLog } from "../../../adapters/web/index.ts";
import { forbidden, HttpRefusal, unauthorized } from "./refusal.ts";
import type { Tokens, VerifiedClaims } from "./tokens.ts";

export interface Access {
  /** Throws 401 without a token, 403 with one that is expired or not ours. */
  claims(token: string | undefined): Promise<VerifiedClaims>;
  /** A token opens its own conversation and every other one of the same visitor; else throws 403. */
  enter(token: string | undefined, conversationId: string): Promise<VerifiedClaims>;
  /** For routes with `:conversationId`; leaves the claims for `claimsOf`. */
  requireConversation: RequestHandler<{ conversationId: string }>;
}

export function createAccess(options: { tokens: Tokens; log: ActivityLog }): Access {
  const { tokens, log } = options;

  async function claims(token: string | undefined): Promise<VerifiedClaims> {
    if (!token) throw unauthorized();
    const verdict = await tokens.verify(token);
    if (verdict === "expired") throw new HttpRefusal(403, "TokenExpired", "会话令牌已过期，请重新取得。");
    if (verdict === "invalid") throw new HttpRefusal(403, "InvalidToken", "会话令牌无效，请重新取得。");
    return verdict;
  }

  async function enter(token: string | undefined, conversationId: string): Promise<VerifiedClaims> {
    const verified = await claims(token);
    if (verified.conversationId === conversationId) return verified;
    if ((await log.owner(conversationId)) !== verified.userId) throw forbidden();
    return verified;
  }

  return {
    claims,
    enter,
    async requireConversation(request, response, next) {
      response.locals.claims = await enter(bearerToken(request), request.params.conversationId);
      next();
    },
  };
}

/** The claims that `requireConversation` has left. */
export const claimsOf = (response: Response): VerifiedClaims => response.locals.claims as VerifiedClaims;

/** RFC 6750, 2.1. botframework-directlinejs sends "undefined" where it was given no token: that is none. */
export function bearerToken(request: IncomingMessage): string | undefined {
  const token = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  return token === "undefined" || token === "null" ? undefined : token;
}
