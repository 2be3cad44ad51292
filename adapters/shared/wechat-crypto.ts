import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Signing and encryption of what 公众号, 小程序 and 企业微信 exchange with a server, after "消息加解密说明" (微信官方文档) and
 * "加解密方案说明" (企业微信开发者中心). The receiver is an app id at the first two, a corp id at the last.
 */
export interface WechatCrypto {
  /** The content of `Encrypt`. The signature must have been checked before: a padding fault is not told apart from others. */
  open(encrypted: string): Opened;
  /** What goes into `Encrypt`. */
  seal(text: string): string;
}

export type Opened = { kind: "opened"; text: string } | { kind: "damaged" } | { kind: "other-receiver" };

const KEY_BYTES = 32;
const IV_BYTES = 16;
/** The padding counts in blocks of 32 bytes, although those of AES have 16. */
const PADDING_BLOCK = 32;
const NOISE_BYTES = 16;
const LENGTH_BYTES = 4;

/** Whether a text can be the 43 characters that stand for a key of 32 bytes. */
export const isEncodingAesKey = (text: string): boolean => /^[A-Za-z0-9]{43}$/.test(text);

/** SHA-1 in hexadecimal over the parts, sorted and joined. */
export const wechatSignature = (...parts: string[]): string =>
  createHash("sha1").update(parts.toSorted(byCodeUnit).join("")).digest("hex");

/** Compares in constant time; anything but a text of the right length is wrong. */
export function isWechatSigned(given: unknown, ...parts: string[]): boolean {
  const expected = Buffer.from(wechatSignature(...parts));
  const other = Buffer.from(typeof given === "string" ? given : "");
  return other.length === expected.length && timingSafeEqual(other, expected);
}

/** `encodingAesKey`: 43 characters. Throws when it is not. */
export function createWechatCrypto(options: { encodingAesKey: string; receiverId: string }): WechatCrypto {
  const key = Buffer.from(`${options.encodingAesKey}=`, "base64");
  if (!isEncodingAesKey(options.encodingAesKey) || key.length !== KEY_BYTES) {
    throw new Error("the EncodingAESKey must have 43 letters and digits; copy it from the platform's console");
  }
  const iv = key.subarray(0, IV_BYTES);
  const receiver = Buffer.from(options.receiverId);
  return {
    open(encrypted) {
      const plain = decrypt(key, iv, encrypted);
      if (!plain || plain.length < NOISE_BYTES + LENGTH_BYTES) return { kind: "damaged" };
      const textAt = NOISE_BYTES + LENGTH_BYTES;
      const textEnd = textAt + plain.readUInt32BE(NOISE_BYTES);
      if (textEnd > plain.length) return { kind: "damaged" };
      const to = plain.subarray(textEnd);
      if (to.length !== receiver.length || !timingSafeEqual(to, receiver)) return { kind: "other-receiver" };
      return { kind: "opened", text: plain.toString("utf8", textAt, textEnd) };
    },
    seal(text) {
      const body = Buffer.from(text);
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32BE(body.length);
      const cipher = createCipheriv("aes-256-cbc", key, iv).setAutoPadding(false);
      const padded = pad(Buffer.concat([randomBytes(NOISE_BYTES), length, body, receiver]));
      return Buffer.concat([cipher.update(padded), cipher.final()]).toString("base64");
    },
  };
}

function decrypt(key: Buffer, iv: Buffer, encrypted: string): Buffer | undefined {
  const bytes = Buffer.from(encrypted, "base64");
  if (bytes.length === 0 || bytes.length % IV_BYTES !== 0) return undefined;
  const decipher = createDecipheriv("aes-256-cbc", key, iv).setAutoPadding(false);
  return unpad(Buffer.concat([decipher.update(bytes), decipher.final()]));
}

function pad(plain: Buffer): Buffer {
  const count = PADDING_BLOCK - (plain.length % PADDING_BLOCK);
  return Buffer.concat([plain, Buffer.alloc(count, count)]);
}

function unpad(padded: Buffer): Buffer | undefined {
  const count = padded.at(-1) ?? 0;
  if (count < 1 || count > PADDING_BLOCK || count > padded.length) return undefined;
  const end = padded.length - count;
  return padded.subarray(end).every((byte) => byte === count) ? padded.subarray(0, end) : undefined;
}

/** PHP's and Java's order in the platform's samples: by bytes, not by language. */
const byCodeUnit = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
