import type { ChannelCapabilities } from "../../bots/model/index.ts";
import { BETWEEN, mergedText, type Piece } from "../shared/text-pieces.ts";

/** A 菜单消息 longer than a screen is harder to use than numbers. */
const MOST_MENU_ITEMS = 10;

export const wechatCapabilities: ChannelCapabilities = {
  // Three bytes to a Chinese character, with room for what a menu adds.
  maxTextLength: 560,
  maxChoices: MOST_MENU_ITEMS,
  canAskLocation: false,
  canShowCards: false,
  // "客服消息": five within 48 hours of what the citizen sent last.
  push: { windowHours: 48, messages: 5 },
};

export type CustomMessage =
  | { msgtype: "text"; text: { content: string } }
  | { msgtype: "msgmenu"; msgmenu: { head_content: string; list: { id: string; content: string }[] } };

/**
 * As many of the pieces as one customer-service message can hold ("发消息", 客服接口): texts are merged, for five messages are
 * allowed after each of the citizen's; the first choices end it and become a 菜单消息 where `menus` are wanted.
 */
export function customMessage(pieces: Piece[], menus: boolean): { message: CustomMessage; taken: Piece[] } {
  const end = menus ? pieces.findIndex((piece) => piece.menu) : -1;
  const { text, taken } = mergedText(end < 0 ? pieces : pieces.slice(0, end + 1));
  const menu = menus ? taken.at(-1)?.menu : undefined;
  if (!menu) return { message: { msgtype: "text", text: { content: text } }, taken };
  const head = [...taken.slice(0, -1).map((piece) => piece.text), menu.head].join(BETWEEN);
  const list = menu.choices.map(({ id, label, number }) => ({
    id,
    content: number === undefined ? label : `${number}. ${label}`,
  }));
  return { message: { msgtype: "msgmenu", msgmenu: { head_content: head, list } }, taken };
}
