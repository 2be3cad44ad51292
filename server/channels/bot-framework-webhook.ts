import express, { type RequestHandler, type Response, Router } from "express";
import {
  originOf,
  type ParsedActivity,
  parseActivity,
  type TokenFault,
  type TokenJudge,
} from "../../adapters/bot-framework/index.ts";
import type { Clock, Logger } from "../../bots/ports.ts";
import { reasonOf } from "../outbox/reason.ts";
import type { BotFrameworkIntake } from "./bot-framework-intake.ts";
import { createLimits, kept, type Limits, notAllowed, unreadable } from "./webhook-guard.ts";

export interface BotFrameworkWebhookOptions {
  judge: TokenJudge;
  intake: BotFrameworkIntake;
  clock: Clock;
  log: Logger;
}

/** Texts have some ten thousand characters, and files come by another way. */
const MOST_BODY = "1mb";

const STATUS: Record<TokenFault, number> = { "no-token": 401, "bad-token": 401, expired: 401, "other-origin": 403 };
const MEND: Record<TokenFault, string> = {
  "no-token": "not the platform",
  "bad-token": "if the platform sent it, BOT_FRAMEWORK_APP_ID is another bot's, or BOT_FRAMEWORK_CLOUD another cloud's",
  expired: "if the platform sent it, the clock of this machine is wrong",
  "other-origin": "the token is good, but for another channel or another service address than the activity names",
};

/**
 * `POST` takes activities ("Bot Connector authentication", "Bot Framework Activity schema"). 200 when what was said is durable, or nothing
 * was said; 400 what is not an activity; 401 without a token of the platform for this bot, before anything of the body is read; 403
 * with one that does not fit; 413 over 1 MiB; 429 too many; 501 an invoke; 503 when it could not be kept or judged. To be mounted at
 * `/api/messages`, which wants no staff session.
 */
export function createBotFrameworkWebhook(options: BotFrameworkWebhookOptions): Router {
  const { clock, log } = options;
  const isTooMuch = createLimits();
  const router = Router();
  router.post(
    "/",
    guard(options, isTooMuch),
    express.text({ type: () => true, limit: MOST_BODY }),
    async (request, response) => {
      const json = parsed(request.body);
      const [origin, activity] = [originOf(json), parseActivity(json, clock.now())];
      if (!origin || !activity) {
        log.warn("bot-framework.refused", { fault: "malformed" });
        response.status(400).end();
        return;
      }
      if (!believed(response).vouchesFor(origin)) {
        log.warn("bot-framework.refused", { fault: "other-origin", mend: MEND["other-origin"] });
        response.status(STATUS["other-origin"]).end();
        return;
      }
      response.status(await answer(activity, options, isTooMuch)).end();
    },
  );
  router.use(notAllowed("POST"), unreadable);
  return router;
}

type Believed = Extract<Awaited<ReturnType<TokenJudge["judge"]>>, { kind: "believed" }>;
const believed = (response: Response): Believed => response.locals.believed as Believed;

function guard({ judge, log }: BotFrameworkWebhookOptions, isTooMuch: Limits): RequestHandler {
  return async (request, response, next) => {
    try {
      const judgement = await judge.judge(request.get("authorization"));
      if (judgement.kind === "believed") {
        response.locals.believed = judgement;
        return next();
      }
      const { fault } = judgement;
      log.warn("bot-framework.refused", { fault, mend: MEND[fault] });
      response.status((await isTooMuch("refused", request.ip ?? "")) ? 429 : STATUS[fault]);
      response.set("WWW-Authenticate", "Bearer").end();
    } catch (error) {
      log.error("bot-framework.not-judged", { reason: reasonOf(error) });
      response.status(503).end();
    }
  };
}

function parsed(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return undefined;
  }
}

async function answer(
  activity: ParsedActivity,
  { intake, log }: BotFrameworkWebhookOptions,
  isTooMuch: Limits,
): Promise<number> {
  switch (activity.kind) {
    case "silent":
      log.debug("bot-framework.silent", { what: activity.what });
      return 200;
    case "invoke":
      return 501;
    case "called":
      await intake.leadAway(activity);
      return 200;
    case "said":
    case "files": {
      const { id: messageId, userId } = activity.envelope;
      if (await isTooMuch("said", userId)) return 429;
      return kept(() => intake.take(activity), { log, platform: "bot-framework", messageId });
    }
    default:
      throw new Error("unknown kind of activity", { cause: activity satisfies never });
  }
}
