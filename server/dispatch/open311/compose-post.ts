import type { Media, Request } from "../../../bots/model/index.ts";
import { KIND_LABELS } from "../../../flows/text/labels.ts";
import { attributeCodes, MAX_TEXT, sourceLine } from "../../http/open311/vocabulary.ts";

/** A request as Open311 fields, and the rest of a long description, to follow as updates. */
export interface Post {
  fields: Record<string, string | undefined>;
  rest: string[];
}

interface PostContext {
  serviceCode: string;
  /** Attribute codes that the service defines; what it does not define is written into the description. */
  attributes: ReadonlySet<string>;
  /** A public address of an upload, where there is one. */
  mediaUrl?: (media: Media) => string;
}

/**
 * Nothing the citizen said is left out: it goes into a field where there is one and into the description where there is not.
 * The identity of somebody who wants it withheld goes only to a system that defines the attribute for that wish.
 */
export function composePost(request: Request, { serviceCode, attributes, mediaUrl }: PostContext): Post {
  const { place, contact, evidence } = request;
  const [description, ...rest] = withinLimit(
    [request.description, ...lines(request, attributes, mediaUrl)],
    request.id,
  );
  const withheld = isConfidential(request) && !attributes.has(attributeCodes.confidential);
  return {
    rest,
    fields: {
      service_code: serviceCode,
      description,
      lat: place?.point && String(place.point.latitude),
      long: place?.point && String(place.point.longitude),
      address_string: place?.text || (place ? undefined : "未提供地点"),
      address_id: (place?.community ?? place?.subdistrict ?? place?.district)?.code,
      first_name: withheld ? undefined : contact?.name,
      phone: withheld ? undefined : contact?.phone,
      media_url: mediaUrl && evidence[0] && mediaUrl(evidence[0]),
      ...attributeFields(request, attributes),
    },
  };
}

const isConfidential = (request: Request): boolean => request.confidential || request.kind === "report";

function attributeFields(request: Request, attributes: ReadonlySet<string>): Record<string, string | undefined> {
  const values: Record<string, string | undefined> = {
    [attributeCodes.kind]: request.kind,
    [attributeCodes.occurredAt]: request.occurredAt,
    [attributeCodes.wants]: request.wants,
    [attributeCodes.confidential]: isConfidential(request) ? "yes" : "no",
  };
  const defined = Object.entries(values).filter(([code]) => attributes.has(code));
  return Object.fromEntries(defined.map(([code, value]) => [`attribute[${code}]`, value]));
}

function lines(request: Request, attributes: ReadonlySet<string>, mediaUrl: PostContext["mediaUrl"]): string[] {
  const unless = (code: string, line: string | undefined) => (attributes.has(code) || line === undefined ? [] : [line]);
  const { evidence } = request;
  const related = request.follows ?? request.joins;
  return [
    ...(related === undefined ? [] : [`相关工单：${related}`]),
    ...unless(attributeCodes.kind, `诉求类型：${KIND_LABELS[request.kind]}`),
    ...unless(attributeCodes.occurredAt, request.occurredAt && `发生时间：${request.occurredAt}`),
    ...unless(attributeCodes.wants, request.wants && `诉求目的：${request.wants}`),
    ...(request.company ? [`企业：${request.company.name}（信用代码 ${request.company.creditCode ?? "待补"}）`] : []),
    ...unless(attributeCodes.confidential, isConfidential(request) ? "诉求人要求身份保密" : undefined),
    // The first has a field of its own.
    ...mediaLines(mediaUrl ? evidence.slice(1) : evidence, mediaUrl),
  ];
}

/** Files as lines of a text: their addresses, or how many there are where they have none. */
export function mediaLines(media: Media[], mediaUrl: PostContext["mediaUrl"]): string[] {
  if (mediaUrl) return media.map((each) => `附件链接：${mediaUrl(each)}`);
  return media.length > 0 ? [`附件：${media.length}个，保存在来源系统`] : [];
}

/** The description with the source line at its end, and what did not fit into it, in pieces that fit into an update. */
function withinLimit(parts: string[], requestId: string): string[] {
  const text = parts.join("\n");
  const tail = `\n${sourceLine(requestId)}`;
  if (text.length + tail.length <= MAX_TEXT) return [text + tail];
  const note = "\n（内容较长，续见补充）";
  const [first = "", after = ""] = cutAt(text, MAX_TEXT - tail.length - note.length);
  return [first + note + tail, ...pieces(after, MAX_TEXT - 100)];
}

/** Cuts into pieces of at most `limit` UTF-16 code units; put together again they are the text. */
export function pieces(text: string, limit: number): string[] {
  const result: string[] = [];
  for (let rest = text; rest !== ""; ) {
    const [piece, after] = cutAt(rest, limit);
    result.push(piece);
    rest = after;
  }
  return result;
}

/** Never between the halves of a surrogate pair. */
function cutAt(text: string, limit: number): [string, string] {
  if (text.length <= limit) return [text, ""];
  const code = text.charCodeAt(limit - 1);
  const at = code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit;
  return [text.slice(0, at), text.slice(at)];
}
