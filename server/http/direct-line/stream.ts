import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { ActivityLog, ActivityPage } from "../../../adapters/web/index.ts";
import type { Clock, Logger } from "../../../bots/ports.ts";
import type { Access } from "./access.ts";
import { DIRECT_LINE_PATH } from "./conversations.ts";
import { HttpRefusal } from "./refusal.ts";
import type { VerifiedClaims } from "./tokens.ts";
import { readWatermark } from "./watermark.ts";

const PAGE = 100;
const KEEP_ALIVE_MS = 15_000;
const FAREWELL_MS = 500;
const STREAM_PATH = new RegExp(`^${DIRECT_LINE_PATH}/conversations/([^/]+)/stream$`);

export interface Streams {
  /** True when the request is for a stream; the socket is then taken care of, accepted or refused. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Sends everybody away; they come back with their watermark. */
  close(): Promise<void>;
}

/** The WebSocket stream: {activities, watermark} frames from the client's watermark on, an empty frame as a sign of life. */
export function createStreams(options: {
  log: ActivityLog;
  access: Access;
  clock: Clock;
  logger: Logger;
  streamsPerVisitor: number;
}): Streams {
  const { log, access, clock, logger, streamsPerVisitor } = options;
  const server = new WebSocketServer({ noServer: true, maxPayload: 4 * 1024, perMessageDeflate: false });
  const openByVisitor = new Map<string, number>();
  const silent = new WeakSet<WebSocket>();
  const keepAlive = setInterval(() => {
    for (const socket of server.clients) checkAlive(socket, silent);
  }, KEEP_ALIVE_MS);
  keepAlive.unref();

  async function admit(request: IncomingMessage, url: URL, conversationId: string) {
    const claims = await access.enter(url.searchParams.get("t") ?? undefined, conversationId);
    const watermark = readWatermark(url.searchParams.get("watermark"));
    if ((openByVisitor.get(claims.userId) ?? 0) >= streamsPerVisitor) {
      throw new HttpRefusal(429, "TooManyRequests", "打开的窗口太多了，请关闭一些。", { retryAfterSeconds: 10 });
    }
    return { request, claims, watermark };
  }

  function count(userId: string, change: 1 | -1): void {
    const open = (openByVisitor.get(userId) ?? 0) + change;
    if (open > 0) openByVisitor.set(userId, open);
    else openByVisitor.delete(userId);
  }

  function serve(socket: WebSocket, conversationId: string, claims: VerifiedClaims, watermark: string): void {
    const pump = createPump({ socket, log, conversationId, watermark, logger });
    const unsubscribe = log.subscribe(conversationId, pump);
    const leftMs = claims.expiresAt.getTime() - clock.now().getTime();
    const expiry = setTimeout(() => socket.close(1008, "token expired"), Math.max(0, leftMs));
    count(claims.userId, 1);
    socket.on("pong", () => silent.delete(socket));
    // What clients send on a stream are empty pings of their own; an error is always followed by "close".
    socket.on("error", (error) => logger.debug("direct-line.stream-error", { conversationId, error }));
    socket.on("close", () => {
      clearTimeout(expiry);
      unsubscribe();
      count(claims.userId, -1);
    });
    pump();
  }

  return {
    upgrade(request, socket, head) {
      const url = URL.parse(request.url ?? "", "http://stream.invalid");
      const conversationId = url && STREAM_PATH.exec(url.pathname)?.[1];
      if (!url || !conversationId) return false;
      const drop = () => socket.destroy();
      socket.on("error", drop);
      admit(request, url, conversationId).then(
        ({ claims, watermark }) => {
          socket.off("error", drop);
          if (!socket.writable) return;
          server.handleUpgrade(request, socket, head, (stream) => serve(stream, conversationId, claims, watermark));
        },
        (error: unknown) => refuse(socket, error, logger),
      );
      return true;
    },
    async close() {
      clearInterval(keepAlive);
      const leaving = [...server.clients].map((socket) => sendAway(socket));
      await Promise.all(leaving);
      server.close();
    },
  };
}

/** A line that has not answered the last ping is dead; TCP alone would take many minutes to notice. */
function checkAlive(socket: WebSocket, silent: WeakSet<WebSocket>): void {
  if (silent.has(socket)) {
    socket.terminate();
    return;
  }
  silent.add(socket);
  socket.ping();
  socket.send("");
}

function sendAway(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => socket.terminate(), FAREWELL_MS);
    socket.once("close", () => {
      clearTimeout(impatience);
      resolve();
    });
    socket.close(1001, "going away");
  });
}

/**
 * Sends what lies behind its position, page by page, one run at a time; called again during a run it looks once more. What it is
 * called with is sent as it is where it lies right behind the position; everything else is read. The position moves only after a
 * page was handed to the network, so nothing is skipped and nothing is sent twice.
 */
function createPump(options: {
  socket: WebSocket;
  log: ActivityLog;
  conversationId: string;
  watermark: string;
  logger: Logger;
}): (appended?: ActivityPage) => void {
  const { socket, log, conversationId, logger } = options;
  let position = options.watermark;
  let running = false;
  let again = false;

  const isNext = ({ activities, watermark }: ActivityPage) =>
    Number(watermark) - activities.length === Number(position);

  async function run(appended?: ActivityPage): Promise<void> {
    let atHand = appended && isNext(appended) ? appended : undefined;
    do {
      again = false;
      const page = atHand ?? (await log.since(conversationId, position, PAGE));
      atHand = undefined;
      if (page.activities.length > 0) await sendFrame(socket, JSON.stringify(page));
      position = page.watermark;
      again ||= page.activities.length === PAGE;
    } while (again && socket.readyState === socket.OPEN);
    // In the same breath as the last look at `again`: a call in between would find nobody to look once more.
    running = false;
  }

  return (appended) => {
    again = true;
    if (running || socket.readyState !== socket.OPEN) return;
    running = true;
    run(appended).catch((error: unknown) => {
      running = false;
      // A line that broke while a page was on its way brings the client back with its old watermark.
      if (socket.readyState !== socket.OPEN) return;
      logger.warn("direct-line.stream-failed", { conversationId, error: error instanceof Error ? error : undefined });
      socket.close(1011, "try again");
    });
  };
}

function sendFrame(socket: WebSocket, data: string): Promise<void> {
  return new Promise((resolve, reject) => socket.send(data, (error) => (error ? reject(error) : resolve())));
}

function refuse(socket: Duplex, error: unknown, logger: Logger): void {
  const refusal =
    error instanceof HttpRefusal ? error : new HttpRefusal(500, "ServiceError", "系统出了点问题，请稍后再试。");
  if (refusal !== error)
    logger.error("direct-line.upgrade-failed", { error: error instanceof Error ? error : undefined });
  const body = JSON.stringify(refusal.body);
  const head = [
    `HTTP/1.1 ${refusal.status} Refused`,
    "Connection: close",
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
