import express, { type Request, type RequestHandler, Router } from "express";
import multer, { MulterError, memoryStorage } from "multer";
import { attachMedia, type DataFile, parseActivity } from "../../../adapters/web/index.ts";
import type { Clock } from "../../../bots/ports.ts";
import { decodeFileName } from "../../media/index.ts";
import { type Access, claimsOf } from "./access.ts";
import { acceptable } from "./activities.ts";
import type { Files } from "./files.ts";
import type { Intake } from "./intake.ts";
import type { DirectLineLimits, RateLimits } from "./limits.ts";
import { HttpRefusal } from "./refusal.ts";

/**
 * "Direct Line API 3.0 reference", Upload and send file(s): multipart with files and, at most, one part `activity`; or a single
 * file as the whole body, its name in Content-Disposition.
 */
export function uploadRoutes(options: {
  access: Access;
  rates: RateLimits;
  limits: DirectLineLimits;
  maxFileBytes: number;
  clock: Clock;
  intake: Intake;
  files: Files;
}): Router {
  const { access, rates, limits, maxFileBytes, clock, intake, files } = options;
  const router = Router();
  const multipart = multer({
    storage: memoryStorage(),
    limits: {
      fileSize: maxFileBytes,
      // The activity counts as a file where the client gives its part a file name, as browsers do for blobs.
      files: limits.filesPerUpload + 1,
      parts: limits.filesPerUpload + 10,
      fieldSize: limits.bodyBytes,
    },
  }).any();
  const single = express.raw({ type: (request) => !isMultipart(request), limit: maxFileBytes });

  router.post(
    "/conversations/:conversationId/upload",
    access.requireConversation,
    async (request, response, next) => {
      await rates.spend("uploadsPerVisitor", claimsOf(response).userId);
      const announced = Number(request.headers["content-length"] ?? 0);
      if (announced > (limits.filesPerUpload + 1) * maxFileBytes) throw files.refuse("too-big");
      next();
    },
    atMostAtOnce(limits.uploadsAtOnce),
    refusingAsSentences(multipart, files, limits),
    refusingAsSentences(single, files, limits),
    async (request, response) => {
      const { conversationId } = request.params as { conversationId: string };
      const { userId, channel } = claimsOf(response);
      const { template, uploads } = isMultipart(request) ? readParts(request, limits) : readBody(request);
      if (uploads.length === 0) throw new HttpRefusal(400, "BadArgument", "没有收到文件，请重新选择。");
      const asked = template ?? { type: "message", from: { id: String(request.query.userId ?? "user").slice(0, 64) } };
      const parsed = parseActivity(asked, { at: clock.now(), maxTextLength: limits.textLength, uploaded: true });
      const said = acceptable(parsed);
      if (said?.echo.type !== "message") throw new HttpRefusal(400, "BadArgument", "文件只能随消息发送。");
      const media = await files.keep(uploads, { channel, userId });
      response.json({ id: await intake.accept(attachMedia(said, media), { conversationId, userId, channel }) });
    },
  );
  return router;
}

/** Uploads are held in memory while they come in; more at once than that wait outside. */
function atMostAtOnce(uploadsAtOnce: number): RequestHandler {
  let underWay = 0;
  return (_request, response, next) => {
    if (underWay >= uploadsAtOnce) {
      throw new HttpRefusal(503, "ServiceUnavailable", "现在上传的人较多，请稍后再发一次。", { retryAfterSeconds: 3 });
    }
    underWay += 1;
    response.once("close", () => {
      underWay -= 1;
    });
    next();
  };
}

function refusingAsSentences(parser: RequestHandler, files: Files, limits: DirectLineLimits): RequestHandler {
  return (request, response, next) => {
    void parser(request, response, (error?: unknown) => {
      next(error === undefined ? undefined : sentenceOf(error, files, limits));
    });
  };
}

function sentenceOf(error: unknown, files: Files, { filesPerUpload }: DirectLineLimits): unknown {
  const code = error instanceof MulterError ? error.code : undefined;
  if (code === "LIMIT_FILE_SIZE" || isTooLarge(error)) return files.refuse("too-big");
  if (code === "LIMIT_FIELD_VALUE") return new HttpRefusal(413, "MessageSizeTooBig", "内容太长了，请分几次发送。");
  if (code === "LIMIT_FILE_COUNT" || code === "LIMIT_PART_COUNT") {
    return new HttpRefusal(400, "BadArgument", `一次最多发送 ${filesPerUpload} 个文件，请分几次发送。`);
  }
  if (error instanceof Error && "status" in error) return error;
  return new HttpRefusal(400, "BadSyntax", "上传的内容不完整，请重新发送。", { cause: error });
}

const isTooLarge = (error: unknown) => error instanceof Error && "type" in error && error.type === "entity.too.large";

const isMultipart = (request: { headers: Request["headers"] }) =>
  /^multipart\//i.test(request.headers["content-type"] ?? "");

interface Upload {
  template: unknown;
  uploads: DataFile[];
}

function readParts(request: Request, { bodyBytes }: DirectLineLimits): Upload {
  const parts = Array.isArray(request.files) ? request.files : [];
  const template = parts.find((part) => part.fieldname === "activity");
  if (template && template.size > bodyBytes)
    throw new HttpRefusal(413, "MessageSizeTooBig", "内容太长了，请分几次发送。");
  const fields = (request.body ?? {}) as Record<string, unknown>;
  const text = template?.buffer.toString("utf8") ?? fields.activity;
  const uploads = parts
    .filter((part) => part !== template)
    .map((part) => ({ bytes: part.buffer, name: decodeFileName(part.originalname) }));
  return { template: typeof text === "string" ? parseJson(text) : undefined, uploads };
}

function readBody(request: Request): Upload {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body)) return { template: undefined, uploads: [] };
  const disposition = request.headers["content-disposition"] ?? "";
  const name = /\bfilename="?([^";]+)"?/i.exec(disposition)?.[1];
  return { template: undefined, uploads: [{ bytes: body, name: name && decodeFileName(name) }] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HttpRefusal(400, "BadSyntax", "请求的格式不正确。", { cause });
  }
}
