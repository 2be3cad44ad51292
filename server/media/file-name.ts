const MAX_CODE_POINTS = 100;

/**
 * The name of an uploaded file as people wrote it. Browsers send UTF-8 bytes, and multipart parsers read a header as latin1
 * (RFC 7578, 4.2 and 5.1): taken back to bytes and read as UTF-8 where that is possible.
 */
export function decodeFileName(header: string): string {
  if ([...header].some((char) => char > "\u00ff")) return header;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(header, "latin1"));
  } catch {
    return header;
  }
}

/** A name that is safe to show and to save under: no folders, no invisible characters, not too long; the extension stays. */
export function safeFileName(name: string | undefined): string | undefined {
  const base = (name ?? "").toWellFormed().normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const visible = [...base.replace(/[\p{C}<>:"|?*]/gu, "").replace(/^[.\s]+|[.\s]+$/gu, "")];
  if (visible.length === 0) return undefined;
  if (visible.length <= MAX_CODE_POINTS) return visible.join("");
  const extension = [...extensionOf(visible.join(""))].slice(0, 10);
  const ending = extension.length > 0 ? [".", ...extension] : [];
  return [...visible.slice(0, MAX_CODE_POINTS - ending.length), ...ending].join("");
}

/** In lower case and without the dot; empty when there is none. */
export const extensionOf = (name: string): string => /\.([^.\s]+)$/u.exec(name)?.[1]?.toLowerCase() ?? "";
