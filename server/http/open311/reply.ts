import type { NextFunction, Request, RequestHandler, Response } from "express";
import { toXml, type Value } from "./xml.ts";

/** One entry of an error response; several can be reported together. */
export interface Fault {
  code: 400 | 403 | 404 | 500;
  description: string;
}

/** `root` names the outermost XML element; the JSON form is `value` itself. */
export type Reply = { kind: "document"; root: string; value: Value } | { kind: "faults"; faults: [Fault, ...Fault[]] };

export const document = (root: string, value: Value): Reply => ({ kind: "document", root, value });

export function fault(code: Fault["code"], description: string): Reply {
  return { kind: "faults", faults: [{ code, description }] };
}

/**
 * GeoReport v2, Format Support: the suffix of the path chooses the format. Without one the answer is XML, the format every
 * endpoint must have, unless the client asks for JSON in its Accept header. The suffix is taken off before routing.
 */
export const chooseFormat: RequestHandler = (request, response, next) => {
  const [path = "", query] = request.url.split(/\?(.*)/s);
  const suffix = /\.(xml|json)$/.exec(path);
  if (suffix) request.url = path.slice(0, suffix.index) + (query === undefined ? "" : `?${query}`);
  const json = suffix ? suffix[1] === "json" : request.accepts(["text/xml", "application/json"]) === "application/json";
  response.locals.open311Format = json ? "json" : "xml";
  next();
};

export function send(response: Response, reply: Reply): void {
  switch (reply.kind) {
    case "document":
      write(response, 200, reply.root, reply.value);
      break;
    case "faults": {
      const rows = reply.faults.map(({ code, description }) => ({ code, description }));
      write(response, reply.faults[0].code, "errors", rows);
      break;
    }
    default:
      throw new Error(`unknown reply ${JSON.stringify(reply satisfies never)}`);
  }
}

function write(response: Response, status: number, root: string, value: Value): void {
  const json = response.locals.open311Format === "json";
  response.status(status);
  response.set("Content-Type", json ? "application/json; charset=utf-8" : "text/xml; charset=utf-8");
  response.set("Cache-Control", "no-store");
  response.end(json ? JSON.stringify(value) : toXml(root, value));
}

/** Wraps a handler that returns what to answer. */
export function answer(handler: (request: Request) => Reply | Promise<Reply>): RequestHandler {
  return async (request: Request, response: Response, _next: NextFunction) => {
    send(response, await handler(request));
  };
}

/** Query and form fields. Empty ones count as absent (GeoReport v2, Optional Arguments). */
export interface Fields {
  get(name: string): string | undefined;
  /** All values of a name, repeated or separated by commas. */
  list(name: string): string[];
  entries(): [name: string, value: string][];
}

export function readFields(...sources: (string | undefined)[]): Fields {
  const entries = sources
    .flatMap((source) => [...new URLSearchParams(source ?? "")])
    .filter(([, value]) => value.trim() !== "");
  return {
    get: (name) => entries.find(([key]) => key === name)?.[1],
    list: (name) =>
      entries
        .filter(([key]) => key === name)
        .flatMap(([, value]) => value.split(","))
        .map((value) => value.trim())
        .filter((value) => value !== ""),
    entries: () => entries,
  };
}

/** The part of the URL after the question mark, as it came. */
export const queryOf = (request: Request): string | undefined => request.originalUrl.split(/\?(.*)/s)[1];
