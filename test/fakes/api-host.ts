import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A stand-in for a platform's API, as a server on a free port of this machine. */
export interface ApiHost {
  url: string;
  close(): Promise<void>;
}

/** What a platform does that breaks the connection off: thrown by an `answer`. */
export const hangUp = (): Error => new Error("hang up");

/** Serves `answer`; where it throws, the connection breaks. */
export async function serveApi(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<ApiHost> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString("utf8");
}

/** What goes wrong with the next calls of an endpoint, one each, in the order in which it was ordered. */
export interface Faults<Fault> {
  fail(endpoint: string, ...faults: Fault[]): void;
  recover(endpoint: string): void;
  /** The fault of the call that is being answered. */
  next(endpoint: string): Fault | undefined;
}

export function createFaults<Fault>(): Faults<Fault> {
  const ordered = new Map<string, Fault[]>();
  return {
    fail: (endpoint, ...faults) => ordered.set(endpoint, [...(ordered.get(endpoint) ?? []), ...faults]),
    recover: (endpoint) => ordered.delete(endpoint),
    next: (endpoint) => ordered.get(endpoint)?.shift(),
  };
}
