import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type RequestHandler } from "express";

/** Serves handlers on a free port of this machine. */
export async function serve(mounts: Record<string, RequestHandler>): Promise<{ url: string; close(): Promise<void> }> {
  const app = express();
  for (const [path, handler] of Object.entries(mounts)) app.use(path, handler);
  return listen(createServer(app));
}

export async function listen(server: Server): Promise<{ url: string; close(): Promise<void> }> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
