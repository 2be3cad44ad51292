/**
 * ST_Xstring (ECMA-376 part 1, 22.9.2.19): a character that XML cannot hold is written _xHHHH_, and an underscore that would read like
 * one of these as _x005F_.
 */
export function escapeText(text: string): string {
  return text
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, "_x005F_")
    .replace(
      /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      code,
    )
    .replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const code = (char: string) => `_x${char.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}_`;

export const unescapeText = (text: string): string =>
  text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
