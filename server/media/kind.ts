import { fileTypeFromBuffer } from "file-type";
import type { MediaType } from "../../bots/model/index.ts";
import { extensionOf } from "./file-name.ts";

export interface FileKind {
  mediaType: MediaType;
  mimeType: string;
}

/** Why a file was not taken. Each has a sentence for the citizen in `refusalText`. */
export type Refusal = "empty" | "too-big" | "not-allowed" | "not-what-it-says" | "broken";

const OFFICE = "application/vnd.openxmlformats-officedocument";

/** What is taken, by the type found in the bytes. iPhones record QuickTime. */
const ALLOWED: Record<string, MediaType> = {
  "image/jpeg": "image",
  "image/png": "image",
  "image/apng": "image",
  "image/gif": "image",
  "image/webp": "image",
  "image/heic": "image",
  "image/heif": "image",
  "audio/mpeg": "voice",
  "audio/amr": "voice",
  "audio/wav": "voice",
  "audio/x-m4a": "voice",
  "audio/mp4": "voice",
  "audio/ogg": "voice",
  "video/mp4": "video",
  "video/quicktime": "video",
  "application/pdf": "file",
  [`${OFFICE}.wordprocessingml.document`]: "file",
  [`${OFFICE}.spreadsheetml.sheet`]: "file",
  [`${OFFICE}.presentationml.presentation`]: "file",
};

/** What the name promises; an ending that is not listed promises nothing. */
const PROMISED: Record<string, MediaType> = {
  ...promise("image", "jpg jpeg png apng gif webp heic heif"),
  ...promise("voice", "mp3 amr wav m4a ogg oga opus"),
  ...promise("video", "mp4 m4v mov"),
  ...promise("file", "pdf docx xlsx pptx txt text md csv log"),
};
const TEXT_ENDINGS = new Set(["", "txt", "text", "md", "csv", "log"]);

/** Finds out what a file is from its bytes; name and headers are only asked whether they contradict it. */
export async function kindOfFile(bytes: Uint8Array, name: string | undefined): Promise<FileKind | Refusal> {
  const ending = extensionOf(name ?? "");
  const promised = PROMISED[ending];
  const found = await fileTypeFromBuffer(bytes);
  const mimeType = found?.mime.split(";")[0]?.trim();
  if (mimeType === undefined) return kindOfText(bytes, ending, promised);
  const mediaType = Object.hasOwn(ALLOWED, mimeType) ? ALLOWED[mimeType] : undefined;
  if (mediaType !== undefined && (promised === undefined || promised === mediaType)) return { mediaType, mimeType };
  return promised === undefined ? "not-allowed" : "not-what-it-says";
}

/** Markup is not plain text: a browser could be made to run it. */
function kindOfText(bytes: Uint8Array, ending: string, promised: MediaType | undefined): FileKind | Refusal {
  const refusal: Refusal = promised === undefined ? "not-allowed" : "not-what-it-says";
  if (!TEXT_ENDINGS.has(ending)) return refusal;
  const text = decodeUtf8(bytes);
  if (text === undefined || text.includes("\0") || /^\s*</u.test(text)) return refusal;
  return { mediaType: "file", mimeType: "text/plain" };
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function promise(mediaType: MediaType, endings: string): Record<string, MediaType> {
  return Object.fromEntries(endings.split(" ").map((ending) => [ending, mediaType]));
}

export function refusalText(refusal: Refusal, maxBytes: number): string {
  switch (refusal) {
    case "empty":
      return "这个文件是空的，请重新选择。";
    case "too-big":
      return `文件太大了，每个文件不能超过 ${Math.floor(maxBytes / 1024 / 1024)} MB。可以压缩后再发，或者用文字说明。`;
    case "not-allowed":
      return "暂时不能接收这种文件。可以发送图片、录音、MP4 视频、PDF、Word、Excel、PPT 或纯文本。";
    case "not-what-it-says":
      return "文件的内容和它的类型对不上，没有接收。请检查后重新发送，或者换一种格式。";
    case "broken":
      return "这张图片打不开，可能没有传完整。请重新发送，或者换一张。";
    default:
      throw new Error("unknown refusal", { cause: refusal satisfies never });
  }
}
