import { createHash } from "node:crypto";
import { z } from "zod";
import type { InboundContent } from "../../bots/model/index.ts";
import { isChoiceId, readLink, readLocation } from "../shared/wechat-message.ts";
import { isPlatformId } from "./address.ts";
import { failureOf } from "./codes.ts";
import type { Envelope, Spoken } from "./parse.ts";

export type ParsedKf =
  | Spoken
  /** A message of ours that the platform had taken did not arrive; `isWindowShut`: because nothing more may be sent for now. */
  | { kind: "failed"; from: Envelope["from"]; at: Date; msgid: string; why: string; isWindowShut: boolean }
  /** Nothing a citizen said to the bot: `event` is the platform's word for it, `about` the id of the message it is about. */
  | { kind: "silent"; id: string; event: string; about?: string };

const text = z.string().max(20_000);

/** 3: sent by the citizen. Others: 4 an event of the platform, 5 an attendant in 企业微信 ("接收消息和事件", origin). */
const FROM_CITIZEN = 3;

/** What cannot be read inside of a message does not make it unheard: the citizen is told that it was not understood. */
const message = z.looseObject({
  msgid: z.string().min(1).max(1_000),
  open_kfid: z.string().optional(),
  external_userid: z.string().optional(),
  send_time: z.number().int().min(0).max(8.64e12),
  origin: z.number().optional(),
  msgtype: z.string(),
  text: z.looseObject({ content: text, menu_id: text.optional() }).optional().catch(undefined),
  location: z
    .looseObject({ latitude: z.number(), longitude: z.number(), name: text.optional(), address: text.optional() })
    .optional()
    .catch(undefined),
  link: z
    .looseObject({ title: text.optional(), desc: text.optional(), url: text.optional() })
    .optional()
    .catch(undefined),
  event: z
    .looseObject({
      event_type: z.string(),
      open_kfid: z.string().optional(),
      external_userid: z.string().optional(),
      welcome_code: z.string().max(1_000).optional(),
      fail_msgid: z.string().optional(),
      fail_type: z.number().optional(),
      recall_msgid: z.string().optional(),
    })
    .optional()
    .catch(undefined),
});
const withFile = z.looseObject({ media_id: z.string().min(1).max(1_000) });

type Message = z.infer<typeof message>;

/**
 * Reads one message or event out of an answer of kf/sync_msg ("接收消息和事件", 微信客服). Pure. Message types that are not known become
 * `unsupported`; events that are not known are silent; what cannot be read is silent under the id "unreadable".
 */
export function parseKfMessage(value: unknown): ParsedKf {
  const parsed = message.safeParse(value);
  if (!parsed.success) return { kind: "silent", id: "unreadable", event: "unreadable" };
  const { msgid, msgtype, event, origin } = parsed.data;
  const id = keyOf(msgid);
  const silent = (word: string, about?: string): ParsedKf => {
    return {
      kind: "silent",
      id,
      event: /^\w{1,60}$/.test(word) ? word : "unknown",
      about: about && idOrNothing(about),
    };
  };
  // In an event both ids stand inside of it.
  const envelope = envelopeOf(parsed.data, event ?? parsed.data);
  if (msgtype === "event") {
    return event && envelope ? parseEvent(event, envelope, silent) : silent(event?.event_type ?? msgtype);
  }
  if (!envelope || origin !== FROM_CITIZEN) return silent(`${msgtype}_of_others`);
  return parseSaid(parsed.data, envelope);
}

/** The prefix tells it from the keys of the app's messages. Nothing odd gets into logs, and no message is lost for an odd id. */
function keyOf(msgid: string): string {
  return `kf-${isPlatformId(msgid) ? msgid : createHash("sha256").update(msgid).digest("hex").slice(0, 32)}`;
}

const idOrNothing = (text: string) => (isPlatformId(text) ? text : undefined);

function envelopeOf(
  { msgid, send_time }: Message,
  { open_kfid: openKfId = "", external_userid: externalUserId = "" }: Pick<Message, "open_kfid" | "external_userid">,
): Envelope | undefined {
  if (!isPlatformId(openKfId) || !isPlatformId(externalUserId)) return undefined;
  return { id: keyOf(msgid), from: { kind: "kf", openKfId, externalUserId }, sentAt: new Date(send_time * 1000) };
}

function parseEvent(
  event: NonNullable<Message["event"]>,
  envelope: Envelope,
  silent: (word: string, about?: string) => ParsedKf,
): ParsedKf {
  const { event_type, welcome_code: welcomeCode, fail_type = 0, fail_msgid = "", recall_msgid } = event;
  switch (event_type) {
    case "enter_session":
      // Without a code nothing can be said: the citizen was here within 48 hours, or the console's own words greet them.
      return welcomeCode ? { kind: "said", envelope, content: { kind: "joined" }, welcomeCode } : silent(event_type);
    case "msg_send_fail": {
      const { from, sentAt: at } = envelope;
      const msgid = idOrNothing(fail_msgid) ?? "unknown";
      return {
        kind: "failed",
        from,
        at,
        msgid,
        why: failureOf(fail_type),
        isWindowShut: [4, 5, 6].includes(fail_type),
      };
    }
    case "user_recall_msg":
      return silent(event_type, recall_msgid);
    default:
      return silent(event_type);
  }
}

function parseSaid(given: Message, envelope: Envelope): ParsedKf {
  const said = (content: InboundContent): ParsedKf => ({ kind: "said", envelope, content });
  const { msgtype, link, location } = given;
  switch (msgtype) {
    case "text":
      return said(readText(given.text));
    case "image":
    case "voice":
    case "video":
    case "file": {
      const file = withFile.safeParse(given[msgtype]);
      return file.success
        ? { kind: "file", envelope, mediaId: file.data.media_id, what: msgtype }
        : said({ kind: "unsupported", what: msgtype });
    }
    case "location": {
      const label = [...new Set([location?.address ?? "", location?.name ?? ""])].filter(Boolean).join(" ");
      return said(
        readLocation({ latitude: String(location?.latitude), longitude: String(location?.longitude), label }),
      );
    }
    case "link":
      return said(readLink([link?.title ?? "", link?.desc ?? "", link?.url ?? ""]));
    default:
      return said({ kind: "unsupported", what: /^[a-z_]{1,40}$/.test(msgtype) ? msgtype : "unknown" });
  }
}

/** A click on a menu comes back as a text with the id of what was clicked. */
function readText(given: Message["text"]): InboundContent {
  const words = (given?.content ?? "").toWellFormed();
  const clicked = given?.menu_id ?? "";
  if (isChoiceId(clicked)) return { kind: "choice", choiceId: clicked, label: words.replace(/^\d+\. /, "") };
  return words.trim() === "" ? { kind: "unsupported", what: "sticker" } : { kind: "text", text: words };
}
