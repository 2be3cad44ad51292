import { z } from "zod";
import type { InboundContent } from "../../bots/model/index.ts";

/** Who wrote in which private chat, and the key by which a repeated delivery is known. */
export interface Envelope {
  id: string;
  chatId: string;
  userId: string;
  sentAt: Date;
}

export type ParsedUpdate = { updateId: number } & (
  | { kind: "said"; envelope: Envelope; content: InboundContent }
  /** A file to be fetched by its id before the message means anything; `sizeBytes` as far as the platform tells. */
  | { kind: "file"; envelope: Envelope; fileId: string; sizeBytes: number | undefined; name?: string; text?: string }
  /** `data` is what stood behind the button, `label` what stood on it. The query must be answered, or the button goes on turning. */
  | { kind: "pressed"; envelope: Envelope; queryId: string; data: string; label: string | undefined }
  /** A message in a group, with whom it speaks to; nothing of its words. */
  | { kind: "in-group"; chatId: string; messageId: number; sentAt: Date; speaksTo: SpokenTo }
  /** Nothing a citizen said to the bot: `what` is the platform's word for it. */
  | { kind: "silent"; what: string }
);

export interface SpokenTo {
  /** Lower case, without `@`. */
  names: string[];
  ids: number[];
}

export interface Identity {
  id: number;
  username: string;
}

const userShape = z.looseObject({ id: z.int(), is_bot: z.boolean().optional() });
const chatShape = z.looseObject({ id: z.int(), type: z.string() });
const fileShape = z.looseObject({
  file_id: z.string().min(1),
  file_size: z.number().optional(),
  file_name: z.string().optional(),
});
const entityShape = z.looseObject({ type: z.string(), offset: z.int(), length: z.int(), user: userShape.optional() });
const locationShape = z.looseObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

const messageShape = z.looseObject({
  message_id: z.int(),
  date: z.int(),
  edit_date: z.int().optional(),
  chat: chatShape,
  from: userShape.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  entities: z.array(entityShape).optional(),
  caption_entities: z.array(entityShape).optional(),
  reply_to_message: z.looseObject({ from: userShape.optional() }).optional(),
  location: locationShape.optional(),
  venue: z.looseObject({ location: locationShape, title: z.string() }).optional(),
  contact: z
    .looseObject({ phone_number: z.string(), first_name: z.string(), last_name: z.string().optional() })
    .optional(),
  photo: z.array(fileShape).optional(),
  document: fileShape.optional(),
  voice: fileShape.optional(),
  video: fileShape.optional(),
  video_note: fileShape.optional(),
  audio: fileShape.optional(),
});

const keyboardShape = z.looseObject({
  inline_keyboard: z.array(z.array(z.looseObject({ text: z.string(), callback_data: z.string().optional() }))),
});

const queryShape = z.looseObject({
  id: z.string().min(1),
  from: userShape,
  data: z.string().optional(),
  // A message that is too old comes without its keyboard.
  message: z.looseObject({ chat: chatShape, reply_markup: keyboardShape.optional() }).optional(),
});

/** What the channel reads of an update ("Update", Telegram Bot API); everything else may be as it likes. */
const updateShape = z.looseObject({
  update_id: z.int().min(0),
  message: messageShape.optional(),
  edited_message: messageShape.optional(),
  callback_query: queryShape.optional(),
});

type TelegramMessage = z.infer<typeof messageShape>;
type TelegramQuery = z.infer<typeof queryShape>;

/** In place of the platform's word where a kind that is known has another shape than documented. */
export const UNREADABLE = "unreadable";

const idShape = z.looseObject({ update_id: z.int().min(0) });
const timeOf = (seconds: number): Date => new Date(seconds * 1000);

/**
 * Reads one update ("Update", Telegram Bot API), an object as JSON has it; `undefined` when it is none. Pure; `now` stands for what
 * the platform does not tell, the time of a press on a button. Kinds that are not known are silent, contents that are not known
 * become `unsupported`.
 */
export function parseUpdate(json: unknown, now: Date): ParsedUpdate | undefined {
  const numbered = idShape.safeParse(json);
  if (!numbered.success) return undefined;
  const updateId = numbered.data.update_id;
  const what = Object.keys(numbered.data).find((name) => name !== "update_id") ?? "nothing";
  const silent = { updateId, kind: "silent", what: /^[a-z_]{1,40}$/.test(what) ? what : "unknown" } as const;
  const shaped = updateShape.safeParse(json);
  if (!shaped.success) return { ...silent, what: UNREADABLE };
  const { message, edited_message: edited, callback_query: query } = shaped.data;
  const read = query ? readPress(query, updateId, now) : readSaid(message ?? edited, updateId, message === undefined);
  return read ? { updateId, ...read } : silent;
}

type Read = Unnumbered<ParsedUpdate>;
type Unnumbered<Update> = Update extends ParsedUpdate ? Omit<Update, "updateId"> : never;

function readPress(query: TelegramQuery, updateId: number, now: Date): Read | undefined {
  const { chat, reply_markup: keyboard } = query.message ?? {};
  const { data } = query;
  if (chat?.type !== "private" || data === undefined) return undefined;
  const label = keyboard?.inline_keyboard.flat().find((each) => each.callback_data === data)?.text;
  const envelope = { id: String(updateId), chatId: String(chat.id), userId: String(query.from.id), sentAt: now };
  return { kind: "pressed", envelope, queryId: query.id, data, label };
}

