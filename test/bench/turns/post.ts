import { Agent, request } from "node:http";

/** Posts JSON over connections that are kept open; answers the parsed body. Throws on any status but 2xx. */
export type Post = (path: string, body: unknown, headers?: Record<string, string>) => Promise<Record<string, unknown>>;

/** One client of a server, as many connections as requests at the same time. */
export function createPost(url: string): { post: Post; close(): void } {
  const agent = new Agent({ keepAlive: true });
  const post: Post = (path, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const data = Buffer.from(JSON.stringify(body));
      const sent = request(
        `${url}${path}`,
        {
          agent,
          method: "POST",
          headers: { ...headers, "content-type": "application/json", "content-length": data.length },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on("data", (part: Buffer) => parts.push(part));
          response.on("error", reject);
          response.on("end", () => {
            const text = Buffer.concat(parts).toString("utf8");
            if ((response.statusCode ?? 500) >= 300)
              reject(new Error(`${path} answered ${response.statusCode}: ${text}`));
            else resolve(JSON.parse(text) as Record<string, unknown>);
          });
        },
      );
      sent.on("error", reject);
      sent.end(data);
    });
  return { post, close: () => agent.destroy() };
}
