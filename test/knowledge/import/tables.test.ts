import { describe, expect, it } from "vitest";
import { checkReading } from "../../../knowledge/import/check.ts";
import { guessMapping, type Mapping } from "../../../knowledge/import/fields.ts";
import { readLimits } from "../../../knowledge/import/limits.ts";
import { type Reading, readFile } from "../../../knowledge/import/read.ts";
import { textRow, xlsx } from "./office-files.ts";

const read = (bytes: Uint8Array | string, name: string) => readFile(Buffer.from(bytes), name, readLimits);

function check(reading: Reading, options: { mapping?: Mapping; defaults?: Record<string, string> } = {}) {
  const mapping = options.mapping ?? (reading.kind === "table" ? guessMapping(reading.columns) : []);
  return checkReading(reading, { mapping, defaults: options.defaults ?? {}, base: [] });
}

describe("columns", () => {
  it("are known by their Chinese names", () => {
    const columns = [
      "问题",
      "标题",
      "答案",
      "来源",
      "文号",
      "发文机关",
      "生效日期",
      "失效日期",
      "分类",
      "区域",
      "相似问",
      "责任部门",
      "审核日期",
    ];
    expect(guessMapping(columns)).toEqual([
      "question",
      "title",
      "text",
      "source.title",
      "source.number",
      "source.issuer",
      "validFrom",
      "validTo",
      "category",
      "region",
      "similar",
      "owner",
      "source.checkedOn",
    ]);
  });

  it("are known by their English names, in any dress", () => {
    expect(guessMapping(["Question", " ANSWER ", "Valid From", "Effective Date", "备注", "Similar Questions"])).toEqual(
      ["question", "text", "validFrom", null, null, "similar"],
    );
    expect(guessMapping(["问题（必填）", "内容*", "相似问1", "相似问 2"])).toEqual([
      "question",
      "text",
      "similar",
      "similar",
    ]);
  });
});

describe("rows", () => {
  it("become entries with what their columns say", async () => {
    const text =
      "问题,答案,来源,文号,条款,链接,生效日期,相似问1,相似问2\n云梯怎么领？,到站领。,云梯办法,甲发〔2024〕3号,第三条,https://a.example/1,2024年5月1日,怎样领云梯,云梯在哪领|云梯领取\n";
    const [row] = check(await read(text, "a.csv"));
    expect(row).toMatchObject({ place: "第 2 行", faults: [], warnings: [], findings: [] });
    expect(row?.content).toMatchObject({
      question: "云梯怎么领？",
      text: "到站领。",
      similar: ["怎样领云梯", "云梯在哪领", "云梯领取"],
      source: { title: "云梯办法", number: "甲发〔2024〕3号", article: "第三条", url: "https://a.example/1" },
      validFrom: "2024-05-01",
    });
  });

  it("say what is wrong with them, each with its place", async () => {
    const text =
      '问题,答案,来源,生效日期,失效日期,链接\n一,,甲,,,\n,答,甲,,,\n二,答,甲,2024-13-01,,\n三,"多\n行",甲,2024-05-02,2024-05-01,\n四,答,甲,,,javascript:1\n五,答,,,,\n';
    const rows = check(await read(text, "a.csv"));
    expect(rows.map(({ place, faults, warnings }) => [place, ...faults, ...warnings])).toEqual([
      ["第 2 行", "答案（正文）是空的"],
      ["第 3 行", "没有问题，也没有标题"],
      ["第 4 行", "生效日期“2024-13-01”不是日期，请写成 2024-05-01"],
      ["第 6 行", "失效日期早于生效日期"],
      ["第 7 行", "链接“javascript:1”不是网址，要以 http 开头"],
      ["第 8 行", "没有写依据，补上依据以前不能答复市民"],
    ]);
  });

  it("of one id twice are a fault, while the file goes on", async () => {
    const rows = check(await read("编号,问题,答案,来源\na,一,答,甲\na,二,答,甲\nb,三,答,甲\n", "a.csv"));
    expect(rows.map(({ faults }) => faults)).toEqual([[], ["编号与第 2 行重复"], []]);
  });

  it("take what is set for the whole file where they say nothing", async () => {
    const rows = check(await read("问题,答案,来源\n一,答,\n二,答,乙\n", "a.csv"), {
      defaults: { "source.title": "甲", owner: "丙局" },
    });
    expect(rows.map(({ content }) => [content?.source?.title, content?.owner])).toEqual([
      ["甲", "丙局"],
      ["乙", "丙局"],
    ]);
  });

  it("are read by another mapping when editors say so", async () => {
    const reading = await read("甲,乙,丙\n一,答,依据\n", "a.csv");
    const [row] = check(reading, { mapping: ["question", "text", "source.title"] });
    expect(row?.content).toMatchObject({ question: "一", text: "答", source: { title: "依据" } });
  });
});

