import { describe, expect, it } from "vitest";
import { checkReading } from "../../../knowledge/import/check.ts";
import { readLimits } from "../../../knowledge/import/limits.ts";
import { type Reading, readFile } from "../../../knowledge/import/read.ts";
import { deleted, docx, inserted, paragraph, pdf, wordTable } from "./office-files.ts";

type Document = Extract<Reading, { kind: "document" }>;

async function read(bytes: Uint8Array | string, name: string): Promise<Document> {
  const reading = await readFile(Buffer.from(bytes), name, readLimits);
  if (reading.kind !== "document") throw new Error(`a ${reading.kind}`);
  return reading;
}
const entriesOf = (reading: Reading) =>
  checkReading(reading, { mapping: [], defaults: {}, base: [] }).map(({ content }) => content);
const textsOf = ({ sections }: Document) => sections.map(({ text }) => text);

const POLICY = [
  "甲市人民政府办公厅关于印发《甲市云梯补贴管理办法》的通知",
  "甲政办发〔2024〕3号",
  "第一章 总则",
  "第一条 为了规范云梯补贴，制定本办法。",
  "第二章 补贴",
  "第二条 【申请条件】申请云梯补贴的，应当年满18周岁。",
  "（一）有本市户籍；",
  "（二）有云梯。",
  "第三条 【补贴标准】每架云梯每年补贴300元。",
  "第四条 本办法自2024年5月1日起施行，有效期至2029年4月30日。",
  "甲市人民政府办公厅",
  "2024年4月1日",
];

describe("a policy document", () => {
  const made: [string, Uint8Array | string][] = [
    ["a.docx", docx(POLICY.map((line) => paragraph(line)).join(""))],
    ["a.pdf", pdf([POLICY.slice(0, 6), POLICY.slice(6)])],
    ["a.html", `<html><body>${POLICY.map((line) => `<p>${line}</p>`).join("")}</body></html>`],
    ["a.md", POLICY.join("\n\n")],
    ["a.txt", POLICY.join("\r\n")],
  ];

  it.each(made)("%s is split by its articles, each with its source, verbatim", async (name, bytes) => {
    const reading = await read(bytes, name);
    expect(reading.facts).toEqual({
      title: POLICY[0],
      issuer: "甲市人民政府办公厅",
      number: "甲政办发〔2024〕3号",
      date: "2024-04-01",
      validFrom: "2024-05-01",
      validTo: "2029-04-30",
    });
    expect(textsOf(reading)).toEqual([POLICY[3], [POLICY[5], POLICY[6], POLICY[7]].join("\n"), POLICY[8], POLICY[9]]);
    const [first, second, third] = entriesOf(reading);
    expect(first?.question).toBeUndefined();
    expect(first?.title).toContain("第一条 总则");
    expect(second).toMatchObject({
      question: "甲市云梯补贴的申请条件是什么？",
      source: { issuer: "甲市人民政府办公厅", number: "甲政办发〔2024〕3号", article: "第二条" },
      validFrom: "2024-05-01",
      validTo: "2029-04-30",
    });
    expect(third?.question).toBe("甲市云梯补贴的补贴标准是多少？");
  });

  it("says on which page a section stands", async () => {
    const reading = await read(pdf([POLICY.slice(0, 6), POLICY.slice(6)]), "a.pdf");
    const rows = checkReading(reading, { mapping: [], defaults: {}, base: [] });
    expect(rows.map(({ place }) => place)).toEqual([
      "第 1 页 第一条",
      "第 1 页 第二条",
      "第 2 页 第三条",
      "第 2 页 第四条",
    ]);
  });

  it("keeps the same ids when it is imported again", async () => {
    const ids = async () => entriesOf(await read(POLICY.join("\n"), "a.txt")).map((entry) => entry?.id);
    expect(await ids()).toEqual(await ids());
    expect(new Set(await ids()).size).toBe(4);
  });
});

describe("a document without articles", () => {
  const body = [
    "一、办理流程",
    "先在网上预约。",
    "（一）预约渠道",
    "电话或者网站。",
    "二、其他",
    "1. 工作日办理。",
    "2. 周末休息。",
  ];

  it("is split by its numbered headings", async () => {
    const { sections } = await read(["云梯年检办事指南", ...body].join("\n"), "a.txt");
    expect(sections).toMatchObject([
      { headings: ["一、办理流程"], text: "先在网上预约。" },
      { headings: ["一、办理流程", "（一）预约渠道"], text: "电话或者网站。" },
      { headings: ["二、其他"], text: "1. 工作日办理。\n2. 周末休息。" },
    ]);
  });

  it("is split by the heading styles of Word, and keeps its tables as lines", async () => {
    const table = wordTable([
      ["档次", "金额"],
      ["一档", "300元"],
    ]);
    const bytes = docx(paragraph("云梯补贴", "1") + paragraph("补贴标准", "2") + paragraph("见下表。") + table);
    const { sections, facts } = await read(bytes, "a.docx");
    expect(facts.title).toBe("云梯补贴");
    expect(sections).toMatchObject([{ headings: ["补贴标准"], text: "见下表。\n档次 | 金额\n一档 | 300元" }]);
  });

  it("asks what the document itself asks", async () => {
    const { sections } = await read(
      "常见问答\n问：云梯怎么年检？\n答：到检测站。\n每年一次。\n问：要钱吗？\n答：不要。",
      "a.txt",
    );
    expect(sections.map(({ asked, text }) => [asked, text])).toEqual([
      ["云梯怎么年检？", "到检测站。\n每年一次。"],
      ["要钱吗？", "不要。"],
    ]);
  });

  it("makes no question of a heading that says nothing", async () => {
    const [entry] = entriesOf(await read("云梯管理办法\n一、总体要求\n做好工作。", "a.txt"));
    expect(entry).toMatchObject({ similar: [], title: "云梯管理办法 总体要求" });
    expect(entry?.question).toBeUndefined();
  });

  it("cuts a long section between paragraphs, and loses nothing", async () => {
    const paragraphs = Array.from({ length: 40 }, (_, i) => `${i}${"字".repeat(120)}。`);
    const { sections } = await read(["云梯办法", "一、申请条件", ...paragraphs].join("\n"), "a.txt");
    expect(sections.length).toBeGreaterThan(2);
    expect(sections.map(({ text }) => text).join("\n")).toBe(paragraphs.join("\n"));
    const entries = entriesOf(await read(["云梯办法", "一、申请条件", ...paragraphs].join("\n"), "a.txt"));
    expect(entries.filter((entry) => entry?.question !== undefined).length).toBe(1);
  });
});

