import type { InboundContent, Json, Media, MediaType } from "../bots/model/index.ts";

/** An upload as a dialogue keeps it: without where it was taken, which is asked about and otherwise forgotten. */
export type MediaValue = { [Key in keyof Kept]: Kept[Key] };
type Kept = Omit<Media, "position">;

export type MediaContent = Extract<InboundContent, { kind: "media" }>;

/** With so many a case worker can still look at all of them. */
export const MAX_ATTACHMENTS = 20;

/** What became of the files of one message. */
export interface Attached {
  all: MediaValue[];
  added: MediaValue[];
  /** Had been there before. */
  repeated: number;
  /** Found no room any more. */
  surplus: number;
}

/** Each file once, as far as there is room; the same bytes of the same citizen have the same id. */
export function attachTo(known: readonly MediaValue[], media: readonly Media[]): Attached {
  const ids = new Set(known.map(({ id }) => id));
  const fresh = media.filter(({ id }) => !ids.has(id) && ids.add(id));
  const added = fresh.slice(0, Math.max(0, MAX_ATTACHMENTS - known.length)).map(storable);
  return {
    all: [...known, ...added],
    added,
    repeated: media.length - fresh.length,
    surplus: fresh.length - added.length,
  };
}

/** Nothing but voice, and no words beside it. */
export const isOnlyVoice = ({ media, text }: MediaContent): boolean =>
  !text && media.length > 0 && media.every(({ mediaType }) => mediaType === "voice");

function storable({ position: _position, ...media }: Media): MediaValue {
  return media;
}

const TYPES: MediaType[] = ["image", "voice", "video", "file"];

/** What an older state had kept, as far as it still has the shape. */
export function restoreAttachments(saved: Json | undefined): MediaValue[] {
  return Array.isArray(saved) ? saved.flatMap(restoreOne) : [];
}

function restoreOne(saved: Json): MediaValue[] {
  if (typeof saved !== "object" || saved === null || Array.isArray(saved)) return [];
  const { id, mediaType, mimeType, sizeBytes, name } = saved;
  if (typeof id !== "string" || typeof mimeType !== "string" || typeof sizeBytes !== "number") return [];
  const type = TYPES.find((each) => each === mediaType) ?? "file";
  return [{ id, mediaType: type, mimeType, sizeBytes, ...(typeof name === "string" ? { name } : {}) }];
}
