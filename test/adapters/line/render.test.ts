import { expect, it } from "vitest";
import { piecesOf } from "../../../adapters/line/render.ts";
import type { OutboundMessage } from "../../../bots/model/index.ts";

const options = { publicUrl: "https://12345.example.gov.cn", sendLocation: "发送位置" };
const cardWith = (count: number): OutboundMessage => ({
  kind: "card",
  title: "请核对您的诉求",
  rows: [{ label: "内容", value: "路灯坏了三天。".repeat(40) }],
  text: "对吗？",
  choices: Array.from({ length: count }, (_, index) => ({
    id: `intake/pick/${index}`,
    label: `第${index + 1}件`,
    number: index + 1,
  })),
});
const typesOf = (message: OutboundMessage) => piecesOf("job", message, options).map((piece) => piece.message.type);

it("选项成了文字也算在卡片的长度里：超过 400 字就不发卡片，平台会拒收", () => {
  expect(typesOf(cardWith(12))).toEqual(["flex"]);
  expect(typesOf(cardWith(20))).toEqual(["text"]);
});
