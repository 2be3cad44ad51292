import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Response } from "express";

const COOKIE = "visitor";
const ONE_YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/**
 * Who a browser is: an unguessable id of ours in a signed cookie, so that the same person is known after a reload and the next
 * day. What a client calls itself never counts: anybody could call themselves by somebody else's id.
 */
export interface Visitors {
  /** The visitor's user id; undefined when there is no cookie, or none that we signed. */
  of(request: IncomingMessage): string | undefined;
  newId(): string;
  remember(response: Response, userId: string): void;
}

export function createVisitors(options: { secretKey: string; secure: boolean }): Visitors {
  const key = Buffer.from(hkdfSync("sha256", options.secretKey, "jiesu", "visitor-cookie", 32));
  const sign = (userId: string) => createHmac("sha256", key).update(userId).digest("base64url");

  function isSigned(userId: string, signature: string): boolean {
    const expected = Buffer.from(sign(userId));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }

  return {
    of(request) {
      const [userId = "", signature = ""] = (readCookie(request, COOKIE) ?? "").split(".");
      return userId !== "" && isSigned(userId, signature) ? userId : undefined;
    },
    newId: () => randomBytes(18).toString("base64url"),
    remember(response, userId) {
      const rules = {
        httpOnly: true,
        sameSite: "lax",
        secure: options.secure,
        path: "/",
        maxAge: ONE_YEAR_MS,
      } as const;
      response.cookie(COOKIE, `${userId}.${sign(userId)}`, rules);
    },
  };
}

/** RFC 6265, 4.2.1. Our own values need no decoding. */
function readCookie(request: IncomingMessage, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
