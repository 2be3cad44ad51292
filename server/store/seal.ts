import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomFillSync,
} from "node:crypto";

/**
 * Encryption at rest for every column that may hold a citizen's words or personal data
 * (个人信息保护法 第五十一条: 采取相应的加密、去标识化等安全技术措施). AES-256-GCM, one random nonce for each value.
 */
export interface Seal {
  close(plain: string): Buffer;
  /** Throws when the value was sealed with another key or has been tampered with. */
  open(sealed: Uint8Array): string;
  /** The same for the bytes of a file. `belongsTo` is sealed in: under another name the file does not open. */
  closeFile(plain: Uint8Array, belongsTo: string): Buffer;
  openFile(sealed: Uint8Array, belongsTo: string): Buffer;
  /** Whether it is a file sealed with this key under this name. */
  opensFile(bytes: Uint8Array, belongsTo: string): boolean;
  /** A keyed digest for looking up equal values without storing them: 32 hexadecimal characters. */
  digest(plain: string): string;
}

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;
const AES = "aes-256-gcm";
/** Said outright, or Node would take a tag that was cut short for a whole one (NIST SP 800-38D, appendix C). */
const TAG_LENGTH = { authTagLength: TAG_BYTES };

/** `secretKey`: any text of at least 16 characters; the working keys are derived from it (HKDF, RFC 5869). */
export function createSeal(secretKey: string): Seal {
  if (secretKey.length < 16) throw new Error("the secret key needs at least 16 characters; set a longer SECRET_KEY");
  const derive = (info: string) => createSecretKey(Buffer.from(hkdfSync("sha256", secretKey, "jiesu", info, 32)));
  const key = derive("seal");
  const digestKey = derive("digest");
  const nextNonce = createNonces();
  return {
    close(plain) {
      const nonce = nextNonce();
      const cipher = createCipheriv(AES, key, nonce, TAG_LENGTH);
      const body = cipher.update(plain, "utf8");
      cipher.final();
      return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), body]);
    },
    open(sealed) {
      const { decipher, body } = opened(key, sealed);
      return decipher.update(body, undefined, "utf8") + decipher.final("utf8");
    },
    closeFile(plain, belongsTo) {
      const nonce = nextNonce();
      const cipher = createCipheriv(AES, key, nonce, TAG_LENGTH).setAAD(Buffer.from(belongsTo));
      const body = cipher.update(plain);
      cipher.final();
      return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), body]);
    },
    openFile: (sealed, belongsTo) => openFile(key, sealed, belongsTo),
    opensFile(bytes, belongsTo) {
      try {
        return openFile(key, bytes, belongsTo).length >= 0;
      } catch {
        return false;
      }
    },
    digest: (plain) => createHmac("sha256", digestKey).update(plain, "utf8").digest("hex").slice(0, 32),
  };
}

function openFile(key: KeyObject, sealed: Uint8Array, belongsTo: string): Buffer {
  const { decipher, body } = opened(key, sealed);
  const plain = decipher.setAAD(Buffer.from(belongsTo)).update(body);
  decipher.final();
  return plain;
}

function opened(key: KeyObject, sealed: Uint8Array) {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes[0] !== FORMAT) throw new Error(`sealed value has format ${bytes[0]}, expected ${FORMAT}`);
  if (bytes.length < HEAD_BYTES) throw new Error("sealed value is cut short");
  const tagAt = 1 + NONCE_BYTES;
  const decipher = createDecipheriv(AES, key, bytes.subarray(1, tagAt), TAG_LENGTH);
  decipher.setAuthTag(bytes.subarray(tagAt, HEAD_BYTES));
  return { decipher, body: bytes.subarray(HEAD_BYTES) };
}

/** Random nonces drawn 256 at a time: asking the system for each would cost as much as the encryption. */
function createNonces(): () => Buffer {
  const pool = Buffer.alloc(256 * NONCE_BYTES);
  let at = pool.length;
  return () => {
    if (at === pool.length) {
      randomFillSync(pool);
      at = 0;
    }
    at += NONCE_BYTES;
    return pool.subarray(at - NONCE_BYTES, at);
  };
}
