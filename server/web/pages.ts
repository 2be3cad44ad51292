import { readFile } from "node:fs/promises";
import { join } from "node:path";
import compression from "compression";
import { type Request, type Response, Router, static as serveFiles } from "express";
import { createTicketPage, type FindTicket } from "./ticket-page.ts";

const YEAR_MS = 365 * 24 * 3600 * 1000;

/**
 * The pages people see: `/`, `/t/{number}`, `/staff/`, and their files below `/assets`. Names of assets carry a hash, so they
 * are kept for a year; the pages themselves are asked for anew each time. `distDir` is what `build.ts` made (`dist/web`).
 */
export function createPagesRouter(options: { distDir: string; find: FindTicket }): Router {
  const { distDir } = options;
  const router = Router({ strict: true });
  router.use(compression());
  const assets = serveFiles(join(distDir, "assets"), {
    immutable: true,
    maxAge: YEAR_MS,
    index: false,
    fallthrough: true,
  });
  router.use("/assets", assetHeaders, assets);
  router.get("/", (request, response) =>
    sendPage(request, response, join(distDir, "chat/index.html"), chatPolicy(request)),
  );
  router.get("/staff", (_request, response) => response.redirect(308, "/staff/"));
  // The console's own addresses lie below it: they are opened again and passed on.
  router.get(["/staff/", "/staff/*where"], (request, response) =>
    sendPage(request, response, join(distDir, "staff/index.html"), staffPolicy),
  );
  router.get("/t/:number", createTicketPage({ find: options.find }));
  return router;
}

function assetHeaders(_request: Request, response: Response, next: () => void): void {
  response.set("X-Content-Type-Options", "nosniff");
  next();
}

async function sendPage(_request: Request, response: Response, file: string, policy: string): Promise<void> {
  const html = await readFile(file, "utf8").catch(() => undefined);
  response.set({
    "Content-Security-Policy": policy,
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=()",
  });
  response.status(html === undefined ? 503 : 200).type("html");
  response.send(html ?? notBuilt);
}

const common = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; script-src 'self'";

/**
 * Scripts and styles only from here; pictures also as previews of what is being sent. The stream's address is named in full,
 * because older web views do not count a WebSocket among 'self' (CSP Level 3, 6.7.2.8).
 */
function chatPolicy(request: Request): string {
  const host = request.headers.host ?? "";
  const stream = /^[\w.-]+(:\d{1,5})?$/.test(host) ? ` ws://${host} wss://${host}` : "";
  return `${common}; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'${stream}`;
}

/** antd writes its style sheets from script, which no hash can name beforehand; its scripts are bound as tightly as ours. */
const staffPolicy = `${common}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self'; connect-src 'self'; font-src 'self' data:`;

const notBuilt = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>页面准备中 · 12345 市民热线</title>
<h1>页面正在准备中</h1>
<p>网上受理页面暂时还不能打开，请稍后再试。如有急事，请直接拨打 12345 市民热线；遇到危险请拨打 110、119 或 120。</p>
<p>（维护人员：请先运行 <code>npm run build</code>，再重新打开本页。）</p>
</html>
`;
