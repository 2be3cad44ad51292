import { hkdfSync } from "node:crypto";
import { errors, type JWTPayload, jwtVerify, SignJWT } from "jose";
import type { Clock } from "../../../bots/ports.ts";

/** Whose visitors they are: browsers know a visitor by a cookie, mini-programs by the sign-in of their platform. */
export type Visited = "web" | "mini-program";

/** What a token says: who speaks in which conversation. `displayId` is what the client calls itself and proves nothing. */
export interface TokenClaims {
  conversationId: string;
  userId: string;
  /** "web" when absent. */
  channel?: Visited;
  displayId?: string;
}

export interface VerifiedClaims extends TokenClaims {
  channel: Visited;
  expiresAt: Date;
}

export interface Tokens {
  issue(claims: TokenClaims): Promise<string>;
  verify(token: string): Promise<VerifiedClaims | "expired" | "invalid">;
}

export const TOKEN_LIFE_SECONDS = 30 * 60;
const AUDIENCE = "directline";
const REMEMBERED = 10_000;
const MAX_TOKEN_LENGTH = 2_000;

/** JSON Web Tokens (RFC 7519) with HS256. `secretKey`: any text; the signing key is derived from it. */
export function createTokens(options: { secretKey: string; clock: Clock }): Tokens {
  const { clock } = options;
  const key = new Uint8Array(hkdfSync("sha256", options.secretKey, "jiesu", "direct-line-token", 32));
  // Every poll brings the same token: its signature is checked once.
  const verified = new Map<string, VerifiedClaims>();

  function remember(token: string, claims: VerifiedClaims): VerifiedClaims {
    verified.set(token, claims);
    if (verified.size > REMEMBERED) verified.delete(verified.keys().next().value ?? token);
    return claims;
  }

  return {
    issue({ conversationId, userId, displayId, channel }) {
      const issuedAt = Math.floor(clock.now().getTime() / 1000);
      return new SignJWT({ conv: conversationId, user: displayId, chan: channel })
        .setProtectedHeader({ alg: "HS256", typ: "JWT" })
        .setSubject(userId)
        .setAudience(AUDIENCE)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + TOKEN_LIFE_SECONDS)
        .sign(key);
    },
    async verify(token) {
      const known = verified.get(token);
      if (known) return known.expiresAt > clock.now() ? known : "expired";
      if (token.length > MAX_TOKEN_LENGTH) return "invalid";
      try {
        const currentDate = clock.now();
        const { payload } = await jwtVerify(token, key, { algorithms: ["HS256"], audience: AUDIENCE, currentDate });
        const claims = readClaims(payload);
        return claims ? remember(token, claims) : "invalid";
      } catch (error) {
        return error instanceof errors.JWTExpired ? "expired" : "invalid";
      }
    },
  };
}

function readClaims({ conv, sub, user, exp, chan }: JWTPayload): VerifiedClaims | undefined {
  if (typeof conv !== "string" || typeof sub !== "string" || typeof exp !== "number") return undefined;
  const displayId = typeof user === "string" ? user : undefined;
  const channel = chan === "mini-program" ? chan : "web";
  return { conversationId: conv, userId: sub, channel, displayId, expiresAt: new Date(exp * 1000) };
}
