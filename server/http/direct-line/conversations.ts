import express, { type Request, type Response, Router } from "express";
import { z } from "zod";
import type { ActivityLog } from "../../../adapters/web/index.ts";
import { type Access, bearerToken } from "./access.ts";
import type { RateLimits } from "./limits.ts";
import { forbidden, gone, HttpRefusal } from "./refusal.ts";
import { TOKEN_LIFE_SECONDS, type TokenClaims, type Tokens } from "./tokens.ts";
import type { Visitors } from "./visitors.ts";
import { readWatermark } from "./watermark.ts";

export const DIRECT_LINE_PATH = "/v3/directline";

/** A name is for show only, so a longer one is cut rather than refused. */
const startRequest = z
  .object({
    conversationId: z.string().min(1).max(200).nullish(),
    user: z
      .object({
        id: z
          .string()
          .transform((id) => id.slice(0, 64))
          .nullish(),
      })
      .nullish(),
  })
  .nullish();

/** Tokens and conversations: "Direct Line API 3.0 reference", Generate token, Refresh token, Start and Get conversation. */
export function conversationRoutes(options: {
  log: ActivityLog;
  tokens: Tokens;
  visitors: Visitors;
  access: Access;
  rates: RateLimits;
  publicUrl: string | undefined;
}): Router {
  const { log, tokens, visitors, access, rates, publicUrl } = options;
  const router = Router();
  const json = express.json({ limit: 16 * 1024 });
  const address = (request: Request) => request.ip ?? "unknown";

  async function grant(claims: TokenClaims) {
    return { conversationId: claims.conversationId, token: await tokens.issue(claims), expires_in: TOKEN_LIFE_SECONDS };
  }

  async function connect(request: Request, claims: TokenClaims, watermark: string) {
    const granted = await grant(claims);
    const query = new URLSearchParams({ watermark, t: granted.token });
    const base = (publicUrl ?? `${request.protocol}://${request.get("host")}`).replace(/^http/, "ws");
    const path = `${DIRECT_LINE_PATH}/conversations/${encodeURIComponent(claims.conversationId)}/stream`;
    return { ...granted, streamUrl: `${base}${path}?${query}` };
  }

  /** The visitor's old conversation when one is named, else a new one. */
  async function openFor(request: Request, response: Response): Promise<TokenClaims> {
    const body = readStart(request);
    const userId = visitors.of(request) ?? visitors.newId();
    const displayId = body?.user?.id ?? undefined;
    const asked = body?.conversationId;
    if (asked) {
      const owner = await log.owner(asked);
      if (owner === undefined) throw gone();
      if (owner !== userId) throw forbidden();
    }
    const conversationId = asked ?? (await log.create(userId));
    visitors.remember(response, userId);
    return { conversationId, userId, displayId };
  }

  router.post("/tokens/generate", json, async (request, response) => {
    await rates.spend("tokensPerAddress", address(request));
    response.json(await grant(await openFor(request, response)));
  });

  router.post("/tokens/refresh", async (request, response) => {
    const claims = await access.claims(bearerToken(request));
    await rates.spend("readsPerVisitor", claims.userId);
    response.json(await grant(claims));
  });

  router.post("/conversations", json, async (request, response) => {
    await rates.spend("tokensPerAddress", address(request));
    if (bearerToken(request) === undefined) {
      response.status(201).json(await connect(request, await openFor(request, response), "0"));
      return;
    }
    const claims = await access.claims(bearerToken(request));
    if ((await log.owner(claims.conversationId)) === undefined) throw gone();
    const displayId = claims.displayId ?? readStart(request)?.user?.id ?? undefined;
    const { activities } = await log.since(claims.conversationId, "0", 1);
    response.status(activities.length === 0 ? 201 : 200).json(await connect(request, { ...claims, displayId }, "0"));
  });

  router.get("/conversations/:conversationId", async (request, response) => {
    const { conversationId } = request.params;
    const { userId, displayId, channel } = await access.enter(bearerToken(request), conversationId);
    await rates.spend("readsPerVisitor", userId);
    if ((await log.owner(conversationId)) === undefined) throw gone();
    const watermark = readWatermark(request.query.watermark);
    response.json(await connect(request, { conversationId, userId, displayId, channel }, watermark));
  });

  return router;
}

function readStart(request: Request) {
  const result = startRequest.safeParse(request.body);
  if (!result.success) throw new HttpRefusal(400, "BadArgument", "请求的格式不正确。");
  return result.data;
}
