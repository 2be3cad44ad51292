import type { IncomingMessage } from "node:http";
import { Router } from "express";
import type { MediaStore } from "../media/index.ts";
import type { MediaLinks } from "../media/link.ts";
import type { Visitor } from "./direct-line/index.ts";
import { sendUpload } from "./send-upload.ts";

/**
 * `GET /{id}`: an upload, back to the visitor who sent it, and to who holds a signed link (`?k=…`, as the dispatch system gets it); to
 * others it is not there. To be mounted at `/media`. `identify` tells which visitor asks.
 */
export function createMediaRouter(options: {
  media: MediaStore;
  identify(request: IncomingMessage): Promise<Visitor | undefined>;
  links: MediaLinks;
}): Router {
  const { media, identify, links } = options;
  const router = Router();
  router.get("/:id", async (request, response) => {
    const isSigned = links.isSigned(request.params.id, request.query.k);
    const visitor = isSigned ? undefined : await identify(request);
    if (!isSigned && visitor === undefined) {
      response.status(401).json({ error: { code: "Unauthorized", message: "请从会话中打开这个文件。" } });
      return;
    }
    const found = media.find(request.params.id);
    const isOwner = found?.owner?.channel === visitor?.channel && found?.owner?.userId === visitor?.userId;
    if (!found || !(isSigned || (visitor && isOwner))) {
      response.status(404).json({ error: { code: "NotFound", message: "找不到这个文件。" } });
      return;
    }
    const bytes = await found.bytes();
    sendUpload(request, response, { media: found.media, bytes, cacheControl: "private, max-age=3600" });
  });
  return router;
}