describe("encodings", () => {
  const text = "问题,答案,来源\n云梯怎么领？,到站领。,云梯办法\n";
  /** What iconv gives for the same text in GB 18030. */
  const gb = Buffer.from(
    "cecacce22cb4f0b0b82cc0b4d4b40ad4c6ccddd4f5c3b4c1eca3bf2cb5bdd5bec1eca1a32cd4c6ccddb0ecb7a80a",
    "hex",
  );
  const made: [string, Uint8Array][] = [
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${text}`)],
    ["UTF-16 LE with a mark", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16 BE with a mark", Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
    ["UTF-16 LE without one", Buffer.from(text, "utf16le")],
    ["GB 18030", gb],
  ];

  it.each(made)("%s is read", async (_, bytes) => {
    expect(await read(bytes, "a.csv")).toMatchObject({
      columns: ["问题", "答案", "来源"],
      rows: [{ cells: ["云梯怎么领？", "到站领。", "云梯办法"] }],
    });
  });

  it("other than UTF-8 are told, so that people look", async () => {
    expect((await read(gb, "a.csv")).notes).toEqual([expect.stringContaining("GB18030")]);
  });
});

describe("a workbook", () => {
  it("gives the value of a formula, days as dates, and texts without readings", async () => {
    const sheet = `${textRow(1, ["问题", "答案", "来源", "生效日期", "比例"])}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="str"><f>1+1</f><v>到站领。</v></c><c r="C2" t="inlineStr"><is><t>甲</t></is></c><c r="D2" s="1"><v>45413</v></c><c r="E2" s="2"><v>0.3</v></c></row><row r="3"><c r="B3"><f>NOW()</f></c><c r="A3" t="inlineStr"><is><t>二</t></is></c></row>`;
    const bytes = xlsx(sheet, {
      "xl/sharedStrings.xml": "<sst><si><r><t>云梯</t></r><r><t>怎么领？</t></r><rPh><t>yunti</t></rPh></si></sst>",
      "xl/styles.xml":
        '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/></cellXfs></styleSheet>',
    });
    const reading = await read(bytes, "a.xlsx");
    expect(reading).toMatchObject({
      rows: [{ at: 2, cells: ["云梯怎么领？", "到站领。", "甲", "2024-05-01", "30%"] }, { at: 3 }],
    });
    expect(reading.notes).toEqual([expect.stringContaining("1 格公式")]);
  });

  it("with macros is read like any other", async () => {
    const reading = await read(
      xlsx(textRow(1, ["问题"]) + textRow(2, ["一"]), { "xl/vbaProject.bin": new Uint8Array(100) }),
      "a.xlsm",
    );
    expect(reading).toMatchObject({ columns: ["问题"], rows: [{ cells: ["一"] }] });
  });
});

describe("lines of JSON", () => {
  it("name the line that is none, or lacks something", async () => {
    const good = JSON.stringify({ id: "a", text: "字", title: "题" });
    const rows = check(await read(`${good}\n{"id":\n{"id":"b"}\n`, "a.jsonl"));
    expect(rows.map(({ faults }) => faults.length)).toEqual([0, 1, 1]);
    expect(rows[1]).toMatchObject({ place: "第 2 行", faults: ["不是 JSON，可能没有写完整"] });
    expect(rows[2]?.faults[0]).toContain("text");
  });
});
