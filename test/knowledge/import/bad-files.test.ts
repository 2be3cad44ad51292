import { describe, expect, it } from "vitest";
import { type FileFault, UnreadableFile } from "../../../knowledge/import/fault.ts";
import { readLimits } from "../../../knowledge/import/limits.ts";
import { readFile } from "../../../knowledge/import/read.ts";
import { compoundFile, docx, paragraph, pdf, textRow, xlsx, zip } from "./office-files.ts";

const small = { ...readLimits, zipBytes: 20_000_000, zipEntryBytes: 15_000_000, rows: 1_000, cellLength: 10_000 };

async function faultOf(bytes: Uint8Array | string, name: string, limits = readLimits): Promise<FileFault> {
  try {
    await readFile(Buffer.from(bytes), name, limits);
  } catch (error) {
    if (error instanceof UnreadableFile) return error.fault;
    throw error;
  }
  throw new Error("the file was read");
}

const header = textRow(1, ["问题", "答案"]);
const zeros = (megabytes: number) => "0".repeat(megabytes * 1_000_000);
/** Says another size of its parts than they have: the field "uncompressed size" wherever it stands. */
function lie(bytes: Uint8Array, real: number, told: number): Uint8Array {
  const lying = Buffer.from(bytes);
  const [search, put] = [Buffer.alloc(4), Buffer.alloc(4)];
  search.writeUInt32LE(real);
  put.writeUInt32LE(told);
  for (let at = lying.indexOf(search); at >= 0; at = lying.indexOf(search, at + 4)) put.copy(lying, at);
  return lying;
}

describe("a file that cannot be read says why", () => {
  const cases: [string, Uint8Array | string, string, FileFault["kind"]][] = [
    ["an empty file", "", "a.csv", "empty"],
    ["a scanned PDF of 200 pages", pdf(Array.from({ length: 200 }, () => [])), "a.pdf", "scanned"],
    ["a locked PDF", pdf([["字"]], { locked: true }), "a.pdf", "password"],
    ["a PDF that was cut off at once", "%PDF-1.4\n1 0 obj <<", "a.pdf", "damaged"],
    ["a locked workbook", compoundFile("EncryptedPackage"), "a.xlsx", "password"],
    ["a document of Word 97", compoundFile(), "a.doc", "old-office"],
    ["a workbook that was cut off", xlsx(header).subarray(0, 400), "a.xlsx", "damaged"],
    ["a document without its end", docx(paragraph("字。".repeat(500))).subarray(0, -30), "a.docx", "damaged"],
    ["a document that is a workbook", xlsx(header), "a.docx", "wrong-extension"],
    ["text that is called a workbook", "问题,答案", "a.xlsx", "wrong-extension"],
    ["a workbook that is called text", xlsx(header), "a.csv", "wrong-extension"],
    ["some other archive", zip({ "a.txt": "a" }), "a.zip", "unknown-format"],
    ["a picture", Buffer.from("89504e470d0a1a0a0000000d", "hex"), "a.png", "unknown-format"],
    ["bytes that are no text", Buffer.from([0xff, 0xff, 0x80, 0x80, 0xfe]), "a.csv", "encoding"],
    ["a table without a header", "\n\n , \n", "a.csv", "no-text"],
    ["a workbook without rows", xlsx(""), "a.xlsx", "no-text"],
    ["a page without text", "<html><body><script>1</script></body></html>", "a.html", "no-text"],
    ["a document with nothing in it", docx(""), "a.docx", "no-text"],
    ["entries that are none", "\n\n", "a.jsonl", "not-entries"],
  ];

  it.each(cases)("%s", async (_, bytes, name, kind) => {
    expect((await faultOf(bytes, name)).kind).toBe(kind);
  });

  it("in Chinese", async () => {
    const error = await readFile(Buffer.from(pdf([[], []])), "a.pdf", readLimits).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreadableFile);
    expect((error as UnreadableFile).message).toContain("这份 PDF 是扫描件，没有文字（共 2 页）");
  });
});

