import { DispatchError } from "../../../bots/errors.ts";
import type { Clock } from "../../../bots/ports.ts";
import { errorRows, readDocument } from "./read-document.ts";

/**
 * What the other side said. ok: 2xx with a body that can be read. refused: it understood and does not want it. absent: it
 * does not have this resource. unreadable: 2xx with something else inside; whether it did anything is unknown.
 */
export type EndpointAnswer =
  | { kind: "ok"; body: unknown }
  | { kind: "refused"; reason: string }
  | { kind: "absent" }
  | { kind: "unreadable" };

export interface Endpoint {
  get(resource: string, query: Record<string, string | undefined>): Promise<EndpointAnswer>;
  post(
    resource: string,
    fields: Record<string, string | string[] | undefined>,
    idempotencyKey: string,
  ): Promise<EndpointAnswer>;
}

export interface EndpointOptions {
  /** Up to and including the version, e.g. `https://city.example/open311/v2`. */
  baseUrl: string;
  apiKey: string;
  jurisdictionId?: string;
  /** Use "xml" where the endpoint has no JSON. */
  format?: "json" | "xml";
  timeoutMs: number;
  /** After a failure that leaves open whether something was done: how long before it is worth asking. */
  settleMs: number;
  clock: Clock;
  fetch: typeof fetch;
}

/** The endpoint answered that it did nothing: no key, too many requests. The next attempt is as good as a first one. */
export class TurnedAway extends DispatchError {}

/**
 * Calls an Open311 endpoint. Throws a retryable DispatchError when there was no answer, for 408, 425, 429 and 5xx, and for 401 and 403:
 * a wrong key is the operator's to mend and must not turn a citizen's request away.
 */
export function createEndpoint(options: EndpointOptions): Endpoint {
  const base = options.baseUrl.replace(/\/+$/, "");
  const urlOf = (resource: string, query: Record<string, string | undefined>) => {
    const url = new URL(`${base}/${resource}.${options.format ?? "json"}`);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    return url;
  };
  const { apiKey, jurisdictionId } = options;
  return {
    get: (resource, query) => {
      const url = urlOf(resource, { ...query, jurisdiction_id: jurisdictionId, api_key: apiKey });
      return call(options, url, resource, { method: "GET" });
    },
    post: (resource, fields, idempotencyKey) => {
      const body = formOf({ ...fields, jurisdiction_id: jurisdictionId, api_key: apiKey });
      const headers = { "Idempotency-Key": idempotencyKey };
      // A redirected POST becomes a GET of the whole list, whose first row must never pass for our ticket.
      return call(options, urlOf(resource, {}), resource, { method: "POST", body, headers, redirect: "error" });
    },
  };
}

function formOf(fields: Record<string, string | string[] | undefined>): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) form.append(name, one);
  }
  return form;
}

async function call(options: EndpointOptions, url: URL, resource: string, init: RequestInit): Promise<EndpointAnswer> {
  const what = `${init.method} ${resource} of the dispatch system`;
  let status: number;
  let retryAfter: string | null;
  let text: string;
  try {
    const response = await options.fetch(url, { ...init, signal: AbortSignal.timeout(options.timeoutMs) });
    status = response.status;
    retryAfter = response.headers.get("retry-after");
    text = await response.text();
  } catch (cause) {
    throw new DispatchError(`${what} got no answer; check DISPATCH_URL and the network`, {
      retryable: true,
      retryAfterMs: options.settleMs,
      cause,
    });
  }
  return judge(status, text, () => {
    const retryAfterMs = retryAfterOf(retryAfter, options.clock) ?? (status >= 500 ? options.settleMs : undefined);
    const hint = status === 401 || status === 403 ? "; check DISPATCH_API_KEY" : "";
    const Kind = [401, 403, 425, 429].includes(status) ? TurnedAway : DispatchError;
    return new Kind(`${what} was answered with status ${status}${hint}`, { retryable: true, retryAfterMs });
  });
}

function judge(status: number, text: string, unavailable: () => DispatchError): EndpointAnswer {
  if (status >= 500 && status !== 501) throw unavailable();
  if ([401, 403, 408, 425, 429].includes(status)) throw unavailable();
  const body = readDocument(text);
  if (status >= 200 && status < 300) return body === undefined ? { kind: "unreadable" } : { kind: "ok", body };
  const errors = errorRows.safeParse(body);
  if (errors.success) {
    return { kind: "refused", reason: errors.data.map((row) => row.description ?? row.code ?? "").join("；") };
  }
  return { kind: "absent" };
}

/** Retry-After (RFC 9110, 10.2.3): seconds or a date. */
function retryAfterOf(value: string | null, clock: Clock): number | undefined {
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - clock.now().getTime());
}
