import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

export interface Passwords {
  /** `scrypt$N$r$p$salt$key`, so that the cost can be raised later without losing old passwords. */
  hash(password: string): Promise<string>;
  /** A hash that is missing or malformed fits no password, and takes as long to say so. */
  fits(password: string, hash: string | undefined): Promise<boolean>;
}

/** OWASP Password Storage Cheat Sheet: N = 2^15, r = 8, p = 3 is one of the equals it recommends; 32 MB for each sign-in. */
const DEFAULT_COST = 2 ** 15;
const MAX_MEMORY_BYTES = 64 * 1024 * 1024;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** `cost`: scrypt's N, a power of two. */
export function createPasswords({ cost = DEFAULT_COST }: { cost?: number } = {}): Passwords {
  const parameters = { N: cost, r: 8, p: 3, maxmem: MAX_MEMORY_BYTES };
  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      const key = await derive(password, salt, parameters);
      const { N, r, p } = parameters;
      return ["scrypt", N, r, p, salt.toString("base64"), key.toString("base64")].join("$");
    },
    async fits(password, hash) {
      const [scheme, N, r, p, salt, key] = hash?.split("$") ?? [];
      if (scheme !== "scrypt" || salt === undefined || key === undefined) {
        await derive(password, Buffer.alloc(SALT_BYTES), parameters);
        return false;
      }
      const expected = Buffer.from(key, "base64");
      const options = { N: Number(N), r: Number(r), p: Number(p), maxmem: MAX_MEMORY_BYTES };
      const given = await derive(password, Buffer.from(salt, "base64"), options);
      return expected.length === given.length && timingSafeEqual(given, expected);
    },
  };
}

function derive(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
