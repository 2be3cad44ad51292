/** The smallest files that still are what they are. */
const hex = (text: string) => Buffer.from(text.replace(/\s/g, ""), "hex");

export const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
export const jpeg = hex("ffd8 ffe000104a46494600010100000100010000 ffda0008010100003f00 d2cf20 ffd9");
export const gif = Buffer.concat([
  Buffer.from("GIF89a"),
  hex("01000100800000ffffff0000002c00000000010001000002024401003b"),
]);
export const webp = Buffer.concat([
  Buffer.from("RIFF"),
  hex("1a000000"),
  Buffer.from("WEBPVP8L"),
  hex("0e000000"),
  Buffer.alloc(14),
]);
export const heic = Buffer.concat([hex("00000018"), Buffer.from("ftypheic"), hex("00000000"), Buffer.from("mif1heic")]);
export const mp3 = Buffer.concat([Buffer.from("ID3"), hex("03000000000000"), hex("fffb9064"), Buffer.alloc(420)]);
export const amr = Buffer.concat([Buffer.from("#!AMR\n"), Buffer.alloc(32)]);
export const wav = Buffer.concat([Buffer.from("RIFF"), hex("24000000"), Buffer.from("WAVEfmt "), Buffer.alloc(24)]);
export const m4a = Buffer.concat([hex("00000018"), Buffer.from("ftypM4A "), hex("00000000"), Buffer.from("M4A mp42")]);
export const mp4 = Buffer.concat([hex("00000018"), Buffer.from("ftypmp42"), hex("00000000"), Buffer.from("mp42isom")]);
export const pdf = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n");
export const exe = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(200)]);
export const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
export const xmlSvg = Buffer.from(`<?xml version="1.0"?>\n${svg}`);
export const html = Buffer.from("\ufeff <!DOCTYPE html><html><script>alert(1)</script></html>");
export const text = Buffer.from("路灯坏了三天，地点在东单。\n");

/** A Word document: an archive whose content list comes first and is stored, not compressed. */
export function docx(): Buffer {
  const name = "[Content_Types].xml";
  const type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
  const body = Buffer.from(`<Types><Override PartName="/word/document.xml" ContentType="${type}"/></Types>`);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  const nameSize = Buffer.alloc(2);
  nameSize.writeUInt16LE(name.length);
  const local = [hex("504b0304 1400 0000 0000 0000 0000 00000000"), size, size, nameSize, hex("0000")];
  return Buffer.concat([...local, Buffer.from(name), body]);
}
