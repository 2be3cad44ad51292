import { decrypt, encrypt, getSignature } from "@wecom/crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import WXBizMsgCrypt from "wechat-crypto";
import { createWechatCrypto, isWechatSigned, wechatSignature } from "../../../adapters/shared/wechat-crypto.ts";

/** The samples that Tencent publishes with its libraries: of 企业微信, where an address is verified, and of 公众号. */
const WECOM = {
  token: "QDG6eK",
  aesKey: "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
  receiver: "wx5823bf96d3bd56c7",
  signature: "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
  timestamp: "1409659589",
  nonce: "263014780",
  encrypted: "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
};
const ACCOUNT = {
  aesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
  receiver: "wx2c2769f8efd9abc2",
  encrypted:
    "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE=",
};

const { aesKey, receiver } = ACCOUNT;
const ours = createWechatCrypto({ encodingAesKey: aesKey, receiverId: receiver });

describe("微信消息加解密", () => {
  it("解开腾讯公布的样例，签名也对得上", () => {
    const crypto = createWechatCrypto({ encodingAesKey: WECOM.aesKey, receiverId: WECOM.receiver });
    expect(crypto.open(WECOM.encrypted)).toEqual({ kind: "opened", text: "1616140317555161061" });
    const parts = [WECOM.token, WECOM.timestamp, WECOM.nonce, WECOM.encrypted];
    expect(wechatSignature(...parts)).toBe(WECOM.signature);
    expect(isWechatSigned(WECOM.signature, ...parts)).toBe(true);
    const opened = ours.open(ACCOUNT.encrypted);
    expect(opened.kind === "opened" && opened.text).toContain("<MsgId>6054768590064713728</MsgId>");
  });

  it("和腾讯的 @wecom/crypto、社区的 wechat-crypto 互相解得开，长短、汉字、表情都一样", () => {
    const other = new WXBizMsgCrypt("token", aesKey, receiver);
    for (let length = 0; length <= 100; length += 1) {
      const text = "路灯😀a".repeat(30).slice(0, length).toWellFormed();
      expect(ours.open(encrypt(aesKey, text, receiver))).toEqual({ kind: "opened", text });
      expect(decrypt(aesKey, ours.seal(text))).toMatchObject({ message: text, id: receiver });
      expect(ours.open(other.encrypt(text))).toEqual({ kind: "opened", text });
      expect(other.decrypt(ours.seal(text))).toEqual({ message: text, id: receiver });
    }
  });

  it("签名和 @wecom/crypto 算得一样", () => {
    const part = fc.stringMatching(/^[\x21-\x7e]{0,40}$/);
    fc.assert(
      fc.property(part, part, part, part, (token, timestamp, nonce, encrypted) => {
        expect(wechatSignature(token, timestamp, nonce, encrypted)).toBe(
          getSignature(token, timestamp, nonce, encrypted),
        );
      }),
    );
  });

  it("差一个字、短一截、不是文字的签名都不对", () => {
    const parts = ["token", "1", "2"];
    const right = wechatSignature(...parts);
    for (const wrong of [right.toUpperCase(), right.slice(1), `${right}0`, "", undefined, [right], 7]) {
      expect(isWechatSigned(wrong, ...parts)).toBe(false);
    }
  });

  it("发给别的账号的消息不接受", () => {
    expect(ours.open(encrypt(aesKey, "你好", "wx0000000000000000")).kind).toBe("other-receiver");
    expect(ours.open(encrypt(aesKey, "你好", `${receiver}0`)).kind).toBe("other-receiver");
    expect(ours.open(encrypt(aesKey, "你好", "")).kind).toBe("other-receiver");
  });

  it("截断、乱码、空的密文是坏的，不会抛出错误", () => {
    const whole = Buffer.from(ours.seal("路灯坏了"), "base64");
    for (let length = 0; length < whole.length; length += 1) {
      expect(ours.open(whole.subarray(0, length).toString("base64")).kind, String(length)).not.toBe("opened");
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(ours.open(Buffer.from(bytes).toString("base64")).kind).not.toBe("opened");
      }),
    );
    expect(ours.open("不是密文").kind).toBe("damaged");
  });

  it("密钥不是 43 位，一开始就说清楚", () => {
    expect(() => createWechatCrypto({ encodingAesKey: "short", receiverId: receiver })).toThrow(/43/);
  });
});
