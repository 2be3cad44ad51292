import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from "express";
import helmet from "helmet";
import type { Logger } from "../../bots/ports.ts";

/** A router and the path it is mounted at, in the order they are asked. */
export interface Mount {
  path: string;
  handler: Router | RequestHandler;
}

/** The Express app: security headers, the routers, and the last words for what nobody answered. */
export function createApp(options: { mounts: Mount[]; log: Logger; publicUrl?: string }): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", "loopback");
  app.set("query parser", "simple");
  app.use(helmet(securityHeaders(options.publicUrl)));
  for (const { path, handler } of options.mounts) app.use(path, handler);
  app.use(notFound);
  app.use(lastResort(options.log));
  return app;
}

/** Everything the pages need comes from this server; only the map position is asked of the device. */
function securityHeaders(publicUrl: string | undefined): Parameters<typeof helmet>[0] {
  const secure = publicUrl?.startsWith("https:") ?? false;
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "connect-src": ["'self'", "ws:", "wss:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        ...(secure ? { "upgrade-insecure-requests": [] } : {}),
      },
    },
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: secure,
  };
}

const notFound: RequestHandler = (_request, response) => {
  response.status(404).json({ error: { code: "NotFound", message: "没有这个地址，请检查链接。" } });
};

/** Express 5 passes rejected promises here. The answer names no detail; the log gets the error and the route. */
function lastResort(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = statusOf(error);
    if (status >= 500) {
      log.error("request failed", {
        method: request.method,
        route: request.baseUrl || "/",
        error: error instanceof Error ? error : new Error("not an error"),
      });
    }
    const message =
      status >= 500 ? "系统忙，请稍后再试。您的内容没有丢失，可以再发一次。" : "请求的格式不对，请检查后再试。";
    response.status(status).json({ error: { code: status >= 500 ? "ServerError" : "BadArgument", message } });
  };
}

/** Body parsers put the right status (400, 413 …) on their errors. */
function statusOf(error: unknown): number {
  const status = typeof error === "object" && error !== null && "status" in error ? error.status : undefined;
  return typeof status === "number" && status >= 400 && status < 600 ? status : 500;
}
