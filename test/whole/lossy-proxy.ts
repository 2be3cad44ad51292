import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";

/** open: hands everything on. closed: breaks the line before anything is sent. deaf: sends, and loses the answer to every POST. */
export type LineState = "open" | "closed" | "deaf";

export interface LossyProxy {
  url: string;
  set(state: LineState): void;
  /** How many POST requests have reached the other side. */
  posts(): number;
  close(): Promise<void>;
}

/** A bad line between two installations. */
export async function createLossyProxy(target: string): Promise<LossyProxy> {
  let state: LineState = "open";
  let posts = 0;

  function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    if (state === "closed") {
      incoming.socket.destroy();
      return;
    }
    const isPost = incoming.method === "POST";
    if (isPost) posts += 1;
    const onward = httpRequest(
      `${target}${incoming.url}`,
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        if (isPost && state === "deaf") {
          answer.resume();
          answer.on("end", () => incoming.socket.destroy());
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on("error", () => incoming.socket.destroy());
    incoming.pipe(onward);
  }

  const server = createServer(pass).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    url: `http://127.0.0.1:${address.port}`,
    set(next) {
      state = next;
    },
    posts: () => posts,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
