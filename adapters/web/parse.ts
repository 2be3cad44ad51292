import { z } from "zod";
import type { GeoPoint, InboundContent, Media } from "../../bots/model/index.ts";
import { fromGcj02 } from "../shared/gcj02.ts";
import type { ActivityDraft } from "./client.ts";

/** A file that came inside the activity as a data: URL. */
export interface DataFile {
  bytes: Uint8Array;
  name?: string;
}

/** Something said to the bot, with the echo by which the client recognises it in the log. */
export interface SpokenActivity {
  kind: "spoken";
  /** The client's own id; the same when it sends again. Undefined: the client gave none. */
  key: string | undefined;
  content: InboundContent;
  /** Still to be stored; the content is what remains without them. */
  files: DataFile[];
  echo: ActivityDraft;
}

export type ParsedActivity =
  | SpokenActivity
  /** Of no meaning for the bot: typing, receipts, events of other programs. */
  | { kind: "ignored" }
  | { kind: "refused"; reason: "malformed" | "empty" | "too-long"; detail: string };

interface ParseOptions {
  at: Date;
  /** In UTF-16 code units. */
  maxTextLength: number;
  /** The files come beside the activity (upload): attachments in it only name them. */
  uploaded?: boolean;
}

const point = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  label: z.string().max(500).nullish(),
  /** How the client's map counts; WGS 84 when it does not say. */
  system: z.enum(["wgs84", "gcj02"]).optional(),
});

const attachment = z.object({
  contentType: z.string().max(200).nullish(),
  contentUrl: z.string().nullish(),
  name: z.string().max(500).nullish(),
});

/** Only what is named here is read and echoed; every other key is dropped, `__proto__` too. */
const activity = z.object({
  type: z.string().min(1).max(100),
  id: z.string().min(1).max(200).nullish(),
  name: z.string().max(200).nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  locale: z.string().max(50).nullish(),
  from: z.object({ id: z.string().max(200).nullish(), name: z.string().max(200).nullish() }).nullish(),
  attachments: z.array(attachment).max(20).nullish(),
  entities: z.array(z.unknown()).max(100).nullish(),
  channelData: z
    .object({
      clientActivityID: z.string().min(1).max(200).nullish(),
      choiceId: z.string().max(500).nullish(),
      location: point.nullish(),
      postBack: z.boolean().nullish(),
      attachmentSizes: z.array(z.number()).max(20).nullish(),
    })
    .nullish(),
});
type Incoming = z.infer<typeof activity>;

/** GeoCoordinates and Place of schema.org, the two ways the Activity schema names a point in `entities`. */
const geoEntity = z.object({ type: z.literal("GeoCoordinates"), name: z.string().nullish(), ...point.shape });
const placeEntity = z.object({ type: z.literal("Place"), name: z.string().nullish(), geo: point });
const choiceValue = z.object({ choiceId: z.string().min(1).max(500) });

/** `flow/verb` or `flow/verb/argument`. */
const CHOICE_ID = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*(?:\/[^\s]+)?$/;
const JOIN_EVENTS = new Set(["webchat/join", "startConversation"]);
/** Types of the Activity schema that carry nothing said by a citizen. */
const SILENT = new Set(
  `typing endOfConversation contactRelationUpdate messageUpdate messageDelete messageReaction installationUpdate
   deleteUserData invoke invokeResponse suggestion trace command commandResult handoff delay`.split(/\s+/),
);

/** Reads one activity of a Direct Line client ("Direct Line API 3.0 reference", Send an activity to the bot). Pure. */
export function parseActivity(body: unknown, options: ParseOptions): ParsedActivity {
  const result = activity.safeParse(body);
  if (!result.success) {
    const fields = result.error.issues.map((issue) => issue.path.join(".") || "body");
    return { kind: "refused", reason: "malformed", detail: [...new Set(fields)].join(", ") };
  }
  const incoming = result.data;
  if ((incoming.text?.length ?? 0) > options.maxTextLength) {
    return { kind: "refused", reason: "too-long", detail: `text over ${options.maxTextLength}` };
  }
  switch (incoming.type) {
    case "message":
      return parseMessage(incoming, options);
    case "event":
      return JOIN_EVENTS.has(incoming.name ?? "") ? spoken(incoming, { kind: "joined" }, options) : { kind: "ignored" };
    case "conversationUpdate":
      return spoken(incoming, { kind: "joined" }, options);
    default:
      if (SILENT.has(incoming.type)) return { kind: "ignored" };
      return spoken(incoming, { kind: "unsupported", what: `activity:${incoming.type}` }, options);
  }
}

/** The same activity with its files stored: they become its content, and its echo shows them. */
export function attachMedia(said: SpokenActivity, media: Media[]): SpokenActivity {
  const text = (said.content.kind === "text" ? said.content.text : said.echo.text)?.trim() || undefined;
  const attachments = media.map(({ id, mimeType, name }) => ({
    contentType: mimeType,
    contentUrl: `/media/${id}`,
    name,
  }));
  return { ...said, files: [], content: { kind: "media", media, text }, echo: { ...said.echo, attachments } };
}

