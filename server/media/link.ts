import { createHmac, timingSafeEqual } from "node:crypto";

/** Addresses under which a dispatch system of the city can open evidence without being the citizen. */
export interface MediaLinks {
  /** The query of the address of an upload. */
  sign(mediaId: string): string;
  isSigned(mediaId: string, signature: unknown): boolean;
}

/** `secretKey`: the server's own; the links lose their force when it changes. */
export function createMediaLinks(secretKey: string): MediaLinks {
  const signatureOf = (mediaId: string) =>
    createHmac("sha256", secretKey).update(`media link ${mediaId}`).digest("base64url");
  return {
    sign: (mediaId) => `k=${signatureOf(mediaId)}`,
    isSigned(mediaId, signature) {
      const expected = Buffer.from(signatureOf(mediaId));
      const given = Buffer.from(typeof signature === "string" ? signature : "");
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
