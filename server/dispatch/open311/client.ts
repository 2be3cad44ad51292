import type { Media, Request } from "../../../bots/model/index.ts";
import type { Clock, DispatchClient, Logger, Submission } from "../../../bots/ports.ts";
import { composePost } from "./compose-post.ts";
import { createEndpoint } from "./endpoint.ts";
import { createNews } from "./news.ts";
import { requestRows } from "./read-document.ts";
import { createServices } from "./services.ts";
import { type SubmitParts, sendRest, submitOnce } from "./submit.ts";
import { actRemotely, createSupplement } from "./supplement.ts";

export interface Open311DispatchOptions {
  /** Up to and including the version, e.g. `https://city.example/open311/v2`. */
  baseUrl: string;
  apiKey: string;
  clock: Clock;
  log: Logger;
  jurisdictionId?: string;
  /** "json" unless the endpoint has XML only. */
  format?: "json" | "xml";
  /** Of one call; 10 s when absent. */
  timeoutMs?: number;
  /** How long to wait after an unclear answer before looking for the ticket; 5 s when absent. */
  settleMs?: number;
  /** The service for what the endpoint's list does not know; found by its name when absent. */
  otherServiceCode?: string;
  /** The endpoint is known to give one ticket for one `Idempotency-Key`; matters only where its requests cannot be read. */
  honoursIdempotencyKey?: boolean;
  openNumbers?: () => Promise<string[]>;
  /** For requests that were answered with a token: the rest of a long description follows once the number is known. */
  loadRequest?: (requestId: string) => Promise<Request | undefined>;
  mediaUrl?: (media: Media) => string;
  fetch?: typeof fetch;
}

const TIMEOUT_MS = 10_000;
const SETTLE_MS = 5_000;
/** Between a token of the other side and the id of our request. */
const MARK = "#";

/** Any Open311 GeoReport v2 endpoint as a dispatch system. One request becomes one ticket, whatever happens on the way. */
export function createOpen311Dispatch(options: Open311DispatchOptions): DispatchClient {
  const { clock, log } = options;
  const settleMs = options.settleMs ?? SETTLE_MS;
  const endpoint = createEndpoint({
    ...options,
    settleMs,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    fetch: options.fetch ?? fetch,
  });
  const parts: SubmitParts = {
    endpoint,
    clock,
    log,
    settleMs,
    services: createServices({ endpoint, clock, otherCode: options.otherServiceCode }),
    supplement: createSupplement({ endpoint, clock }),
    mediaUrl: options.mediaUrl,
    honoursIdempotencyKey: options.honoursIdempotencyKey ?? false,
    attempted: new Set(),
  };
  const inFlight = new Map<string, Promise<Submission>>();
  return {
    // Open311 has no words for it: what was to join goes on its own, with the other number in the description.
    joins: false,
    submit(request, idempotencyKey) {
      const running = inFlight.get(idempotencyKey);
      if (running) return running;
      const submission = submitOnce(parts, request, idempotencyKey)
        .then((made): Submission => {
          if (made.kind === "pending") return { ...made, token: made.token + MARK + request.id };
          return made.kind === "accepted" && request.joins ? { ...made, joining: { kind: "apart" } } : made;
        })
        .finally(() => inFlight.delete(idempotencyKey));
      inFlight.set(idempotencyKey, submission);
      return submission;
    },
    act: (number, action, idempotencyKey) =>
      actRemotely({ endpoint, clock, mediaUrl: options.mediaUrl }, number, action, idempotencyKey),
    numberOf: (token) => numberOf(parts, token, options.loadRequest),
    updatesSince: createNews({ endpoint, clock, openNumbers: options.openNumbers }),
  };
}

/** Asks what a token has become. As long as the other side does not know a number it stays pending. */
async function numberOf(
  parts: SubmitParts,
  token: string,
  loadRequest: Open311DispatchOptions["loadRequest"],
): Promise<Submission> {
  const mark = token.lastIndexOf(MARK);
  const theirs = mark < 0 ? token : token.slice(0, mark);
  const requestId = mark < 0 ? undefined : token.slice(mark + 1);
  const answer = await parts.endpoint.get(`tokens/${encodeURIComponent(theirs)}`, {});
  const rows = requestRows.safeParse(answer.kind === "ok" ? answer.body : undefined);
  const number = rows.success ? rows.data[0]?.service_request_id : undefined;
  if (number === undefined) return { kind: "pending", token };
  const request = requestId === undefined ? undefined : await loadRequest?.(requestId);
  if (request) {
    const attributes = await parts.services.attributesOf((await parts.services.codesFor(request.category)).code);
    const { rest } = composePost(request, { serviceCode: "", attributes, mediaUrl: parts.mediaUrl });
    await sendRest(parts, rest, number, request.id);
    parts.attempted.delete(request.id);
  }
  return { kind: "accepted", number, acceptedAt: parts.clock.now().toISOString() };
}
