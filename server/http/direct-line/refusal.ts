import type { ErrorRequestHandler } from "express";
import type { Logger } from "../../../bots/ports.ts";
import { asError } from "../../log.ts";

/** Codes after "Direct Line API 3.0 reference", ErrorResponse object, and in the same manner where it names none. */
type RefusalCode =
  | "BadArgument"
  | "BadSyntax"
  | "Conflict"
  | "Forbidden"
  | "InvalidToken"
  | "MessageSizeTooBig"
  | "NotFound"
  | "NotSupported"
  | "ServiceError"
  | "ServiceUnavailable"
  | "TokenExpired"
  | "TooManyRequests"
  | "Unauthorized";

/** Ends a request with `{error: {code, message}}`; the message may be shown to the citizen. */
export class HttpRefusal extends Error {
  override readonly name = "HttpRefusal";
  readonly status: number;
  readonly code: RefusalCode;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: number,
    code: RefusalCode,
    message: string,
    options: { retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get body() {
    return { error: { code: this.code, message: this.message } };
  }
}

export const unauthorized = () => new HttpRefusal(401, "Unauthorized", "请先取得会话令牌。");
export const forbidden = () => new HttpRefusal(403, "Forbidden", "这个会话不属于您。");
export const gone = () => new HttpRefusal(404, "NotFound", "找不到这个会话，请重新开始。");
export const badWatermark = () => new HttpRefusal(400, "BadArgument", "watermark 不正确。");

/** The last handler of the router: every error leaves as JSON with its real status. */
export function answerRefusals(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const refusal = error instanceof HttpRefusal ? error : (refusalOfParser(error) ?? surprise(error, logger));
    if (refusal.retryAfterSeconds !== undefined) response.set("Retry-After", String(refusal.retryAfterSeconds));
    response.status(refusal.status).json(refusal.body);
  };
}

/** The errors of Express and its body parsers, which carry `status` and `type`. */
function refusalOfParser(error: unknown): HttpRefusal | undefined {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return undefined;
  if (error.status < 400 || error.status >= 500) return undefined;
  switch (error.status) {
    case 413:
      return new HttpRefusal(413, "MessageSizeTooBig", "内容太长了，请分几次发送。");
    case 415:
      return new HttpRefusal(415, "NotSupported", "不支持这种编码，请使用 UTF-8 的 JSON。");
    default:
      return new HttpRefusal(400, "BadSyntax", "请求的格式不正确。");
  }
}

function surprise(error: unknown, logger: Logger): HttpRefusal {
  logger.error("direct-line.failed", { error: asError(error) });
  return new HttpRefusal(500, "ServiceError", "系统出了点问题，请稍后再试。");
}
