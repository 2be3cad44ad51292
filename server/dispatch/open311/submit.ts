import { DispatchError } from "../../../bots/errors.ts";
import type { Media, Request } from "../../../bots/model/index.ts";
import type { Clock, Logger, Submission } from "../../../bots/ports.ts";
import { composePost, type Post } from "./compose-post.ts";
import { type Endpoint, TurnedAway } from "./endpoint.ts";
import { look } from "./look.ts";
import { requestRows } from "./read-document.ts";
import type { Services } from "./services.ts";
import type { Supplement } from "./supplement.ts";

export interface SubmitParts {
  endpoint: Endpoint;
  services: Services;
  supplement: Supplement;
  clock: Clock;
  log: Logger;
  mediaUrl?: (media: Media) => string;
  honoursIdempotencyKey: boolean;
  settleMs: number;
  /** Requests that were posted without a clear answer, by id; lives as long as the process. */
  attempted: Set<string>;
}

/**
 * Files a request once. Every attempt looks first whether an earlier one, of this process or another, has already become a
 * ticket: an answer that was lost on its way must not lead to a second one.
 */
export async function submitOnce(parts: SubmitParts, request: Request, idempotencyKey: string): Promise<Submission> {
  const { endpoint, services, attempted } = parts;
  const { code, candidates } = await services.codesFor(request.category);
  const post = composePost(request, {
    serviceCode: code,
    attributes: await services.attributesOf(code),
    mediaUrl: parts.mediaUrl,
  });
  const earlier = await look(parts, request, candidates);
  if (earlier.kind === "found") {
    attempted.delete(request.id);
    return finish(parts, post, earlier.number, earlier.acceptedAt, idempotencyKey);
  }
  if (earlier.kind === "cannot-look" && attempted.has(request.id) && !parts.honoursIdempotencyKey) {
    throw new DispatchError("the dispatch system does not say whether the request arrived; it is not sent twice", {
      retryable: true,
    });
  }
  attempted.add(request.id);
  const answer = await endpoint.post("requests", post.fields, idempotencyKey).catch((error: unknown) => {
    if (error instanceof TurnedAway) attempted.delete(request.id);
    throw error;
  });
  switch (answer.kind) {
    case "ok":
      return readAnswer(parts, post, answer.body, request, idempotencyKey);
    case "refused":
      attempted.delete(request.id);
      return { kind: "refused", reason: answer.reason };
    case "absent":
      attempted.delete(request.id);
      throw new DispatchError("the dispatch system has no Open311 requests at this address; check DISPATCH_URL", {
        retryable: true,
      });
    case "unreadable":
      throw unclear(parts);
    default:
      throw new Error(`unknown answer ${JSON.stringify(answer satisfies never)}`);
  }
}

const unclear = ({ settleMs }: SubmitParts): DispatchError =>
  new DispatchError("the dispatch system's answer to a request cannot be read", {
    retryable: true,
    retryAfterMs: settleMs,
  });

/** Exactly one row with a number or a token counts as an answer; anything else says nothing about our request. */
async function readAnswer(
  parts: SubmitParts,
  post: Post,
  body: unknown,
  request: Request,
  idempotencyKey: string,
): Promise<Submission> {
  const rows = requestRows.safeParse(body);
  const [row, ...more] = rows.success ? rows.data : [];
  if (more.length === 0 && row?.service_request_id !== undefined) {
    const submission = await finish(parts, post, row.service_request_id, undefined, idempotencyKey);
    parts.attempted.delete(request.id);
    return submission;
  }
  if (more.length > 0 || row?.token === undefined) throw unclear(parts);
  return { kind: "pending", token: row.token };
}

async function finish(
  parts: SubmitParts,
  post: Post,
  number: string,
  acceptedAt: string | undefined,
  idempotencyKey: string,
): Promise<Submission> {
  await sendRest(parts, post.rest, number, idempotencyKey);
  const at = acceptedAt === undefined ? Number.NaN : Date.parse(acceptedAt);
  return { kind: "accepted", number, acceptedAt: new Date(Number.isNaN(at) ? parts.clock.now() : at).toISOString() };
}

/** The rest of a long description. Where the endpoint takes no updates it stays in our own store, and the log says so. */
export async function sendRest(
  { supplement, log }: Pick<SubmitParts, "supplement" | "log">,
  rest: string[],
  number: string,
  idempotencyKey: string,
): Promise<void> {
  for (const [index, text] of rest.entries()) {
    const header = `（续${index + 2}/${rest.length + 1}）`;
    const outcome = await supplement(number, `${header}${text}`, `${idempotencyKey}/part-${index + 2}`);
    if (outcome.kind === "refused") log.warn("dispatch.rest-not-taken", { number, part: index + 2 });
  }
}
