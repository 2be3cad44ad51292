import { fromGcj02 } from "../../../adapters/shared/gcj02.ts";
import { mergedText, piecesOf } from "../../../adapters/shared/text-pieces.ts";
import { readXml, writeXml } from "../../../adapters/shared/xml.ts";
import { parseMessage } from "../../../adapters/wechat/parse.ts";
import { customMessage, wechatCapabilities } from "../../../adapters/wechat/render.ts";
import type { GeoPoint } from "../../../bots/model/index.ts";
import { atMost, bytes, type Deed, keyed, type Payload, type Platform, PUBLIC_URL } from "./platform.ts";

/** "发消息"（客服接口）, "被动回复用户消息": 2,048 bytes; the items of a menu count as well. */
const WECHAT_BYTES = 2_048;

export function inWechat(name: string, menus: boolean): Platform {
  const fields = (deed: Deed): Record<string, string> | undefined => {
    switch (deed.kind) {
      case "say":
        return { MsgType: "text", Content: deed.text };
      case "press":
        return { MsgType: "text", Content: deed.button.label, bizmsgmenuid: String(deed.button.press) };
      case "place": {
        const { latitude, longitude } = onChineseMap(deed.point);
        return { MsgType: "location", Location_X: String(latitude), Location_Y: String(longitude), Label: "" };
      }
      default:
        return deed satisfies never;
    }
  };
  return {
    name,
    channel: "wechat",
    payloads(turn) {
      const payloads: Payload[] = [];
      let rest = keyed(turn).flatMap(({ key, message }) =>
        piecesOf({ key, message }, { publicUrl: PUBLIC_URL, capabilities: wechatCapabilities }),
      );
      while (rest.length > 0) {
        const { message, taken } = menus
          ? customMessage(rest, true)
          : { message: { msgtype: "text", text: { content: mergedText(rest).text } } as const, ...mergedText(rest) };
        const isMenu = message.msgtype === "msgmenu";
        const words = isMenu ? message.msgmenu.head_content : message.text.content;
        const list = isMenu ? message.msgmenu.list : [];
        const size = bytes(words + list.map(({ content }) => content).join(""));
        const buttons = list.map(({ id, content }) => ({ label: content.replace(/^\d+\. /, ""), press: id }));
        payloads.push({ words, buttons, faults: atMost("bytes", size, WECHAT_BYTES) });
        rest = rest.slice(taken.length);
      }
      return payloads;
    },
    read(deed) {
      const head = { ToUserName: "gh_1", FromUserName: "o1", CreateTime: 1_772_323_200, MsgId: 1 };
      const parsed = parseMessage(readXml(writeXml({ ...head, ...fields(deed) })) ?? {});
      return parsed.kind === "said" ? parsed.content : undefined;
    },
  };
}

/** Where the citizen's map in WeChat shows a point: the other way round, by coming nearer. */
export function onChineseMap(point: GeoPoint): GeoPoint {
  let shown = point;
  for (let step = 0; step < 20; step += 1) {
    const back = fromGcj02(shown);
    shown = {
      latitude: shown.latitude + point.latitude - back.latitude,
      longitude: shown.longitude + point.longitude - back.longitude,
    };
  }
  return shown;
}
