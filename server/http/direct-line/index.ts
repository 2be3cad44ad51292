import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Router } from "express";
import type { ActivityLog } from "../../../adapters/web/index.ts";
import type { Clock, Logger, Receive } from "../../../bots/ports.ts";
import type { MediaStore } from "../../media/index.ts";
import { bearerToken, createAccess } from "./access.ts";
import { activityRoutes } from "./activities.ts";
import { conversationRoutes } from "./conversations.ts";
import { createFiles } from "./files.ts";
import { createIntake } from "./intake.ts";
import { createRateLimits, type LimitOptions, withUsualLimits } from "./limits.ts";
import { answerRefusals, HttpRefusal } from "./refusal.ts";
import { createStreams } from "./stream.ts";
import { createTokens, type Visited } from "./tokens.ts";
import { uploadRoutes } from "./upload.ts";
import { createVisitors } from "./visitors.ts";

export type { ActivityLog } from "../../../adapters/web/index.ts";
export { DIRECT_LINE_PATH } from "./conversations.ts";
export type { LimitOptions } from "./limits.ts";

export interface Visitor {
  channel: Visited;
  userId: string;
}

export interface DirectLine {
  /** To be mounted at `DIRECT_LINE_PATH`, before any body parser of the app. */
  router: Router;
  /** For the HTTP server's "upgrade" event. False: not a stream of ours, the socket is untouched. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Which visitor asks, by a token (`Authorization`, or `t` in the query) or by their cookie. */
  identify(request: IncomingMessage): Promise<Visitor | undefined>;
  close(): Promise<void>;
}

/** Direct Line 3.0, as web chats and mini-programs speak it. Anonymous visitors are welcome: there is no site secret. */
export function createDirectLine(options: {
  log: ActivityLog;
  receive: Receive;
  media: MediaStore;
  secretKey: string;
  clock: Clock;
  logger: Logger;
  /** As citizens reach the server; unset: taken from each request. */
  publicUrl?: string;
  limits?: LimitOptions;
}): DirectLine {
  const { log, receive, media, secretKey, clock, logger } = options;
  const publicUrl = options.publicUrl?.replace(/\/+$/, "");
  const limits = withUsualLimits(options.limits);
  const rates = createRateLimits(limits.perMinute);
  const tokens = createTokens({ secretKey, clock });
  const visitors = createVisitors({ secretKey, secure: publicUrl?.startsWith("https:") ?? false });
  const access = createAccess({ tokens, log });
  const files = createFiles(media);
  const intake = createIntake({ log, receive, newId: randomUUID, logger });
  const streams = createStreams({ log, access, clock, logger, streamsPerVisitor: limits.streamsPerVisitor });

  const router = Router();
  router.use((_request, response, next) => {
    response.set("Cache-Control", "no-store");
    next();
  });
  router.use(activityRoutes({ log, access, rates, limits, clock, intake, files, newId: randomUUID }));
  router.use(conversationRoutes({ log, tokens, visitors, access, rates, publicUrl }));
  router.use(uploadRoutes({ access, rates, limits, maxFileBytes: media.limits.maxBytes, clock, intake, files }));
  router.use(() => {
    throw new HttpRefusal(404, "NotFound", "没有这个接口。");
  });
  router.use(answerRefusals(logger));

  return {
    router,
    upgrade: streams.upgrade,
    async identify(request) {
      const token = bearerToken(request) ?? URL.parse(request.url ?? "", "http://query.invalid")?.searchParams.get("t");
      if (!token) {
        const userId = visitors.of(request);
        return userId === undefined ? undefined : { channel: "web", userId };
      }
      const verdict = await tokens.verify(token);
      return typeof verdict === "string" ? undefined : { channel: verdict.channel, userId: verdict.userId };
    },
    close: streams.close,
  };
}
