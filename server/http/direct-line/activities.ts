import express, { Router } from "express";
import { type ActivityLog, attachMedia, type ParsedActivity, parseActivity } from "../../../adapters/web/index.ts";
import type { Clock } from "../../../bots/ports.ts";
import { type Access, claimsOf } from "./access.ts";
import type { Files } from "./files.ts";
import type { Intake } from "./intake.ts";
import type { DirectLineLimits, RateLimits } from "./limits.ts";
import { HttpRefusal } from "./refusal.ts";
import { readWatermark } from "./watermark.ts";

const PAGE = 100;

/** "Direct Line API 3.0 reference", Send an activity to the bot and Get activities. */
export function activityRoutes(options: {
  log: ActivityLog;
  access: Access;
  rates: RateLimits;
  limits: DirectLineLimits;
  clock: Clock;
  intake: Intake;
  files: Files;
  newId(): string;
}): Router {
  const { log, access, rates, limits, clock, intake, files, newId } = options;
  const router = Router();
  const path = "/conversations/:conversationId/activities";

  router.get(path, access.requireConversation, async (request, response) => {
    await rates.spend("readsPerVisitor", claimsOf(response).userId);
    response.json(await log.since(request.params.conversationId, readWatermark(request.query.watermark), PAGE));
  });

  router.post(
    path,
    access.requireConversation,
    async (request, response, next) => {
      await rates.spend("messagesPerVisitor", claimsOf(response).userId);
      await rates.spend("messagesPerAddress", request.ip ?? "unknown");
      next();
    },
    express.json({ limit: limits.bodyBytes }),
    async (request, response) => {
      const { conversationId } = request.params;
      const { userId, channel } = claimsOf(response);
      const parsed = parseActivity(request.body, { at: clock.now(), maxTextLength: limits.textLength });
      const said = acceptable(parsed);
      if (said === undefined) {
        response.json({ id: `${conversationId}|${newId()}` });
        return;
      }
      const whole = said.files.length > 0 ? attachMedia(said, await files.keep(said.files, { channel, userId })) : said;
      response.json({ id: await intake.accept(whole, { conversationId, userId, channel }) });
    },
  );

  return router;
}

/** What is for the bot; undefined when it means nothing to it. Throws what the client is to be told. */
export function acceptable(parsed: ParsedActivity) {
  switch (parsed.kind) {
    case "spoken":
      return parsed;
    case "ignored":
      return undefined;
    case "refused":
      throw refusalOf(parsed.reason, parsed.detail);
    default:
      throw new Error("unknown kind of parsed activity", { cause: parsed satisfies never });
  }
}

function refusalOf(reason: (ParsedActivity & { kind: "refused" })["reason"], detail: string): HttpRefusal {
  switch (reason) {
    case "malformed":
      return new HttpRefusal(400, "BadArgument", `消息的格式不正确（${detail}）。`);
    case "empty":
      return new HttpRefusal(400, "BadArgument", "消息是空的，请写点什么再发。");
    case "too-long":
      return new HttpRefusal(413, "MessageSizeTooBig", "内容太长了，请分几次发送。");
    default:
      throw new Error("unknown reason", { cause: reason satisfies never });
  }
}
