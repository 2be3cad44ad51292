import type { IncomingMessage } from "node:http";
import { pipeline } from "node:stream/promises";
import { Router } from "express";
import type { Media } from "../../bots/model/index.ts";
import type { MediaStore } from "../media/index.ts";
import type { MediaLinks } from "../media/link.ts";

/** The pictures that every browser draws and none runs. */
const SHOWN_INLINE = new Set(["image/jpeg", "image/png", "image/apng", "image/gif", "image/webp"]);

/**
 * `GET /{id}`: an upload, back to the visitor who sent it, and to who holds a signed link (`?k=…`, as the dispatch system gets it); to
 * others it is not there. To be mounted at `/media`. `identify` tells which visitor asks.
 */
export function createMediaRouter(options: {
  media: MediaStore;
  identify(request: IncomingMessage): Promise<string | undefined>;
  links: MediaLinks;
}): Router {
  const { media, identify, links } = options;
  const router = Router();
  router.get("/:id", async (request, response) => {
    const isSigned = links.isSigned(request.params.id, request.query.k);
    const userId = isSigned ? undefined : await identify(request);
    if (!isSigned && userId === undefined) {
      response.status(401).json({ error: { code: "Unauthorized", message: "请从会话中打开这个文件。" } });
      return;
    }
    const found = await media.read(request.params.id);
    const isOwner = found?.owner?.channel === "web" && found.owner.userId === userId;
    if (!found || !(isSigned || isOwner)) {
      found?.stream.destroy();
      response.status(404).json({ error: { code: "NotFound", message: "找不到这个文件。" } });
      return;
    }
    response.set(uploadHeaders(found.media));
    await pipeline(found.stream, response).catch((error: unknown) => {
      // A reader who goes away in the middle is no fault; before the first byte, the file could not be opened.
      if (!response.headersSent) throw error;
    });
  });
  return router;
}

/** For sending an upload to a browser: never run, never sniffed, under its own name. */
export function uploadHeaders({ mimeType, sizeBytes, name }: Media): Record<string, string> {
  const place = SHOWN_INLINE.has(mimeType) ? "inline" : "attachment";
  const fileName = name === undefined ? "" : `; filename*=UTF-8''${encodeFileName(name)}`;
  return {
    "Content-Type": mimeType === "text/plain" ? "text/plain; charset=utf-8" : mimeType,
    "Content-Length": String(sizeBytes),
    "Content-Disposition": `${place}${fileName}`,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=3600",
  };
}

/** RFC 8187, 3.2.1: these four are left alone by encodeURIComponent but not allowed in the header. */
const encodeFileName = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
