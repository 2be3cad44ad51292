import { createHmac, timingSafeEqual } from "node:crypto";
import express, { type ErrorRequestHandler, type RequestHandler, Router } from "express";
import { z } from "zod";
import type { TicketUpdate } from "../../bots/model/index.ts";
import type { Clock, Logger, Store } from "../../bots/ports.ts";

/** The body of a callback: what happened to one ticket. */
export const callbackBody = z
  .object({
    id: z.string().min(1).max(200).describe("在派单系统中唯一的更新编号，重复推送同一编号不会重复通知"),
    number: z.string().min(1).max(100).describe("工单编号"),
    status: z.enum(["accepted", "dispatched", "in-progress", "replied", "closed", "withdrawn"]),
    at: z.iso.datetime({ offset: true }).describe("发生时间"),
    unit: z.string().max(200).optional().describe("承办单位"),
    text: z.string().max(20_000).optional().describe("给诉求人看的内容"),
    dueAt: z.iso.datetime({ offset: true }).optional().describe("办理期限"),
    sentAt: z.iso.datetime({ offset: true }).optional().describe("推送时间；填写时，超过十分钟的推送不予接收"),
  })
  .meta({ id: "DispatchCallback" });

export interface CallbackOptions {
  secret: string;
  recordUpdate: Store["recordUpdate"];
  clock: Clock;
  log: Logger;
  /** How long to wait, once and again, for a number whose submission is still being written down. */
  waitsMs?: readonly number[];
}

const MAX_AGE_MS = 10 * 60_000;
const MAX_AHEAD_MS = 24 * 3_600_000;
const WAITS_MS = [200, 800];

/**
 * `POST /api/dispatch/callback`: news from an external dispatch system.
 *
 * The JSON body is one object of `callbackBody`, for example
 * `{"id":"u-1","number":"20260101000001","status":"replied","at":"2026-01-01T10:00:00+08:00","unit":"望京街道办事处","text":"已修好"}`.
 * The header `x-signature` is the HMAC-SHA256 of the raw body under the shared secret in hexadecimal, with or without `sha256=` before it.
 * Answers: 200 `{"result":"recorded"|"duplicate"}`; 401 wrong signature or a `sentAt` too far from now; 400 a body that cannot
 * be read; 404 a number that is not ours (send it again later when it is about to be).
 */
export function createDispatchCallbackRouter(options: CallbackOptions): Router {
  const router = Router();
  router.post("/", express.raw({ type: () => true, limit: "256kb" }), receive(options), unreadable);
  return router;
}

function receive(options: CallbackOptions): RequestHandler {
  return async (request, response) => {
    const raw: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const fail = (status: number, code: string, message: string) => {
      options.log.warn("callback.refused", { status, code });
      response.status(status).json({ error: { code, message } });
    };
    if (!isSigned(raw, request.get("x-signature"), options.secret)) return fail(401, "bad-signature", "签名不正确。");
    const parsed = callbackBody.safeParse(parseJson(raw));
    if (!parsed.success)
      return fail(400, "bad-body", `内容不符合格式：${parsed.error.issues[0]?.path.join(".") ?? ""}`);
    const { sentAt, ...update } = parsed.data;
    const now = options.clock.now().getTime();
    if (sentAt !== undefined && Math.abs(now - Date.parse(sentAt)) > MAX_AGE_MS) {
      return fail(401, "stale", "推送时间与当前时间相差过大。");
    }
    if (Date.parse(update.at) > now + MAX_AHEAD_MS) return fail(400, "bad-time", "发生时间晚于当前时间。");
    const result = await record(options, update);
    if (result === "unknown") return fail(404, "unknown-number", "没有这个编号的工单。");
    response.json({ result });
  };
}

/** The callback can overtake the answer to our own submission: an unknown number is asked for again before it is given up. */
async function record({ recordUpdate, waitsMs = WAITS_MS }: CallbackOptions, update: TicketUpdate) {
  let result = await recordUpdate(update);
  for (const waitMs of waitsMs) {
    if (result !== "unknown") break;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    result = await recordUpdate(update);
  }
  return result;
}

function isSigned(raw: Buffer, header: string | undefined, secret: string): boolean {
  const given = /^(?:sha256=)?([0-9a-f]{64})$/i.exec(header?.trim() ?? "")?.[1];
  if (given === undefined) return false;
  return timingSafeEqual(createHmac("sha256", secret).update(raw).digest(), Buffer.from(given, "hex"));
}

function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    return undefined;
  }
}

const unreadable: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const status = (error as { status?: unknown } | null)?.status;
  if (typeof status !== "number" || status >= 500) return next(error);
  response.status(status).json({ error: { code: "bad-body", message: "内容无法读取。" } });
};
