import { describe, expect, it } from "vitest";
import { parseMessage, readBody } from "../../../adapters/mini-program/parse.ts";
import { readJsonElements } from "../../../adapters/shared/json-elements.ts";
import { APP_ID, type SampleName, samples } from "./samples.ts";

const said = (content: object) => ({ kind: "said", content });

const table: [SampleName, object][] = [
  ["text", said({ kind: "text", text: "望京西园四区路灯坏了 <快修> & 谢谢" })],
  ["empty text", said({ kind: "unsupported", what: "sticker" })],
  ["image", { kind: "picture", mediaId: "media-image-1" }],
  ["image without id", said({ kind: "unsupported", what: "image" })],
  ["own ticket card", said({ kind: "choice", choiceId: "progress/show/20260301000001", label: "我的工单" })],
  ["foreign card", said({ kind: "text", text: "路灯报修" })],
  ["card without title", said({ kind: "unsupported", what: "miniprogrampage" })],
  ["unknown type", said({ kind: "unsupported", what: "hologram" })],
  ["odd type", said({ kind: "unsupported", what: "unknown" })],
  ["entered", { kind: "entered" }],
  ["unknown event", { kind: "silent", event: "subscribe_msg_sent_event" }],
  ["no sender", { kind: "malformed" }],
];

describe.each(["json", "xml"] as const)("读懂 %s 的每一种消息", (format) => {
  const parse = (name: SampleName) => parseMessage(readBody(samples[name][format]) ?? {}, APP_ID);

  it.each(table)("%s", (name, expected) => {
    expect(parse(name)).toMatchObject(expected);
  });

  it("编号有 64 位，一位不差；事件的编号里没有 openid", () => {
    expect(parse("text")).toMatchObject({
      envelope: { id: "22772323200123456789", openId: "oIDrpjqASyTPnxRmpS9O_ruZGsfk" },
    });
    const entered = parse("entered");
    if (entered.kind !== "entered") throw new Error(entered.kind);
    expect(entered.envelope.id).toMatch(/^event-[0-9a-f]{32}$/);
    expect(entered.envelope.sentAt).toEqual(new Date("2026-03-01T08:00:00+08:00"));
  });
});

describe("两种格式读出来一样", () => {
  it.each(table)("%s", (name) => {
    const [one, two] = (["json", "xml"] as const).map((format) =>
      parseMessage(readBody(samples[name][format]) ?? {}, APP_ID),
    );
    expect(one).toEqual(two);
  });
});

describe("外面来的 JSON", () => {
  it("字符串没有结尾、满是转义的，也只看一遍", () => {
    for (const endless of [`{"a":"${'\\"'.repeat(30_000)}`, `{"a":"${"\\\\".repeat(30_001)}`, `{"a":"x\\`]) {
      expect(readJsonElements(endless)).toBeUndefined();
    }
  });

  it("数照写的样子，真假成字，列表取最后一个", () => {
    expect(readJsonElements('{"a":12345678901234567890,"b":true,"c":[1,{"d":1.50}],"e":null}')).toEqual({
      a: "12345678901234567890",
      b: "true",
      c: { d: "1.50" },
      e: "",
    });
  });

  it("字符串里的括号不算深度；太深的、不是对象的不读", () => {
    expect(readJsonElements(`{"a":"${"[{".repeat(50)}\\""}`)).toEqual({ a: `${"[{".repeat(50)}"` });
    for (const bad of [
      `${"[".repeat(9)}`,
      `{"a":${"[".repeat(9)}${"]".repeat(9)}}`,
      "[]",
      '"a"',
      "7",
      "null",
      "{",
      "",
    ]) {
      expect(readJsonElements(bad), bad).toBeUndefined();
    }
  });
});
