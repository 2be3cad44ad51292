import { parseActivity as parseBotFramework } from "../../adapters/bot-framework/index.ts";
import { piecesOf as botFrameworkPieces } from "../../adapters/bot-framework/render.ts";
import { parseWebhook } from "../../adapters/line/parse.ts";
import { batchOf, piecesOf as linePieces } from "../../adapters/line/render.ts";
import { fromGcj02 } from "../../adapters/shared/gcj02.ts";
import { readXml, writeXml } from "../../adapters/shared/xml.ts";
import { choiceIdOf, parseUpdate } from "../../adapters/telegram/index.ts";
import { piecesOf as telegramPieces } from "../../adapters/telegram/render.ts";
import { createTerminalAdapter, parseLine } from "../../adapters/terminal/index.ts";
import { renderLine } from "../../adapters/terminal/render.ts";
import { createWebAdapter, parseActivity as parseWeb } from "../../adapters/web/index.ts";
import { renderActivity } from "../../adapters/web/render.ts";
import { parseMessage } from "../../adapters/wechat/parse.ts";
import { customMessage, mergedText, piecesOf as wechatPieces } from "../../adapters/wechat/render.ts";
import { fit as reduce } from "../../bots/fit.ts";
import type { ChannelName, Choice, GeoPoint, InboundContent, OutboundMessage } from "../../bots/model/index.ts";
import { createMemoryLog } from "../adapters/memory-log.ts";
import { plainActivity, teamsActivity, teamsPress } from "../fakes/bot-framework-activities.ts";

/** What can be pressed: its words, and what the client hands back. */
export interface Button {
  label: string;
  press: unknown;
}

/** One message of the platform, read back from what would be sent: what stands on the screen, and which limits it breaks. */
export interface Payload {
  words: string;
  buttons: Button[];
  faults: string[];
}

export type Deed =
  | { kind: "say"; text: string }
  | { kind: "press"; button: Button }
  | { kind: "place"; point: GeoPoint };

/** A channel as seen from the citizen's side: one entry below is all that a new one needs. */
export interface Platform {
  name: string;
  channel: ChannelName;
  /** What the messages of one turn become, in order. */
  payloads(turn: OutboundMessage[]): Payload[];
  /** What the channel understands of the update that the platform makes of a deed; undefined where the client cannot do it. */
  read(deed: Deed, offered: readonly Choice[]): InboundContent | undefined;
}

const PUBLIC_URL = "https://12345.example.gov.cn";
const AT = new Date("2026-03-01T08:00:00+08:00");

/** The keys are what the outbox would give. */
const keyed = (turn: OutboundMessage[]) => turn.map((message, index) => ({ key: `job-${index}`, message }));

/** A fault when something is larger than the platform takes, or empty where it takes nothing empty. */
const atMost = (what: string, size: number, most: number): string[] =>
  size > most || size === 0 ? [`${what}: ${size} of ${most}`] : [];

const bytes = (text: string): number => Buffer.byteLength(text);

const web: Platform = {
  name: "web",
  channel: "web",
  payloads(turn) {
    const { capabilities } = createWebAdapter({ log: createMemoryLog(), clock: { now: () => AT } });
    const from = { id: "bot", role: "bot" } as const;
    return turn
      .flatMap((message) => reduce(message, capabilities))
      .map((part) => renderActivity(part, { from, at: AT }))
      .map(({ text = "", suggestedActions }) => ({
        words: text,
        buttons: (suggestedActions?.actions ?? []).map(({ title, value }) => ({ label: title, press: value })),
        faults: text.length > capabilities.maxTextLength ? ["text"] : [],
      }));
  },
  read(deed) {
    const fields =
      deed.kind === "say"
        ? { text: deed.text }
        : deed.kind === "press"
          ? { value: deed.button.press, channelData: { postBack: true } }
          : { channelData: { location: deed.point } };
    const parsed = parseWeb({ type: "message", ...fields }, { at: AT, maxTextLength: 10_000 });
    return parsed.kind === "spoken" ? parsed.content : undefined;
  },
};

