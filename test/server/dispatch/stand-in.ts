import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listen } from "../desk/serve.ts";

/** What the stand-in does with a POST of a request: whether it files it, and how it answers. */
export type Mood =
  | { kind: "good" }
  | { kind: "status-after-filing"; status: number }
  | { kind: "status"; status: number; headers?: Record<string, string>; body?: string }
  | { kind: "hang-after-filing" }
  | { kind: "hang-up-after-filing" }
  | { kind: "hang-up" }
  | { kind: "garbage-after-filing" }
  | { kind: "list-after-filing" }
  | { kind: "token"; ready: boolean };

interface Filed {
  service_request_id: string;
  service_code: string;
  description: string;
  requested_datetime: string;
  status: string;
  fields: URLSearchParams;
}

/** An Open311 system as bad as they come: it knows no idempotency keys and loses answers. */
export async function openStandIn(options: { canLook?: boolean; takesUpdates?: boolean; services?: string[] } = {}) {
  const filed: Filed[] = [];
  const updates: URLSearchParams[] = [];
  const moods: Mood[] = [];
  const tokens = { ready: true };
  const codes = options.services ?? ["010101", "999999"];

  function file(fields: URLSearchParams): Filed {
    const row: Filed = {
      service_request_id: `T${filed.length + 1}`,
      service_code: fields.get("service_code") ?? "",
      description: fields.get("description") ?? "",
      requested_datetime: "2026-03-01T12:00:01Z",
      status: "open",
      fields,
    };
    filed.push(row);
    return row;
  }

  function postRequest(fields: URLSearchParams, response: ServerResponse): void {
    const mood: Mood = moods.shift() ?? { kind: "good" };
    const isFiled = mood.kind !== "status" && mood.kind !== "hang-up";
    const number = isFiled ? file(fields).service_request_id : undefined;
    switch (mood.kind) {
      case "good":
        json(response, 200, [{ service_request_id: number }]);
        break;
      case "status-after-filing":
        json(response, mood.status, { oops: true });
        break;
      case "status":
        response.writeHead(mood.status, { "content-type": "application/json", ...mood.headers });
        response.end(mood.body ?? "");
        break;
      case "hang-after-filing":
        break;
      case "hang-up-after-filing":
      case "hang-up":
        response.destroy();
        break;
      case "garbage-after-filing":
        response.end("<html><body>Welcome!</body>");
        break;
      case "list-after-filing":
        json(response, 200, [{ service_request_id: "X1" }, { service_request_id: "X2" }]);
        break;
      case "token":
        tokens.ready = mood.ready;
        json(response, 200, [{ token: "tok/1" }]);
        break;
      default:
        throw new Error(`unknown mood ${JSON.stringify(mood satisfies never)}`);
    }
  }

  /** What a GET answers; `undefined` is a page that says 404. */
  function get(path: string, query: URLSearchParams): unknown {
    if (path === "services.json") {
      const nameOf = (code: string) => (code === "other" ? "Other matters" : code);
      return codes.map((code) => ({ service_code: code, service_name: nameOf(code), metadata: false }));
    }
    if (path === "requests.json" && options.canLook !== false) {
      const ids = query.get("service_request_id")?.split(",");
      const wanted = query.get("service_code")?.split(",");
      return filed.filter((row) => (ids ? ids.includes(row.service_request_id) : wanted?.includes(row.service_code)));
    }
    if (path === "tokens/tok%2F1.json") return [{ token: "tok/1", service_request_id: tokens.ready ? "T1" : null }];
    return undefined;
  }

  function postUpdate(fields: URLSearchParams, response: ServerResponse): void {
    if (options.takesUpdates === false) {
      response.writeHead(404).end("no");
      return;
    }
    updates.push(fields);
    json(response, 200, [{ update_id: String(updates.length) }]);
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const path = url.pathname.slice(1);
    if (request.method === "GET") {
      const body = get(path, url.searchParams);
      if (body === undefined) response.writeHead(404).end("<h1>Not found</h1>");
      else json(response, 200, body);
      return;
    }
    const fields = new URLSearchParams(await bodyOf(request));
    if (path === "requests.json") postRequest(fields, response);
    else postUpdate(fields, response);
  });
  const { url, close } = await listen(server);
  return { url, close, filed, updates, moods, tokens };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
