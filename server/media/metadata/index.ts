import type { Cleaned } from "./cleaned.ts";
import { cleanGif } from "./gif.ts";
import { cleanHeic } from "./heic.ts";
import { cleanJpeg } from "./jpeg.ts";
import { cleanMovie } from "./movie.ts";
import { cleanPng } from "./png.ts";
import { cleanWebp } from "./webp.ts";

type Cleaner = (bytes: Buffer) => Cleaned | undefined;

const CLEANERS: Record<string, Cleaner> = {
  "image/jpeg": cleanJpeg,
  "image/png": cleanPng,
  "image/apng": cleanPng,
  "image/gif": cleanGif,
  "image/webp": cleanWebp,
  "image/heic": cleanHeic,
  "image/heif": cleanHeic,
  "video/mp4": cleanMovie,
  "video/quicktime": cleanMovie,
  "audio/mp4": cleanMovie,
  "audio/x-m4a": cleanMovie,
};

/**
 * The file without the notes of the device that made it (position, maker, time, thumbnails), and the position that was among
 * them. Pictures and films stay as they are, not encoded anew; documents and other sounds come back untouched. Undefined when
 * a picture has no picture in it.
 */
export function withoutMetadata(bytes: Buffer, mimeType: string): Cleaned | undefined {
  const cleaner = Object.hasOwn(CLEANERS, mimeType) ? CLEANERS[mimeType] : undefined;
  return cleaner ? cleaner(bytes) : { bytes };
}
