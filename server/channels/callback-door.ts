import express, { type Request, type Response, Router } from "express";
import type { CallbackFault, CallbackQuery } from "../../adapters/shared/wechat-callback.ts";
import type { Logger } from "../../bots/ports.ts";
import { createLimits, type Limits, notAllowed, unreadable } from "./webhook-guard.ts";

/** A text of 2,048 bytes, encrypted, in both forms of 兼容模式, is far below. */
const MOST_BODY = "64kb";

const STATUS: Record<CallbackFault, number> = {
  "bad-signature": 403,
  stale: 403,
  "other-receiver": 403,
  "not-encrypted": 403,
  damaged: 400,
  malformed: 400,
};

/** What the operator can do about most faults is the same everywhere. */
const MEND = {
  stale: "if the platform sent it, the clock of this machine is wrong",
  malformed: "not a message of the platform",
};

type Read<Parsed> =
  | { kind: "refused"; fault: CallbackFault }
  | { kind: "echo"; text: string }
  | { kind: "message" | "callback"; parsed: Parsed };

export interface CallbackDoor<Parsed> {
  /** The channel's name in the log. */
  platform: string;
  read(query: CallbackQuery, body?: string): Read<Parsed>;
  /** What each fault of the platform's settings means for the operator. */
  mend: Record<Exclude<CallbackFault, keyof typeof MEND>, string>;
  answer(parsed: Parsed, response: Response, isTooMuch: Limits): Promise<void>;
  log: Logger;
}

/**
 * The callback address of a platform of WeChat's family: `GET` verifies it, `POST` takes messages and events. 400 what cannot be read;
 * 403 what does not come from the platform, is older than five minutes, or is for another receiver; 413 over 64 KiB; 429 too many of these
 * from one address; everything else is for `answer`.
 */
export function createCallbackDoor<Parsed>(door: CallbackDoor<Parsed>): Router {
  const isTooMuch = createLimits();
  const router = Router();

  async function refuse(request: Request, response: Response, fault: CallbackFault): Promise<void> {
    door.log.warn(`${door.platform}.refused`, { fault, mend: { ...MEND, ...door.mend }[fault] });
    response.status((await isTooMuch("refused", request.ip ?? "")) ? 429 : STATUS[fault]).end();
  }

  router.get("/", async (request, response) => {
    const read = door.read(request.query);
    if (read.kind === "refused") return refuse(request, response, read.fault);
    response.type("text/plain").send(read.kind === "echo" ? read.text : "");
  });
  router.post("/", express.text({ type: () => true, limit: MOST_BODY }), async (request, response) => {
    const read = door.read(request.query, typeof request.body === "string" ? request.body : "");
    if (read.kind === "refused") return refuse(request, response, read.fault);
    if ("parsed" in read) await door.answer(read.parsed, response, isTooMuch);
  });
  router.use(notAllowed("GET, POST"), unreadable);
  return router;
}
