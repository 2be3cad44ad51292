import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";

export interface Watch {
  /** What the page complained of in its console, and what it failed at. */
  complaints: string[];
  /** Requests to any host but its own. */
  strangers: string[];
  /** What the scripts fetched so far weigh compressed with gzip, whichever way the server sent them. */
  scriptBytes(): Promise<number>;
}

/** To be called before the page opens anything. */
export function watch(page: Page, url: string): Watch {
  const own = new URL(url).host;
  const complaints: string[] = [];
  const strangers: string[] = [];
  const scripts: Promise<number>[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (!["data:", "blob:"].includes(protocol) && host !== own) strangers.push(request.url());
  });
  page.on("websocket", (socket) => {
    if (new URL(socket.url()).host !== own) strangers.push(socket.url());
  });
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    scripts.push(response.body().then((body) => gzipSync(body).length));
  });
  return {
    complaints,
    strangers,
    scriptBytes: async () => (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0),
  };
}
