import { UnreadableFile } from "./fault.ts";
import type { Format } from "./formats.ts";
import type { ReadLimits } from "./limits.ts";

const BY_EXTENSION: Readonly<Record<string, Format>> = {
  docx: "docx",
  docm: "docx",
  pdf: "pdf",
  xlsx: "xlsx",
  xlsm: "xlsx",
  csv: "csv",
  tsv: "csv",
  md: "markdown",
  markdown: "markdown",
  html: "html",
  htm: "html",
  txt: "text",
  jsonl: "jsonl",
  ndjson: "jsonl",
};

/** What begins a file, as text of one byte each. */
const head = (bytes: Uint8Array, length = 1024): string => Buffer.from(bytes.subarray(0, length)).toString("latin1");

/** [MS-CFB] 2.2: the signature of what Office wrote before 2007, and of what it encrypts today. */
const OLE = "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1";

/**
 * What a file is, by its bytes first and its name where the bytes leave it open. Throws UnreadableFile for what cannot be read, and
 * where the name promises something else.
 */
export function detectFormat(bytes: Uint8Array, name: string, limits: ReadLimits): Format {
  if (bytes.length === 0) throw new UnreadableFile({ kind: "empty" });
  if (bytes.length > limits.fileBytes) {
    throw new UnreadableFile({ kind: "too-big", maxMb: Math.floor(limits.fileBytes / 1024 / 1024) });
  }
  const extension = /\.([^.\s]+)$/u.exec(name)?.[1]?.toLowerCase() ?? "";
  const promised = Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined;
  const binary = byBytes(bytes);
  if (binary) {
    if (promised !== undefined && promised !== binary.format) {
      throw new UnreadableFile({ kind: "wrong-extension", extension, found: binary.name });
    }
    return binary.format;
  }
  if (promised === "docx" || promised === "xlsx" || promised === "pdf") {
    throw new UnreadableFile(looksLikeText(bytes) ? wrong(extension) : { kind: "damaged", format: promised });
  }
  return promised ?? byText(bytes);
}

const wrong = (extension: string) => ({ kind: "wrong-extension" as const, extension, found: "文本" });

function byBytes(bytes: Uint8Array): { format: Format; name: string } | undefined {
  const start = head(bytes);
  if (start.startsWith(OLE)) throw new UnreadableFile({ kind: isEncrypted(bytes) ? "password" : "old-office" });
  // "PDF 32000-1" 7.5.2 wants it first; readers take it anywhere in the first 1024 bytes.
  if (start.includes("%PDF-")) return { format: "pdf", name: " PDF" };
  if (!start.startsWith("PK\u0003\u0004")) return undefined;
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.includes("word/document")) return { format: "docx", name: " Word 文档" };
  if (all.includes("xl/workbook")) return { format: "xlsx", name: " Excel 表格" };
  throw new UnreadableFile({ kind: "unknown-format" });
}

/** [MS-OFFCRYPTO] 2.3.2: an encrypted document is a compound file with a stream of this name, in UTF-16. */
const isEncrypted = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from("EncryptedPackage", "utf16le"));

const looksLikeText = (bytes: Uint8Array): boolean => !/[\u0000-\u0008]/.test(head(bytes, 512));

/** A text without a telling name. */
function byText(bytes: Uint8Array): Format {
  const start = head(bytes)
    .replace(/^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, "")
    .trimStart();
  if (/^\{\s*"/.test(start)) return "jsonl";
  if (/^<(!doctype html|html|head|body|meta|div|p|h\d|table)\b/i.test(start)) return "html";
  if (!looksLikeText(bytes) && !/^(\u00ff\u00fe|\u00fe\u00ff)/.test(head(bytes))) {
    throw new UnreadableFile({ kind: "unknown-format" });
  }
  if (/^#{1,6} /m.test(start)) return "markdown";
  return "text";
}