const terminal: Platform = {
  name: "terminal",
  channel: "terminal",
  payloads(turn) {
    const { capabilities } = createTerminalAdapter({ write: () => undefined });
    return turn
      .flatMap((message) => reduce(message, capabilities))
      .map(renderLine)
      .map((line) => ({
        words: line.replace("bot> ", "").replaceAll(" ⏎ ", "\n"),
        buttons: [],
        faults: /[\r\n]/.test(line) ? ["more than one line"] : [],
      }));
  },
  read: (deed) =>
    deed.kind === "say"
      ? parseLine(deed.text, {
          id: "1",
          from: { channel: "terminal", conversationId: "t", userId: "t" },
          sentAt: AT,
        })?.content
      : undefined,
};

/** "发消息"（客服接口）, "被动回复用户消息": 2,048 bytes; the items of a menu count as well. */
const WECHAT_BYTES = 2_048;

function inWechat(name: string, menus: boolean): Platform {
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
      let rest = keyed(turn).flatMap(({ key, message }) => wechatPieces(key, message, PUBLIC_URL));
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
function onChineseMap(point: GeoPoint): GeoPoint {
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

interface LineAction {
  type: string;
  label?: string;
  data?: string;
}
interface LineComponent {
  contents?: LineComponent[];
  action?: LineAction;
}
interface LineMessage {
  text?: string;
  altText?: string;
  contents?: { body?: LineComponent; footer?: LineComponent };
  quickReply?: { items: { action: LineAction }[] };
}
const actionsIn = (part: LineComponent | undefined): LineAction[] =>
  part ? [...(part.action ? [part.action] : []), ...(part.contents ?? []).flatMap(actionsIn)] : [];

const line: Platform = {
  name: "line",
  channel: "line",
  payloads(turn) {
    const payloads: Payload[] = [];
    let rest = keyed(turn).flatMap(({ key, message }) =>
      linePieces(key, message, { publicUrl: PUBLIC_URL, sendLocation: "发送位置" }),
    );
    while (rest.length > 0) {
      const { messages, taken } = batchOf(rest);
      rest = rest.slice(taken.length);
      for (const [index, message] of messages.entries()) {
        // Quick replies are there until the next message comes.
        const stays = rest.length === 0 && index === messages.length - 1;
        payloads.push(lineScreen(message as LineMessage, stays));
      }
    }
    return payloads;
  },
  read(deed) {
    const fields =
      deed.kind === "say"
        ? { type: "message", message: { id: "1", type: "text", text: deed.text } }
        : deed.kind === "press"
          ? { type: "postback", postback: { data: deed.button.press } }
          : { type: "message", message: { id: "1", type: "location", ...deed.point } };
    const event = { mode: "active", webhookEventId: "01E", timestamp: 1_772_323_200_000, ...fields };
    const [parsed] = parseWebhook({ events: [{ ...event, source: { type: "user", userId: "U1" } }] }) ?? [];
    return parsed?.kind === "said" ? parsed.content : undefined;
  },
};

/** The limits of "Text message", "Flex Message", "Quick reply" and "Action objects" in the Messaging API reference. */
function lineScreen(message: LineMessage, quickRepliesStay: boolean): Payload {
  const quick = message.quickReply?.items.map(({ action }) => action) ?? [];
  const fixed = [...actionsIn(message.contents?.body), ...actionsIn(message.contents?.footer)];
  const faults = [...quick, ...fixed].flatMap(({ label = "", data = "x" }) => [
    ...atMost("label", label.length, 20),
    ...atMost("data", data.length, 300),
  ]);
  const postbacks = [...fixed, ...(quickRepliesStay ? quick : [])].filter(({ type }) => type === "postback");
  return {
    words: message.text ?? message.altText ?? "",
    buttons: postbacks.map(({ label = "", data }) => ({ label, press: data })),
    faults: [
      ...faults,
      ...(quick.length > 13 ? ["quick replies"] : []),
      ...(message.text === undefined
        ? atMost("altText", message.altText?.length ?? 0, 400)
        : atMost("text", message.text.length, 5_000)),
    ],
  };
}

const telegram: Platform = {
  name: "telegram",
  channel: "telegram",
  payloads: (turn) =>
    keyed(turn)
      .flatMap(({ key, message }) => telegramPieces(key, message, PUBLIC_URL))
      .map(({ text, markup }) => {
        const inline = markup && "inline_keyboard" in markup ? markup.inline_keyboard.flat() : [];
        const typed = markup && "keyboard" in markup ? markup.keyboard.flat() : [];
        // "InlineKeyboardButton", "sendMessage", Telegram Bot API.
        const faults = [
          ...atMost("text", text.trim() === "" ? 0 : text.length, 4_096),
          ...inline.flatMap(({ callback_data: data }) => atMost("data", bytes(data), 64)),
          ...[...inline, ...typed].flatMap((button) => atMost("label", button.text.length, 4_096)),
          ...(inline.length + typed.length > 100 ? ["buttons"] : []),
        ];
        const buttons = [
          ...inline.map((button) => ({ label: button.text, press: button })),
          // Those that the device answers for itself are no choices.
          ...typed.flatMap((button) =>
            Object.keys(button).length === 1 ? { label: button.text, press: undefined } : [],
          ),
        ];
        return { words: text, buttons, faults };
      }),
  read(deed, offered) {
    const message = { message_id: 1, date: 1_772_323_200, chat: { id: 7, type: "private" } };
    const from = { id: 7, is_bot: false };
    const press = deed.kind === "press" ? (deed.button.press as { callback_data: string } | undefined) : undefined;
    if (deed.kind === "press" && press) {
      const keyboard = { ...message, reply_markup: { inline_keyboard: [[press]] } };
      const query = { id: "q", from, data: press.callback_data, message: keyboard };
      const parsed = parseUpdate({ update_id: 1, callback_query: query }, AT);
      const choiceId = parsed?.kind === "pressed" ? choiceIdOf(parsed.data, offered) : undefined;
      return choiceId === undefined ? undefined : { kind: "choice", choiceId, label: deed.button.label };
    }
    const fields =
      deed.kind === "place"
        ? { location: deed.point }
        : { text: deed.kind === "press" ? deed.button.label : deed.text };
    const parsed = parseUpdate({ update_id: 1, message: { ...message, from, ...fields } }, AT);
    return parsed?.kind === "said" ? parsed.content : undefined;
  },
};

interface CardElement {
  inlines?: { text: string }[];
  actions?: { type: string; title: string; data?: unknown }[];
}

function inBotFramework(channelId: "msteams" | "slack", mostText: number): Platform {
  const service = "https://smba.trafficmanager.net/cn/";
  const activity = (fields: object) =>
    channelId === "msteams" ? teamsActivity("u", service, fields) : plainActivity(channelId, "c", service, fields);
  return {
    name: `bot-framework ${channelId}`,
    channel: "bot-framework",
    payloads: (turn) =>
      keyed(turn)
        .flatMap(({ key, message }) => botFrameworkPieces(key, message, { channelId, publicUrl: PUBLIC_URL }))
        .map((piece) => {
          const cards = piece.activity.attachments ?? [];
          const elements = cards.flatMap((card) => card.content.body as CardElement[]);
          const inCard = elements.flatMap(({ inlines }) => inlines?.map(({ text }) => text).join("") ?? []);
          const words = [piece.activity.text, ...inCard].filter(Boolean).join("\n");
          const submits = elements
            .flatMap(({ actions = [] }) => actions)
            .filter(({ type }) => type === "Action.Submit");
          return {
            words,
            buttons: submits.map(({ title, data }) => ({ label: title, press: data })),
            faults: [
              ...atMost("text", words.length, mostText),
              ...cards.flatMap((card) => atMost("card", bytes(JSON.stringify(card)), 28 * 1024)),
              ...submits.flatMap(({ title }) => atMost("title", title.length, 60)),
            ],
          };
        }),
    read(deed) {
      const update =
        deed.kind === "press"
          ? teamsPress("u", service, deed.button.press)
          : activity(
              deed.kind === "say" ? { text: deed.text } : { entities: [{ type: "GeoCoordinates", ...deed.point }] },
            );
      const parsed = parseBotFramework(update, AT);
      return parsed?.kind === "said" ? parsed.content : undefined;
    },
  };
}

export const platforms: Platform[] = [
  web,
  terminal,
  inWechat("wechat 客服消息", true),
  inWechat("wechat 被动回复", false),
  line,
  telegram,
  inBotFramework("msteams", 4_000),
  inBotFramework("slack", 1_500),
];
