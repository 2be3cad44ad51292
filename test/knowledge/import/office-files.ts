import { strToU8, type Zippable, zipSync } from "fflate";

/** Files as office programs write them, made here byte by byte: no document of others is needed. */

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

export const zip = (parts: Record<string, string | Uint8Array>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, typeof part === "string" ? strToU8(part) : part]),
    ) as Zippable,
  );

const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
export const paragraph = (text: string, style?: string): string =>
  `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ""}${run(text)}</w:p>`;
export const wordTable = (rows: string[][]): string =>
  `<w:tbl>${rows.map((cells) => `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join("")}</w:tr>`).join("")}</w:tbl>`;
export const inserted = (text: string): string => `<w:p><w:ins w:id="1" w:author="a">${run(text)}</w:ins></w:p>`;
export const deleted = (text: string): string =>
  `<w:p><w:del w:id="2" w:author="a"><w:r><w:delText>${text}</w:delText></w:r></w:del>${run("留下的字。")}<w:r><w:commentReference w:id="0"/></w:r></w:p>`;

/** `body`: the XML of paragraphs and tables. */
export function docx(body: string, more: Record<string, string | Uint8Array> = {}): Uint8Array {
  return zip({
    "[Content_Types].xml": `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    "_rels/.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    "word/_rels/document.xml.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    "word/styles.xml": `${HEAD}<w:styles xmlns:w="${WORD}"><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style></w:styles>`,
    "word/document.xml": `${HEAD}<w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>`,
    ...more,
  });
}

/** `sheet`: the XML inside sheetData. */
export function xlsx(sheet: string, more: Record<string, string | Uint8Array> = {}): Uint8Array {
  return zip({
    "[Content_Types].xml": `${HEAD}<Types xmlns="${PACKAGE}/content-types"/>`,
    "xl/workbook.xml": `${HEAD}<workbook xmlns="${SHEET}" xmlns:r="${OFFICE}"><sheets><sheet name="表一" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": `${HEAD}<worksheet xmlns="${SHEET}"><sheetData>${sheet}</sheetData></worksheet>`,
    ...more,
  });
}

export const textRow = (at: number, cells: string[]): string =>
  `<row r="${at}">${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join("")}</row>`;

/** A Windows compound file, as far as anybody looks: what Office wrote before 2007, and what it encrypts today. */
export const compoundFile = (stream = ""): Uint8Array =>
  Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600), Buffer.from(stream, "utf16le")]);

export interface PdfOptions {
  /** "unicode": every character carries its meaning. "gbk": the file names a Chinese character map and carries no font. */
  font?: "unicode" | "gbk";
  locked?: true;
}

/** A PDF with these lines on its pages; a page without lines has a drawing only. */
export function pdf(pages: string[][], { font = "unicode", locked }: PdfOptions = {}): Uint8Array {
  const objects: string[] = [];
  const add = (body: string): number => objects.push(body);
  const stream = (data: string): string => `<< /Length ${data.length} >>\nstream\n${data}\nendstream`;
  const [catalog, tree] = [add(""), add("")];
  const used = [...new Set(pages.flat().join(""))];
  const fontId = font === "gbk" ? addGbkFont(add) : addUnicodeFont(add, stream, used);
  const kids = pages.map((lines) => {
    const shown = lines.map((line, i) => `1 0 0 1 50 ${780 - i * 20} Tm <${encode(line, font)}> Tj`).join("\n");
    const content = add(stream(lines.length > 0 ? `BT /F1 12 Tf\n${shown}\nET` : "0 0 100 100 re f"));
    return add(
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 595 842] /Contents ${content} 0 R /Resources << /Font << /F1 ${fontId} 0 R >> >> >>`,
    );
  });
  objects[catalog - 1] = `<< /Type /Catalog /Pages ${tree} 0 R >>`;
  objects[tree - 1] = `<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(" ")}] /Count ${kids.length} >>`;
  const encrypt = locked
    ? add(`<< /Filter /Standard /V 1 /R 2 /P -4 /O <${"ab".repeat(32)}> /U <${"cd".repeat(32)}> >>`)
    : undefined;
  return assemble(objects, encrypt);
}

function addGbkFont(add: (body: string) => number): number {
  const descendant = add(
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 >>",
  );
  return add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /GBK-EUC-H /DescendantFonts [${descendant} 0 R] >>`,
  );
}

function addUnicodeFont(add: (body: string) => number, stream: (data: string) => string, used: string[]): number {
  const chars = used.map((char) => `<${hex(char)}> <${hex(char)}>`);
  const blocks = Array.from({ length: Math.ceil(chars.length / 100) }, (_, i) => chars.slice(i * 100, i * 100 + 100));
  const map = add(
    stream(
      `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n${blocks
        .map((block) => `${block.length} beginbfchar\n${block.join("\n")}\nendbfchar`)
        .join("\n")}\nendcmap end end`,
    ),
  );
  const descendant = add(
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>",
  );
  return add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] /ToUnicode ${map} 0 R >>`,
  );
}

const hex = (char: string): string => (char.codePointAt(0) ?? 0).toString(16).padStart(4, "0");

function encode(line: string, font: "unicode" | "gbk"): string {
  if (font === "unicode") return [...line].map(hex).join("");
  return [...line].map((char) => GBK[char] ?? "a1a1").join("");
}

/** The few characters that the test of the character map writes, in GBK. */
const GBK: Readonly<Record<string, string>> = {
  中: "d6d0",
  文: "cec4",
  补: "b2b9",
  贴: "ccf9",
  标: "b1ea",
  准: "d7bc",
};

function assemble(objects: readonly string[], encrypt: number | undefined): Uint8Array {
  let text = "%PDF-1.4\n";
  const offsets = objects.map((body, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const lines = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  const lock = encrypt === undefined ? "" : ` /Encrypt ${encrypt} 0 R /ID [<00> <00>]`;
  const trailer = `trailer << /Size ${objects.length + 1} /Root 1 0 R${lock} >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(`${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines}${trailer}`, "latin1");
}
