import type { GeoPoint } from "../../../bots/model/index.ts";
import { type Box, blank, boxesIn, boxNamed } from "./boxes.ts";
import type { Cleaned } from "./cleaned.ts";
import { validPoint } from "./exif.ts";

/** Boxes that a picture or a sound needs, by what they lie in; all others are emptied, known (udta, meta, uuid) or not. */
const NEEDED = {
  file: new Set("ftyp styp moov moof mdat mfra sidx ssix pdin wide free skip".split(" ")),
  movie: new Set("mvhd trak mvex iods".split(" ")),
  track: new Set("tkhd tref edts mdia tapt load".split(" ")),
};
const TIMED = new Set(["mvhd", "tkhd", "mdhd"]);
/** Picture, sound, subtitles, time code. Other tracks are notes of the camera: positions along the way, movements, faces. */
const SHOWN_TRACKS = new Set("vide soun text sbtl subt clcp tmcd".split(" "));
/** ISO 6709 as phones write it: "+39.9962+116.4803/". */
const POSITION = /([+-]\d{1,2}\.\d+)([+-]\d{1,3}\.\d+)/;
const SEARCHED_BYTES = 65_536;

/** An MP4, QuickTime or M4A file without the notes of the device: in place, so that the film itself stays as it is. */
export function cleanMovie(given: Buffer): Cleaned {
  const bytes = Buffer.from(given);
  let position: GeoPoint | undefined;
  const empty = (box: Box) => {
    position ??= positionIn(box);
    blank(box);
  };
  for (const box of boxesIn(bytes)) {
    if (!NEEDED.file.has(box.type) || isSpare(box)) empty(box);
    if (box.type === "moov") cleanParts(box.body, empty);
  }
  return { bytes, ...(position ? { position } : {}) };
}

const isSpare = ({ type }: Box): boolean => type === "free" || type === "skip";

function cleanParts(movie: Buffer, empty: (box: Box) => void): void {
  for (const box of boxesIn(movie)) {
    if (!NEEDED.movie.has(box.type) || (box.type === "trak" && !isShown(box))) empty(box);
    else if (box.type === "trak") cleanTrack(box.body, empty);
    else if (TIMED.has(box.type)) forgetTimes(box.body);
  }
}

function cleanTrack(track: Buffer, empty: (box: Box) => void): void {
  for (const box of boxesIn(track)) {
    if (!NEEDED.track.has(box.type)) empty(box);
    if (box.type === "tkhd") forgetTimes(box.body);
    const header = box.type === "mdia" ? boxNamed("mdhd", box.body) : undefined;
    if (header) forgetTimes(header.body);
  }
}

function isShown(track: Box): boolean {
  const media = boxNamed("mdia", track.body);
  const handler = media && boxNamed("hdlr", media.body);
  return !handler || SHOWN_TRACKS.has(handler.body.toString("latin1", 8, 12));
}

/** When it was made and changed: eight bytes after the version, sixteen in version 1. */
const forgetTimes = (body: Buffer): Buffer => body.fill(0, 4, Math.min(body.length, body[0] === 1 ? 20 : 12));

function positionIn({ body }: Box): GeoPoint | undefined {
  const found = POSITION.exec(body.toString("latin1", 0, SEARCHED_BYTES));
  return found ? validPoint(Number(found[1]), Number(found[2])) : undefined;
}