describe("numbers that Word counts by itself", () => {
  const level = (at: number, format: string, text: string) =>
    `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
  const numbering = `<w:numbering xmlns:w="x"><w:abstractNum w:abstractNumId="0">${level(0, "chineseCountingThousand", "第%1条")}${level(1, "japaneseCounting", "（%2）")}${level(2, "bullet", "•")}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;
  const item = (at: number, text: string) =>
    `<w:p><w:pPr><w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="7"/></w:numPr><w:pPrChange w:id="1"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:pPrChange></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;

  it("stand in the text, and split it", async () => {
    const body = [item(0, "甲。"), item(1, "子。"), item(1, "丑。"), item(2, "点。"), item(0, "乙。"), item(1, "寅。")];
    const more = Array.from({ length: 19 }, () => item(0, "丙。"));
    const bytes = docx(paragraph("云梯办法", "1") + [...body, ...more].join(""), { "word/numbering.xml": numbering });
    const { sections } = await read(bytes, "a.docx");
    expect(sections.slice(0, 2)).toMatchObject([
      { article: "第一条", text: "第一条 甲。\n（一）子。\n（二）丑。\n点。" },
      { article: "第二条", text: "第二条 乙。\n（一）寅。" },
    ]);
    expect(sections.at(-1)).toMatchObject({ article: "第二十一条" });
  });

  it("come from styles, too", async () => {
    const styles = `<w:styles xmlns:w="x"><w:style w:type="paragraph" w:styleId="t"><w:name w:val="tiao"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style></w:styles>`;
    const bytes = docx(paragraph("一事。", "t") + paragraph("二事。", "t"), {
      "word/numbering.xml": numbering,
      "word/styles.xml": styles,
    });
    expect(textsOf(await read(bytes, "a.docx"))).toEqual(["第一条 一事。", "第二条 二事。"]);
  });
});

describe("what is not read", () => {
  it("deleted words and comments of Word, while insertions are read and told", async () => {
    const comments = `<w:comments xmlns:w="x"><w:comment w:id="0"><w:p><w:r><w:t>批注的话</w:t></w:r></w:p></w:comment></w:comments>`;
    const bytes = docx(paragraph("办法", "1") + deleted("删掉的字") + inserted("插入的字。"), {
      "word/comments.xml": comments,
    });
    const reading = await read(bytes, "a.docx");
    const text = textsOf(reading).join("\n");
    expect(text).toBe("留下的字。\n插入的字。");
    expect(reading.notes).toEqual([expect.stringContaining("修订")]);
  });

  it("scripts, styles and hidden text of a page", async () => {
    const html = `<html><head><title>办事指南</title><style>p{}</style><script>globalThis.hacked = true</script></head><body>
      <p>看得见。</p><p style="display: none">看不见一</p><div hidden><p>看不见二</p></div><span aria-hidden="true">看不见三</span>
      <noscript>看不见四</noscript><img src=x onerror="globalThis.hacked = true"><template><p>看不见五</p></template><p>也看得见<!-- 看不见六 -->。</p></body>`;
    const reading = await read(html, "a.html");
    expect(textsOf(reading)).toEqual(["看得见。\n也看得见。"]);
    expect(reading.facts.title).toBe("办事指南");
    expect("hacked" in globalThis).toBe(false);
  });

  it("page numbers", async () => {
    const { sections } = await read(
      pdf([
        ["云梯的说明", "第一页的话。", "— 1 —"],
        ["第二页的话。", "2"],
      ]),
      "a.pdf",
    );
    expect(sections.map(({ text }) => text)).toEqual(["云梯的说明\n第一页的话。\n第二页的话。"]);
  });
});

it("reads a PDF that only names a Chinese character map", async () => {
  expect(textsOf(await read(pdf([["中文补贴中", "标准补贴中文"]], { font: "gbk" }), "a.pdf"))).toEqual([
    "中文补贴中\n标准补贴中文",
  ]);
});

it("puts lines that the page has broken together", async () => {
  const long = "这一句话很长很长很长很长很长很长很长很长很长很长";
  const reading = await read(pdf([[long, "到这里才完。", "另起一段。"]]), "a.pdf");
  expect(textsOf(reading)).toEqual([`${long}到这里才完。\n另起一段。`]);
});

it("stays calm over HTML that is nested without end", async () => {
  const html = `${"<div>".repeat(5_000)}深处的话。${"</div>".repeat(5_000)}`;
  expect(textsOf(await read(html, "a.html"))).toEqual(["深处的话。"]);
});
