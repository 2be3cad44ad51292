/** What one activity says, shows and points at. Pure. */
import { z } from "zod";
import type { GeoPoint, InboundContent } from "../../bots/model/index.ts";
import { type Incoming, point } from "./activity.ts";

/** A file that is to be fetched. `isOpen`: its address itself opens it, for a while, to whoever knows it. */
export interface FileSent {
  url: string;
  isOpen: boolean;
  name?: string;
}

const mentionShape = z.looseObject({
  type: z.literal("mention"),
  mentioned: z.looseObject({ id: z.string() }),
  text: z.string().nullish(),
});

const mentionsOfBot = ({ entities, recipient }: Incoming) =>
  (entities ?? []).flatMap((entity) => {
    const mention = mentionShape.safeParse(entity).data;
    return mention && mention.mentioned.id === recipient?.id ? [mention] : [];
  });

export const isMentioned = (incoming: Incoming): boolean => mentionsOfBot(incoming).length > 0;

/** What was said to the bot, without its name in it ("Channel and group conversations with a bot", Microsoft Teams). */
export function wordsOf(incoming: Incoming): string {
  const names = mentionsOfBot(incoming).map(({ text }) => text ?? "");
  const rest = names.reduce((text, name) => (name === "" ? text : text.replaceAll(name, " ")), incoming.text ?? "");
  return rest
    .replace(/<\/?at(?:\s[^<>]{0,200})?>/gi, "")
    .replaceAll("\u00a0", " ")
    .toWellFormed()
    .trim();
}

/** `flow/verb` or `flow/verb/argument`. */
const CHOICE_ID = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*(?:\/[^\s]+)?$/;
const pressedShape = z.looseObject({ choice: z.string().max(500).regex(CHOICE_ID), label: z.string().nullish() });

/** What stood behind a button of ours; some clients hand it back as text. */
export function choiceIn(value: unknown): InboundContent | undefined {
  const pressed = pressedShape.safeParse(typeof value === "string" ? parsed(value) : value).data;
  if (!pressed) return undefined;
  return { kind: "choice", choiceId: pressed.choice, ...(pressed.label ? { label: pressed.label } : {}) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** GeoCoordinates and Place of schema.org, the two ways the Activity schema names a point. */
const geoEntity = point.extend({ type: z.literal("GeoCoordinates"), name: z.string().nullish() });
const placeEntity = z.looseObject({ type: z.literal("Place"), geo: point, name: z.string().nullish() });

export function pointIn({ entities }: Incoming): GeoPoint | undefined {
  for (const entity of entities ?? []) {
    const place = placeEntity.safeParse(entity).data;
    const geo = place?.geo ?? geoEntity.safeParse(entity).data;
    if (!geo) continue;
    const label = place?.name ?? (typeof geo.name === "string" ? geo.name : undefined);
    return { latitude: geo.latitude, longitude: geo.longitude, ...(label ? { label } : {}) };
  }
  return undefined;
}

const downloadShape = z.looseObject({ downloadUrl: z.url({ protocol: /^https?$/ }) });
/** "Send and receive files through the bot", Microsoft Teams. */
const TEAMS_FILE = "application/vnd.microsoft.teams.file.download.info";

/** Cards, and the formatted twin that Teams sends of every text, are no files. */
export function filesIn({ attachments }: Incoming): FileSent[] {
  return (attachments ?? []).slice(0, 20).flatMap(({ contentType, contentUrl, name, content }): FileSent[] => {
    const named = name ? { name } : {};
    if (contentType === TEAMS_FILE) {
      const download = downloadShape.safeParse(content).data;
      return download ? [{ url: download.downloadUrl, isOpen: true, ...named }] : [];
    }
    if (!contentUrl || /^text\/html$|^application\/vnd\.microsoft\.(?:card|teams)/i.test(contentType ?? "")) return [];
    return [{ url: contentUrl, isOpen: false, ...named }];
  });
}
