import { createHash } from "node:crypto";
import type { ChannelCapabilities } from "../../bots/model/index.ts";
import { BETWEEN, mergedText, type Piece } from "../shared/text-pieces.ts";

/** Items of a menu of 微信客服 ("发送消息", 菜单消息). */
const MOST_MENU_ITEMS = 10;
/** In bytes of UTF-8: the words above a menu, and the id and the words of an item (likewise). */
const MOST_HEAD_BYTES = 1_024;
const MOST_ITEM_BYTES = 128;

/** Members can be written to at any time, citizens of 微信客服 for 48 hours: the narrower of the two is told. */
export const wecomCapabilities: ChannelCapabilities = {
  // Three bytes to a Chinese character, with room for what numbered lines add.
  maxTextLength: 560,
  maxChoices: MOST_MENU_ITEMS,
  canAskLocation: false,
  canShowCards: false,
  push: { windowHours: 48 },
};

interface MenuItem {
  type: "click";
  click: { id: string; content: string };
}

export type KfMessage =
  | { msgtype: "text"; text: { content: string } }
  | { msgtype: "msgmenu"; msgmenu: { head_content: string; list: MenuItem[] } };

/**
 * As many of the pieces as one message of 微信客服 can hold: texts are merged, for five messages are allowed after each of the
 * citizen's. The first choices end it and become a menu to press, or numbered lines where a menu would not hold them: a second
 * message for the menu would be one of the five.
 */
export function kfMessage(pieces: Piece[]): { message: KfMessage; taken: Piece[] } {
  const end = pieces.findIndex((piece) => piece.menu);
  const { text, taken } = mergedText(end < 0 ? pieces : pieces.slice(0, end + 1));
  const menu = menuOf(taken);
  return { message: menu ?? { msgtype: "text", text: { content: text } }, taken };
}

function menuOf(taken: Piece[]): KfMessage | undefined {
  const menu = taken.at(-1)?.menu;
  if (!menu) return undefined;
  const head = [...taken.slice(0, -1).map((piece) => piece.text), menu.head].join(BETWEEN);
  const list = menu.choices.map(({ id, label, number }): MenuItem => {
    return { type: "click", click: { id, content: number === undefined ? label : `${number}. ${label}` } };
  });
  const fits =
    bytesOf(head) <= MOST_HEAD_BYTES &&
    list.every(({ click }) => bytesOf(click.id) <= MOST_ITEM_BYTES && bytesOf(click.content) <= MOST_ITEM_BYTES);
  return fits ? { msgtype: "msgmenu", msgmenu: { head_content: head, list } } : undefined;
}

const bytesOf = (text: string): number => Buffer.byteLength(text, "utf8");

/** The same for the same key, whatever stands in it: at most 32 of [0-9A-Za-z_-] ("发送消息", msgid). */
export const msgidOf = (key: string): string => createHash("sha256").update(key).digest("base64url").slice(0, 32);