describe("an archive that swells", () => {
  it("is stopped by what it really holds", async () => {
    const bomb = docx(paragraph("字"), { "word/footnotes.xml": zeros(16) });
    expect(await faultOf(bomb, "a.docx", small)).toEqual({ kind: "bomb" });
    expect(await faultOf(xlsx(header, { "xl/sharedStrings.xml": zeros(16) }), "a.xlsx", small)).toEqual({
      kind: "bomb",
    });
  });

  it("is stopped whatever size it declares", async () => {
    const real = 16_000_000;
    const bomb = docx(paragraph("字"), { "word/footnotes.xml": zeros(16) });
    expect(await faultOf(lie(bomb, real, 100), "a.docx", small)).toEqual({ kind: "bomb" });
  });

  it("is stopped when many parts swell together, or one out of all proportion", async () => {
    const parts = { "word/footnotes.xml": zeros(9), "word/endnotes.xml": zeros(9), "word/numbering.xml": zeros(9) };
    expect(await faultOf(docx(paragraph("字"), parts), "a.docx", small)).toEqual({ kind: "bomb" });
    const swollen = docx(paragraph("字"), { "word/footnotes.xml": zeros(12) });
    expect(await faultOf(swollen, "a.docx", { ...small, zipRatio: 100 })).toEqual({ kind: "bomb" });
  });

  it("is stopped by the number of its parts", async () => {
    const parts = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`word/x${i}.xml`, "x"]));
    expect(await faultOf(docx(paragraph("字"), parts), "a.docx", { ...small, zipEntries: 40 })).toEqual({
      kind: "bomb",
    });
  });

  it("does no harm where nothing reads it", async () => {
    const reading = await readFile(docx(paragraph("一句话。"), { "word/media/a.bin": zeros(16) }), "a.docx", small);
    expect(reading).toMatchObject({ kind: "document", sections: [{ text: "一句话。" }] });
  });
});

describe("a table without end", () => {
  it("of a million empty rows is read as what it holds", async () => {
    const empty = Array.from({ length: 1_000_000 }, (_, i) => `<row r="${i + 3}"/>`).join("");
    const reading = await readFile(xlsx(header + textRow(2, ["问", "答"]) + empty), "a.xlsx", readLimits);
    expect(reading).toMatchObject({ columns: ["问题", "答案"], rows: [{ at: 2, cells: ["问", "答"] }] });
  });

  it("of too many filled rows is refused", async () => {
    const rows = Array.from({ length: 1_001 }, (_, i) => textRow(i + 2, ["问", "答"])).join("");
    expect(await faultOf(xlsx(header + rows), "a.xlsx", small)).toEqual({ kind: "too-many-rows", max: 1_000 });
    const lines = `问题,答案\n${"问,答\n".repeat(1_001)}`;
    expect(await faultOf(lines, "a.csv", small)).toEqual({ kind: "too-many-rows", max: 1_000 });
  });

  it("of ten thousand columns is refused", async () => {
    const wide = textRow(
      1,
      Array.from({ length: 10_000 }, (_, i) => `列${i}`),
    );
    expect(await faultOf(xlsx(wide), "a.xlsx")).toEqual({ kind: "too-many-columns", max: 200 });
    expect(await faultOf(`${"列,".repeat(10_000)}列`, "a.csv")).toEqual({ kind: "too-many-columns", max: 200 });
  });

  it("with a cell of 100 MB is refused, wherever the cell lies", async () => {
    const cell = "字".repeat(35_000_000);
    expect((await faultOf(xlsx(header + textRow(2, ["问", cell])), "a.xlsx")).kind).toBe("cell-too-long");
    const shared = `<sst><si><t>${cell}</t></si></sst>`;
    expect((await faultOf(xlsx(header, { "xl/sharedStrings.xml": shared }), "a.xlsx")).kind).toBe("cell-too-long");
    expect((await faultOf(`问题,答案\n问,${"字".repeat(2_000_000)}`, "a.csv")).kind).toBe("cell-too-long");
  });
});