function readSaid(message: TelegramMessage | undefined, updateId: number, isEdited: boolean): Read | undefined {
  if (!message?.from || message.from.is_bot) return undefined;
  const { chat, from, date, edit_date: editedAt } = message;
  if (chat.type !== "private") return isEdited ? undefined : inGroup(message);
  const read = isEdited ? readEdited(message) : readMessage(message);
  const sentAt = timeOf(editedAt ?? date);
  return (
    read && { ...read, envelope: { id: String(updateId), chatId: String(chat.id), userId: String(from.id), sentAt } }
  );
}

function inGroup(message: TelegramMessage) {
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  const names = entities.flatMap(({ type, offset, length }) => {
    const words = text.slice(offset, offset + length);
    if (type === "mention") return [words.slice(1)];
    // "/help@name": a command with the name of the bot that it is for.
    return type === "bot_command" && words.includes("@") ? [words.slice(words.indexOf("@") + 1)] : [];
  });
  const mentioned = entities.flatMap(({ type, user }) => (type === "text_mention" && user ? [user.id] : []));
  const answered = message.reply_to_message?.from?.id;
  return {
    kind: "in-group",
    chatId: String(message.chat.id),
    messageId: message.message_id,
    sentAt: timeOf(message.date),
    speaksTo: {
      names: names.map((name) => name.toLowerCase()),
      ids: answered === undefined ? mentioned : [...mentioned, answered],
    },
  } as const;
}

/** Whether a message in a group is meant for the bot: named, or an answer to its own words. */
export const isAddressed = ({ names, ids }: SpokenTo, me: Identity): boolean =>
  ids.includes(me.id) || names.includes(me.username.toLowerCase());

type Said =
  | { kind: "said"; content: InboundContent }
  | { kind: "file"; fileId: string; sizeBytes: number | undefined; name?: string; text?: string };

const said = (content: InboundContent): Said => ({ kind: "said", content });
const unsupported = (what: string): Said => said({ kind: "unsupported", what });

/** Messages about the chat itself: nobody has said anything. */
const SERVICE =
  /^(?:pinned_message|message_auto_delete_timer_changed|migrate_|new_chat_|delete_chat_|left_chat_|group_chat_created|supergroup_chat_created|channel_chat_created|chat_background_set|write_access_allowed|connected_website|successful_payment|boost_added|users_shared|chat_shared|forum_|video_chat_)/;

function readMessage(message: TelegramMessage): Said | undefined {
  const { text, location, venue, contact } = message;
  if (text !== undefined) return said(readText(text));
  // A venue has its location beside it for older readers.
  if (venue) return said({ kind: "location", point: { ...pointOf(venue.location), label: venue.title } });
  if (location) return said({ kind: "location", point: pointOf(location) });
  if (contact) return said({ kind: "text", text: contactText(contact) });
  const file = fileOf(message);
  if (file) return file;
  const names = Object.keys(message);
  if (names.some((name) => SERVICE.test(name))) return undefined;
  const what = ["sticker", "dice", "poll", "story", "game", "invoice"].find((name) => names.includes(name));
  return unsupported(what ?? "unknown");
}

/** Words that were changed afterwards are a correction; a place that moves or another picture is not told twice. */
function readEdited(message: TelegramMessage): Said | undefined {
  const words = (message.text ?? message.caption ?? "").trim();
  return words === "" ? undefined : said({ kind: "text", text: `（更正）${words}` });
}

const pointOf = ({ latitude, longitude }: { latitude: number; longitude: number }) => ({ latitude, longitude });

/** What the platform's own commands ask for ("Global commands", Telegram Bot Features), in words of the house. */
const COMMANDS = new Map([
  ["help", "帮助"],
  ["cancel", "取消"],
]);

function readText(text: string): InboundContent {
  const command = /^\/([a-z]{1,32})(?:@\w{1,64})?(?:\s.*)?$/is.exec(text)?.[1]?.toLowerCase() ?? "";
  if (command === "start") return { kind: "joined" };
  const words = COMMANDS.get(command) ?? text.toWellFormed();
  return words.trim() === "" ? { kind: "unsupported", what: "unknown" } : { kind: "text", text: words };
}

/** Name and number as the citizen would type them; Chinese names with the family's first. */
function contactText(contact: NonNullable<TelegramMessage["contact"]>): string {
  const { first_name: first, last_name: last = "", phone_number: phone } = contact;
  const isChinese = /\p{Script=Han}/u.test(first + last);
  const name = (isChinese ? `${last}${first}` : `${first} ${last}`).trim();
  const digits = phone.replace(/[^\d+]/g, "").replace(/^(?:\+|00)?86(?=1\d{10}$)/, "");
  return [name, digits].filter(Boolean).join(" ");
}

function fileOf(message: TelegramMessage): Said | undefined {
  // Sizes of one picture, the largest last.
  const photo = message.photo?.at(-1);
  const found = photo ?? message.document ?? message.voice ?? message.video ?? message.video_note ?? message.audio;
  if (!found) return undefined;
  const { file_id: fileId, file_size: sizeBytes, file_name: name } = found;
  return { kind: "file", fileId, sizeBytes, name, text: message.caption?.toWellFormed() };
}
