import { isRetryable } from "../../bots/errors.ts";
import type { ChannelName, InboundContent } from "../../bots/model/index.ts";
import type { Logger } from "../../bots/ports.ts";
import type { MediaStore } from "../media/index.ts";
import { reasonOf } from "../outbox/reason.ts";
import { AGAIN_MS, pause } from "./take-in.ts";

/** WeChat's platforms ask three times, five seconds apart: within these a file has to have come. */
const FETCH_MS = 11_000;
const LAST_WAIT_MS = 4_000;

/** The citizen is told, and can send it again. */
const NOT_RECEIVED: InboundContent = { kind: "unsupported", what: "not-received" };

type Download = (
  mediaId: string,
  maxBytes: number,
) => Promise<{ kind: "refused"; code: number; why: string } | { kind: "file"; bytes: Buffer }>;

export interface FetchParts {
  channel: ChannelName;
  download: Download;
  media: Pick<MediaStore, "keep" | "limits">;
  log: Logger;
}

export interface FileToFetch {
  messageId: string;
  mediaId: string;
  userId: string;
}

/** Fetches a file of a message from the platform and keeps it; tries again after passing faults. Never rejects for them. */
export async function fetchFile(parts: FetchParts, file: FileToFetch): Promise<InboundContent> {
  const until = Date.now() + FETCH_MS;
  for (const waitMs of [...AGAIN_MS, LAST_WAIT_MS]) {
    try {
      return await fetched(parts, file);
    } catch (error) {
      parts.log.warn(`${parts.channel}.file-not-fetched`, { messageId: file.messageId, reason: reasonOf(error) });
      if (!isRetryable(error) || Date.now() + waitMs > until) break;
      await pause(waitMs);
    }
  }
  return NOT_RECEIVED;
}

async function fetched({ channel, download, media, log }: FetchParts, file: FileToFetch): Promise<InboundContent> {
  const { messageId, mediaId, userId } = file;
  const got = await download(mediaId, media.limits.maxBytes);
  if (got.kind === "refused") {
    log.warn(`${channel}.file-refused`, { messageId, code: got.code, reason: got.why });
    return NOT_RECEIVED;
  }
  const kept = await media.keep(got.bytes, { owner: { channel, userId } });
  if (!("refused" in kept)) return { kind: "media", media: [kept] };
  log.warn(`${channel}.file-not-kept`, { messageId, reason: kept.refused });
  return NOT_RECEIVED;
}
