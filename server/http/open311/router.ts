import express, { type ErrorRequestHandler, type Request, type RequestHandler, Router } from "express";
import type { Clock, Logger } from "../../../bots/ports.ts";
import type { Desk } from "../../desk/desk.ts";
import type { TicketSource } from "../../desk/ticket.ts";
import { asError } from "../../log.ts";
import { type Access, createAccess } from "./access.ts";
import { discovery } from "./discovery.ts";
import { answer, chooseFormat, type Fields, fault, queryOf, type Reply, readFields, send } from "./reply.ts";
import { findRequest, findRequests, findToken, postRequest } from "./requests.ts";
import { serviceDefinition, serviceList } from "./services.ts";
import type { Locate } from "./submission.ts";
import { findUpdates, postUpdate } from "./updates.ts";

export interface Open311Options {
  desk: Desk;
  /** Keys that may post and read descriptions; with none configured nobody may. */
  apiKeys: readonly string[];
  clock: Clock;
  log: Logger;
  /** The address of the whole server as the world sees it, for the discovery document. */
  publicUrl?: string;
  contact?: string;
  /** When set, a request for another jurisdiction is answered with 404; otherwise the parameter is ignored. */
  jurisdictionId?: string;
  locate?: Locate;
}

type Handler = (request: Request, fields: Fields, source: TicketSource | undefined) => Reply | Promise<Reply>;
type KeyedHandler = (request: Request, fields: Fields, source: TicketSource) => Reply | Promise<Reply>;

/** Open311 GeoReport v2 of the embedded desk, to be mounted at `/open311/v2`. */
export function createOpen311Router(options: Open311Options): Router {
  const { desk } = options;
  const access = createAccess(options.apiKeys);
  const open = (handler: Handler) => answer((request) => handle(options, access, request, handler));
  const keyed = (handler: KeyedHandler) =>
    open((request, fields, source) =>
      source === undefined ? fault(403, "api_key is missing or not valid") : handler(request, fields, source),
    );
  const router = Router();
  router.use(chooseFormat);
  router.get(
    "/discovery",
    answer((request) => discovery(options, request)),
  );
  router.get(
    "/services",
    open(() => serviceList(desk.leaves)),
  );
  router.get(
    "/services/:code",
    open((request) => serviceDefinition(desk.leaf(parameter(request, "code")))),
  );
  router.get(
    "/requests",
    open((_, fields, source) => findRequests(options, fields, source !== undefined)),
  );
  router.get(
    "/requests/:number",
    open((request, _, source) => findRequest(options, parameter(request, "number"), source !== undefined)),
  );
  router.get(
    "/tokens/:token",
    open((request, _, source) =>
      findToken(options, parameter(request, "token"), source === undefined ? access.sources : [source]),
    ),
  );
  router.post(
    "/requests",
    form,
    keyed((request, fields, source) => postRequest(options, fields, source, request.get("Idempotency-Key"))),
  );
  router.get(
    "/servicerequestupdates",
    keyed((_, fields, source) => findUpdates(options, fields, source)),
  );
  router.post(
    "/servicerequestupdates",
    form,
    keyed((request, fields, source) => postUpdate(options, fields, source, request.get("Idempotency-Key"))),
  );
  router.use(answer(() => fault(404, "there is no such resource")));
  router.use(failed(options.log));
  return router;
}

/** The body stays text: GeoReport's `attribute[CODE][]` is read by this room and not by a general parser. */
const form: RequestHandler = express.text({ type: "application/x-www-form-urlencoded", limit: "256kb" });

const parameter = (request: Request, name: string): string => String(request.params[name] ?? "");

function handle(options: Open311Options, access: Access, request: Request, handler: Handler): Reply | Promise<Reply> {
  const isForm = request.method !== "POST" || typeof request.body === "string";
  if (!isForm) return fault(400, "the body must be application/x-www-form-urlencoded");
  const fields = readFields(typeof request.body === "string" ? request.body : undefined, queryOf(request));
  const jurisdiction = fields.get("jurisdiction_id");
  if (options.jurisdictionId !== undefined && jurisdiction !== undefined && jurisdiction !== options.jurisdictionId) {
    return fault(404, "jurisdiction_id was not found");
  }
  return handler(request, fields, access.sourceOf(fields.get("api_key")));
}

/** Unreadable bodies are the client's fault; anything else is ours, and the client may try again. */
function failed(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const status = (error as { status?: unknown } | null)?.status;
    if (typeof status === "number" && status >= 400 && status < 500) {
      send(response, fault(400, "the request could not be read"));
      return;
    }
    log.error("open311.failed", { error: asError(error) });
    send(response, { kind: "faults", faults: [{ code: 500, description: "general service error, please try again" }] });
  };
}
