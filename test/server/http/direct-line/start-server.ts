import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import express from "express";
import { createWebAdapter } from "../../../../adapters/web/index.ts";
import type { InboundMessage } from "../../../../bots/model/index.ts";
import type { Clock, Logger, Receive } from "../../../../bots/ports.ts";
import { createDirectLine, DIRECT_LINE_PATH, type LimitOptions } from "../../../../server/http/direct-line/index.ts";
import { createMediaRouter } from "../../../../server/http/media.ts";
import { createMediaStore } from "../../../../server/media/index.ts";
import { createMediaLinks } from "../../../../server/media/link.ts";
import { createSeal } from "../../../../server/store/seal.ts";
import { createActivityLog } from "../../../../server/store/sqlite/activity-log.ts";
import { openDatabase } from "../../../../server/store/sqlite/database.ts";

const migrationsDir = join(import.meta.dirname, "../../../../server/store/sqlite/migrations");
const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };
const secretKey = "a secret key for tests only, long enough";

/** What outlives a restart of the server besides its files: the messages that a real engine would have committed. */
export type Committed = Map<string, InboundMessage>;

export interface TestServer {
  port: number;
  url: string;
  /** Messages the engine has committed, in order; each once. */
  committed: Committed;
  /** Says something to a conversation, as the outbox does. */
  say(conversationId: string, text: string, idempotencyKey?: string): Promise<void>;
  stop(): Promise<void>;
}

/** A real server with the Direct Line routes and an engine that answers every text with "收到：…". */
export async function startServer(options: {
  dir: string;
  port?: number;
  committed?: Committed;
  clock?: Clock;
  limits?: LimitOptions;
  publicUrl?: string;
  /** Called first; what it throws, `receive` throws. */
  beforeReceive?(message: InboundMessage): void;
}): Promise<TestServer> {
  const { dir, committed = new Map(), clock = { now: () => new Date() }, limits, publicUrl, beforeReceive } = options;
  const database = openDatabase({ file: join(dir, "data.sqlite"), migrationsDir });
  const seal = createSeal(secretKey);
  const log = createActivityLog({ database, seal });
  const adapter = createWebAdapter({ log, clock });
  const mediaOptions = {
    dir: join(dir, "media"),
    database,
    seal,
    clock,
    newId: randomUUID,
    limits: { maxBytes: 100_000 },
  };
  const media = createMediaStore(mediaOptions);
  const underWay = new Set<Promise<void>>();

  function answer({ id, from, content, replyHandle }: InboundMessage): void {
    if (content.kind !== "text") return;
    const message = { kind: "text", text: `收到：${content.text}` } as const;
    const sending = adapter.send(from, message, { idempotencyKey: id, replyHandle });
    underWay.add(sending);
    void sending.finally(() => underWay.delete(sending));
  }

  const receive: Receive = async (message) => {
    beforeReceive?.(message);
    if (committed.has(message.id)) return "duplicate";
    committed.set(message.id, message);
    answer(message);
    return "committed";
  };

  const directLine = createDirectLine({ log, receive, media, secretKey, clock, publicUrl, logger: silent, limits });
  const app = express();
  app.use(DIRECT_LINE_PATH, directLine.router);
  app.use(
    "/media",
    createMediaRouter({ media, identify: directLine.identify, links: createMediaLinks({ secretKey, clock }) }),
  );
  const server = createServer(app);
  server.on("upgrade", (request, socket, head) => {
    if (!directLine.upgrade(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    committed,
    say: (conversationId, text, idempotencyKey = randomUUID()) =>
      adapter.send({ channel: "web", conversationId, userId: "" }, { kind: "text", text }, { idempotencyKey }),
    async stop() {
      await directLine.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all(underWay);
      await database.close();
    },
  };
}
