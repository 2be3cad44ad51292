import { parseMessage, readBody } from "../../../adapters/mini-program/parse.ts";
import { serviceCapabilities } from "../../../adapters/mini-program/render.ts";
import { mergedText, piecesOf } from "../../../adapters/shared/text-pieces.ts";
import { atMost, bytes, keyed, type Payload, type Platform, PUBLIC_URL } from "./platform.ts";

/** "发送客服消息" (微信开放文档·小程序): 2,048 bytes of text. */
const SERVICE_BYTES = 2_048;

/** The 客服 of a mini-program: text only. Its chat page is a Direct Line client like the web's. */
export const miniProgramService: Platform = {
  name: "mini-program 客服",
  channel: "mini-program",
  payloads(turn) {
    const payloads: Payload[] = [];
    const capabilities = serviceCapabilities;
    let rest = keyed(turn).flatMap((each) => piecesOf(each, { publicUrl: PUBLIC_URL, capabilities }));
    while (rest.length > 0) {
      const { text, taken } = mergedText(rest);
      payloads.push({ words: text, buttons: [], faults: atMost("bytes", bytes(text), SERVICE_BYTES) });
      rest = rest.slice(taken.length);
    }
    return payloads;
  },
  read(deed) {
    if (deed.kind !== "say") return undefined;
    const said = { MsgType: "text", Content: deed.text, MsgId: 9_007_199_254_740_993n.toString() };
    const body = readBody(
      JSON.stringify({ ToUserName: "gh_1", FromUserName: "o1", CreateTime: 1_772_323_200, ...said }),
    );
    const parsed = parseMessage(body ?? {}, "wx1");
    return parsed.kind === "said" ? parsed.content : undefined;
  },
};