function parseMessage(incoming: Incoming, options: ParseOptions): ParsedActivity {
  const attachments = options.uploaded ? [] : (incoming.attachments ?? []);
  const read = attachments.map((item) => ({ url: item.contentUrl ?? "", file: dataFile(item) }));
  const files = read.flatMap(({ file }) => file ?? []);
  // A link is never fetched for a stranger (it could point into our own network); its address is still something said.
  const links = read.filter(({ file }) => file === undefined).map(({ url }) => url);
  const words = incoming.text?.trim() ? incoming.text.toWellFormed() : undefined;
  const content = readContent(incoming, words, links);
  if (content) return { ...spoken(incoming, content, options), files };
  if (files.length > 0 || options.uploaded)
    return { ...spoken(incoming, { kind: "text", text: links.filter(isLink).join("\n") }, options), files };
  if (links.length > 0) return spoken(incoming, { kind: "unsupported", what: "attachment" }, options);
  return incoming.value === undefined || incoming.value === null
    ? { kind: "refused", reason: "empty", detail: "no text, value, location or attachment" }
    : spoken(incoming, { kind: "unsupported", what: "value" }, options);
}

function readContent(incoming: Incoming, words: string | undefined, links: string[]): InboundContent | undefined {
  const choiceId = readChoice(incoming, words);
  if (choiceId !== undefined) return { kind: "choice", choiceId, label: words === choiceId ? undefined : words };
  const place = readPoint(incoming);
  if (place) return { kind: "location", point: labelled(place, words) };
  const text = words ?? (typeof incoming.value === "string" && incoming.value.trim() ? incoming.value : undefined);
  return text === undefined ? undefined : { kind: "text", text: [text, ...links.filter(isLink)].join("\n") };
}

const isLink = (url: string) => /^https?:\/\//i.test(url);

/** A button that was pressed; words that only look like one are words. */
function readChoice({ channelData, value }: Incoming, words: string | undefined): string | undefined {
  const named = [channelData?.choiceId, choiceValue.safeParse(value).data?.choiceId, value].find(isChoiceId);
  return named ?? (channelData?.postBack && isChoiceId(words) ? words : undefined);
}

const isChoiceId = (value: unknown): value is string => typeof value === "string" && CHOICE_ID.test(value);

type Point = z.infer<typeof point>;

function readPoint({ channelData, entities }: Incoming): Point | undefined {
  if (channelData?.location) return wgs84(channelData.location);
  for (const entity of entities ?? []) {
    const geo = geoEntity.safeParse(entity).data;
    if (geo) return { ...geo, label: geo.label ?? geo.name };
    const place = placeEntity.safeParse(entity).data;
    if (place) return { ...place.geo, label: place.name };
  }
  return undefined;
}

/** Clients that pick a place on a map of China (wx.chooseLocation) mark it, and say what the map says. */
const wgs84 = (marked: Point): Point => (marked.system === "gcj02" ? fromGcj02(marked) : marked);

/** Words sent along with a point are kept in its label. */
function labelled({ latitude, longitude, label }: Point, words: string | undefined): GeoPoint {
  const parts = [label, words && !(label && words.includes(label)) ? words : undefined];
  return { latitude, longitude, label: parts.filter(Boolean).join(" ") || undefined };
}

function dataFile({ contentUrl, name }: z.infer<typeof attachment>): DataFile | undefined {
  const [, base64, data] = /^data:[^,]*?(;base64)?,(.*)$/s.exec(contentUrl ?? "") ?? [];
  if (data === undefined) return undefined;
  try {
    const bytes = base64 ? Buffer.from(data, "base64") : Buffer.from(decodeURIComponent(data), "utf8");
    return { bytes, name: name ?? undefined };
  } catch {
    return undefined;
  }
}

function spoken(incoming: Incoming, content: InboundContent, { at }: ParseOptions): SpokenActivity {
  const { type, id, name, text, value, locale, from, channelData } = incoming;
  // Nobody but the bot may look like the bot.
  const fromId = from?.id && from.id !== "bot" ? from.id : "user";
  const key = channelData?.clientActivityID ?? id ?? undefined;
  const echo: ActivityDraft = {
    type,
    timestamp: at.toISOString(),
    from: { id: fromId, name: from?.name ?? undefined, role: "user" },
    name: name ?? undefined,
    text: text?.toWellFormed(),
    textFormat: type === "message" ? "plain" : undefined,
    locale: locale ?? undefined,
    value: typeof value === "string" ? value : undefined,
    channelData: channelData ? { ...channelData, location: channelData.location ?? undefined } : undefined,
  };
  return { kind: "spoken", key, content, files: [], echo };
}
