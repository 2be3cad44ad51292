import { describe, expect, it } from "vitest";
import { readXml } from "../../../adapters/shared/xml.ts";
import { parseMessage } from "../../../adapters/wechat/parse.ts";
import { type SampleName, samples } from "./samples.ts";

const parse = (xml: string) => parseMessage(readXml(xml) ?? {});

const table: [SampleName, object][] = [
  ["text", { kind: "said", content: { kind: "text", text: "望京西园四区路灯坏了 <快修> & 谢谢" } }],
  ["menu message click", { kind: "said", content: { kind: "choice", choiceId: "intake/confirm", label: "确认提交" } }],
  ["foreign menu message click", { kind: "said", content: { kind: "text", text: "满意" } }],
  ["sticker", { kind: "said", content: { kind: "unsupported", what: "sticker" } }],
  ["image", { kind: "file", mediaId: "media-image-1", what: "image" }],
  ["voice", { kind: "file", mediaId: "media-voice-1", what: "voice" }],
  ["voice with recognition", { kind: "said", content: { kind: "text", text: "楼下的路灯坏了。" } }],
  ["video", { kind: "file", mediaId: "media-video-1", what: "video" }],
  ["short video", { kind: "file", mediaId: "media-video-2", what: "video" }],
  ["location without numbers", { kind: "said", content: { kind: "unsupported", what: "location" } }],
  ["link", { kind: "said", content: { kind: "text", text: "公示\n老旧小区改造\nhttps://example.gov.cn/a?b=1&c=2" } }],
  ["file", { kind: "said", content: { kind: "unsupported", what: "file" } }],
  ["unknown type", { kind: "said", content: { kind: "unsupported", what: "hologram" } }],
  ["subscribe", { kind: "said", content: { kind: "joined" } }],
  ["subscribe by code", { kind: "said", content: { kind: "joined" } }],
  ["scan", { kind: "said", content: { kind: "joined" } }],
  ["unsubscribe", { kind: "silent", event: "unsubscribe" }],
  ["menu click", { kind: "said", content: { kind: "choice", choiceId: "progress/mine" } }],
  ["menu click with words", { kind: "said", content: { kind: "text", text: "转人工" } }],
  ["menu view", { kind: "silent", event: "VIEW" }],
  ["reported location", { kind: "silent", event: "LOCATION" }],
  ["template sent", { kind: "silent", event: "TEMPLATESENDJOBFINISH" }],
  ["unknown event", { kind: "silent", event: "qualification_verify_success" }],
];

describe("公众号的每一种消息", () => {
  it.each(table)("%s", (name, expected) => {
    expect(parse(samples[name])).toMatchObject(expected);
  });

  it("位置从火星坐标换成 WGS 84，地名留着", () => {
    const parsed = parse(samples.location);
    expect(parsed).toMatchObject({ kind: "said", content: { kind: "location", point: { label: "东城区东长安街" } } });
    const point = parsed.kind === "said" && parsed.content.kind === "location" ? parsed.content.point : undefined;
    expect(point?.latitude).toBeCloseTo(39.9136, 4);
    expect(point?.longitude).toBeCloseTo(116.3978, 4);
  });

  it("样本一个不漏", () => {
    const tested = new Set<string>([...table.map(([name]) => name), "location"]);
    expect(Object.keys(samples).filter((name) => !tested.has(name))).toEqual([]);
  });
});

describe("编号和信封", () => {
  it("消息的编号是 64 位的 MsgId，一位不差", () => {
    expect(parse(samples.text)).toMatchObject({
      envelope: {
        id: "22772323200123456789",
        openId: "oIDrpjqASyTPnxRmpS9O_ruZGsfk",
        account: "gh_680bdefc8c5d",
        sentAt: new Date("2026-03-01T00:00:00Z"),
      },
    });
  });

  it("事件没有 MsgId：由人、时间、事件和内容定，里面认不出是谁", () => {
    const idOf = (xml: string) => {
      const parsed = parse(xml);
      return parsed.kind === "malformed" ? "" : parsed.envelope.id;
    };
    const id = idOf(samples["menu click"]);
    expect(id).toMatch(/^event-[0-9a-f]{32}$/);
    expect(idOf(samples["menu click"])).toBe(id);
    const others = [
      samples["menu click"].replace("1772323200", "1772323201"),
      samples["menu click"].replace("oIDrpj", "oIDrpk"),
      samples["menu click"].replace("progress/mine", "intake/start"),
      samples["menu click"].replace("CLICK", "VIEW"),
    ].map(idOf);
    expect(new Set([id, ...others]).size).toBe(5);
  });

  it("以毫秒写的时间也读得对", () => {
    const parsed = parse(samples.text.replace("1772323200<", "1772323200123<"));
    expect(parsed).toMatchObject({ envelope: { sentAt: new Date("2026-03-01T00:00:00.123Z") } });
  });

  it.each([
    ["没有发信人", samples.text.replaceAll("FromUserName", "From")],
    ["没有类型", samples.text.replaceAll("MsgType", "Type")],
    ["时间不是数字", samples.text.replace("1772323200", "yesterday")],
    ["发信人不像编号", samples.text.replace("oIDrpjqASyTPnxRmpS9O_ruZGsfk", "'; DROP TABLE")],
  ])("%s：不是消息", (_name, xml) => {
    expect(parse(xml)).toEqual({ kind: "malformed" });
  });
});
