/** What can be read. */
export type Format = "docx" | "pdf" | "xlsx" | "csv" | "markdown" | "html" | "text" | "jsonl";

const NAMES: Readonly<Record<Format, string>> = {
  docx: "Word 文档",
  pdf: "PDF",
  xlsx: "Excel 表格",
  csv: "CSV 表格",
  markdown: "Markdown 文档",
  html: "网页",
  text: "纯文本",
  jsonl: "JSONL",
};

/** What a format is called by editors. */
export const formatName = (format: Format): string => NAMES[format];
