import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { RequestHandler } from "express";
import { type PublicTicket, renderMissing, renderTicket } from "./ticket-html.ts";

export type FindTicket = (number: string) => Promise<PublicTicket | undefined>;

const NUMBER = /^[\w-]{1,64}$/;

/** `GET /t/:number`: a page without script. Its style stands inside and is allowed by its hash, so no built file is needed. */
export function createTicketPage(options: { find: FindTicket; now?: () => Date }): RequestHandler<{ number: string }> {
  const now = options.now ?? (() => new Date());
  const css = ["shared/tokens.css", "ticket/ticket.css"]
    .map((file) => readFileSync(new URL(file, import.meta.url), "utf8"))
    .join("\n");
  const styleHash = createHash("sha256").update(css).digest("base64");
  const headers = {
    "Content-Security-Policy": `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; style-src 'sha256-${styleHash}'; img-src data:`,
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
  };
  return async (request, response) => {
    const { number } = request.params;
    const ticket = NUMBER.test(number) ? await options.find(number) : undefined;
    response
      .set(headers)
      .status(ticket ? 200 : 404)
      .type("html");
    response.send(ticket ? renderTicket(ticket, { css, now: now() }) : renderMissing({ css }));
  };
}
