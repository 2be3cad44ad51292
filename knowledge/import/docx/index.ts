import { zipSync } from "fflate";
import type { Block } from "../blocks.ts";
import { UnreadableFile } from "../fault.ts";
import { readHtml } from "../html.ts";
import type { ReadLimits } from "../limits.ts";
import { openArchive } from "../zip.ts";
import { writeNumbers } from "./numbering.ts";

/** What of the archive is text or says how text is set; pictures, comments and programs are never unpacked. */
const NEEDED =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|word\/(_rels\/[^/]+\.rels|(document\d*|styles|numbering|footnotes|endnotes)\.xml))$/;

/** Styles by the names that Word and WPS give them; the rest stays a paragraph. */
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='标题'] => h1:fresh",
  ...[1, 2, 3, 4, 5, 6].flatMap((level) => [
    `p[style-name='heading ${level}'] => h${level}:fresh`,
    `p[style-name='标题 ${level}'] => h${level}:fresh`,
  ]),
];

export interface DocxReading {
  blocks: Block[];
  /** There are changes that nobody has accepted or refused yet: read as if they were accepted. */
  hasTrackedChanges: boolean;
}

/**
 * A Word document as blocks. Deleted words and comments are left out, macros are never looked at. What is read has been counted
 * before and packed anew, so the library behind unpacks nothing else. Throws UnreadableFile.
 */
export async function readDocx(bytes: Uint8Array, limits: ReadLimits): Promise<DocxReading> {
  const archive = await openArchive(bytes, "docx", limits);
  const parts: Record<string, Uint8Array> = {};
  for (const name of archive.names.filter((each) => NEEDED.test(each))) {
    const part = await archive.read(name);
    if (part) parts[name] = part;
  }
  const body = Object.entries(parts).find(([name]) => /^word\/document\d*\.xml$/.test(name));
  if (!body) throw new UnreadableFile({ kind: "damaged", format: "docx" });
  const [name, xml] = [body[0], Buffer.from(body[1]).toString("utf8")];
  if (xml.includes("<!DOCTYPE")) throw new UnreadableFile({ kind: "damaged", format: "docx" });
  const textOf = (part: string) => Buffer.from(parts[part] ?? []).toString("utf8");
  parts[name] = Buffer.from(writeNumbers(xml, textOf("word/numbering.xml"), textOf("word/styles.xml")));
  const { default: mammoth } = await import("mammoth");
  const packed = Buffer.from(zipSync(parts, { level: 0 }));
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: packed },
      {
        styleMap: STYLES,
        includeEmbeddedStyleMap: false,
        convertImage: mammoth.images.imgElement(async () => ({ src: "" })),
      },
    );
    return {
      blocks: readHtml(value).blocks,
      hasTrackedChanges: xml.includes("<w:del ") || xml.includes("<w:ins "),
    };
  } catch (cause) {
    throw new UnreadableFile({ kind: "damaged", format: "docx" }, { cause });
  }
}
