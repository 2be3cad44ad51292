import { mergedText, piecesOf } from "../../../adapters/shared/text-pieces.ts";
import { readXml, writeXml } from "../../../adapters/shared/xml.ts";
import { parseCallback } from "../../../adapters/wecom/parse.ts";
import { parseKfMessage } from "../../../adapters/wecom/parse-kf.ts";
import { kfMessage, wecomCapabilities } from "../../../adapters/wecom/render.ts";
import type { InboundContent, OutboundMessage } from "../../../bots/model/index.ts";
import { atMost, bytes, type Deed, keyed, type Payload, type Platform, PUBLIC_URL } from "./platform.ts";
import { onChineseMap } from "./wechat.ts";

/** "发送应用消息", "发送消息" (微信客服): 2,048 bytes; the items of a menu count as well. */
const WECOM_BYTES = 2_048;

const pieces = (turn: OutboundMessage[]) =>
  keyed(turn).flatMap((each) => piecesOf(each, { publicUrl: PUBLIC_URL, capabilities: wecomCapabilities }));

/** A member in the self-built app: choices are numbered lines. */
export const wecomApp: Platform = {
  name: "wecom 应用",
  channel: "wecom",
  payloads(turn) {
    const payloads: Payload[] = [];
    for (let rest = pieces(turn); rest.length > 0; ) {
      const { text, taken } = mergedText(rest);
      payloads.push({ words: text, buttons: [], faults: atMost("bytes", bytes(text), WECOM_BYTES) });
      rest = rest.slice(taken.length);
    }
    return payloads;
  },
  read(deed) {
    const head = { ToUserName: "ww1", FromUserName: "zhang", CreateTime: 1_772_323_200, MsgId: 1, AgentID: 1 };
    const fields = appFields(deed);
    if (!fields) return undefined;
    const parsed = parseCallback(readXml(writeXml({ ...head, ...fields })) ?? {});
    return parsed.kind === "said" ? parsed.content : undefined;
  },
};

function appFields(deed: Deed): Record<string, string> | undefined {
  if (deed.kind === "say") return { MsgType: "text", Content: deed.text };
  if (deed.kind !== "place") return undefined;
  const { latitude, longitude } = onChineseMap(deed.point);
  return { MsgType: "location", Location_X: String(latitude), Location_Y: String(longitude), Label: "" };
}

/** A citizen of 微信客服: choices are a menu where it holds them. */
export const wecomService: Platform = {
  name: "wecom 微信客服",
  channel: "wecom",
  payloads(turn) {
    const payloads: Payload[] = [];
    for (let rest = pieces(turn); rest.length > 0; ) {
      const { message, taken } = kfMessage(rest);
      const isMenu = message.msgtype === "msgmenu";
      const words = isMenu ? message.msgmenu.head_content : message.text.content;
      const list = isMenu ? message.msgmenu.list.map(({ click }) => click) : [];
      const size = bytes(words + list.map(({ content }) => content).join(""));
      const buttons = list.map(({ id, content }) => ({ label: content.replace(/^\d+\. /, ""), press: id }));
      payloads.push({ words, buttons, faults: atMost("bytes", size, WECOM_BYTES) });
      rest = rest.slice(taken.length);
    }
    return payloads;
  },
  read(deed): InboundContent | undefined {
    const head = { msgid: "m1", open_kfid: "wk1", external_userid: "wm1", send_time: 1_772_323_200, origin: 3 };
    const parsed = parseKfMessage({ ...head, ...kfFields(deed) });
    return parsed.kind === "said" ? parsed.content : undefined;
  },
};

function kfFields(deed: Deed): object {
  switch (deed.kind) {
    case "say":
      return { msgtype: "text", text: { content: deed.text } };
    case "press":
      return { msgtype: "text", text: { content: deed.button.label, menu_id: String(deed.button.press) } };
    case "place":
      return { msgtype: "location", location: { ...onChineseMap(deed.point), name: "", address: "" } };
    default:
      return deed satisfies never;
  }
}
