import type { DataFile } from "../../../adapters/web/index.ts";
import type { Media } from "../../../bots/model/index.ts";
import { type MediaStore, type Refusal, refusalText } from "../../media/index.ts";
import { HttpRefusal } from "./refusal.ts";
import type { Visited } from "./tokens.ts";

export interface Files {
  /** All of them or none: throws 413, 415 or 400 with a sentence for the citizen when one cannot be taken. */
  keep(files: DataFile[], owner: { channel: Visited; userId: string }): Promise<Media[]>;
  refuse(refusal: Refusal): HttpRefusal;
}

export function createFiles(media: MediaStore): Files {
  function refuse(refusal: Refusal): HttpRefusal {
    const message = refusalText(refusal, media.limits.maxBytes);
    switch (refusal) {
      case "empty":
      case "broken":
        return new HttpRefusal(400, "BadArgument", message);
      case "too-big":
        return new HttpRefusal(413, "MessageSizeTooBig", message);
      case "not-allowed":
      case "not-what-it-says":
        return new HttpRefusal(415, "NotSupported", message);
      default:
        throw new Error("unknown refusal", { cause: refusal satisfies never });
    }
  }

  return {
    refuse,
    async keep(files, { channel, userId }) {
      for (const { bytes, name } of files) {
        const refusal = await media.check(bytes, name);
        if (refusal) throw refuse(refusal);
      }
      const kept: Media[] = [];
      for (const { bytes, name } of files) {
        const result = await media.keep(bytes, { name, owner: { channel, userId } });
        if ("refused" in result) throw refuse(result.refused);
        kept.push(result);
      }
      return kept;
    },
  };
}
