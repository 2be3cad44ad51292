import type { Request, Response } from "express";
import type { Media } from "../../bots/model/index.ts";

/** The pictures that every browser draws and none runs. */
const SHOWN_INLINE = new Set(["image/jpeg", "image/png", "image/apng", "image/gif", "image/webp"]);

/**
 * An upload to a browser: never run, never sniffed, under its own name. One range is answered as such (RFC 9110, 14.2): players
 * of films ask for a few bytes first, and some play nothing without. Several at once get the whole.
 */
export function sendUpload(
  request: Request,
  response: Response,
  { media, bytes, cacheControl }: { media: Media; bytes: Buffer; cacheControl: string },
): void {
  response.set({ ...uploadHeaders(media), "Cache-Control": cacheControl });
  const ranges = request.range(bytes.length);
  if (ranges === -1) {
    response.status(416).set("Content-Range", `bytes */${bytes.length}`).end();
    return;
  }
  const [range] = Array.isArray(ranges) && ranges.type === "bytes" && ranges.length === 1 ? ranges : [];
  if (!range) {
    response.end(bytes);
    return;
  }
  const { start, end } = range;
  response.status(206).set("Content-Range", `bytes ${start}-${end}/${bytes.length}`);
  response.end(bytes.subarray(start, end + 1));
}

function uploadHeaders({ mimeType, name }: Media): Record<string, string> {
  const place = SHOWN_INLINE.has(mimeType) ? "inline" : "attachment";
  const fileName = name === undefined ? "" : `; filename*=UTF-8''${encodeFileName(name)}`;
  return {
    "Content-Type": mimeType === "text/plain" ? "text/plain; charset=utf-8" : mimeType,
    "Content-Disposition": `${place}${fileName}`,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Accept-Ranges": "bytes",
  };
}

/** RFC 8187, 3.2.1: these four are left alone by encodeURIComponent but not allowed in the header. */
const encodeFileName = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
