import { type Format, formatName } from "./formats.ts";

/** Why a file cannot be read. Nothing of it is imported. */
export type FileFault =
  | { kind: "empty" }
  | { kind: "too-big"; maxMb: number }
  | { kind: "unknown-format" }
  | { kind: "wrong-extension"; extension: string; found: string }
  | { kind: "old-office" }
  | { kind: "password" }
  | { kind: "scanned"; pages: number }
  | { kind: "damaged"; format: Format }
  | { kind: "bomb" }
  | { kind: "encoding" }
  | { kind: "too-many-rows"; max: number }
  | { kind: "too-many-columns"; max: number }
  | { kind: "too-many-pages"; max: number }
  | { kind: "cell-too-long"; at: string; max: number }
  | { kind: "no-header" }
  | { kind: "no-text" }
  | { kind: "not-entries" }
  | { kind: "too-slow"; seconds: number }
  | { kind: "too-large-inside" };

/** What is thrown while a file is read; the message is the sentence for the editor. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  readonly fault: FileFault;
  constructor(fault: FileFault, options?: ErrorOptions) {
    super(faultText(fault), options);
    this.fault = fault;
  }
}

/** Says to an editor what is wrong with the file and what to do. */
export function faultText(fault: FileFault): string {
  switch (fault.kind) {
    case "empty":
      return "这个文件是空的，请检查后重新选择。";
    case "too-big":
      return `文件太大了，最大 ${fault.maxMb} MB。请拆成几个文件分别导入。`;
    case "unknown-format":
      return "认不出这是什么文件。可以导入 Word（docx）、PDF、Excel（xlsx）、CSV、Markdown、网页（html）、纯文本（txt）和 JSONL。";
    case "wrong-extension":
      return `文件名的后缀是 .${fault.extension}，内容却是${fault.found}。请改正后缀，或者重新导出后再导入。`;
    case "old-office":
      return "这是旧版的 Word 或 Excel 文件（doc、xls）。请在 Office 或 WPS 里打开，另存为 docx 或 xlsx 后再导入。";
    case "password":
      return "这个文件有密码，读不了。请去掉密码另存一份后再导入。";
    case "scanned":
      return `这份 PDF 是扫描件，没有文字（共 ${fault.pages} 页）。请先做文字识别（OCR），或者导入 Word、网页等有文字的版本。`;
    case "damaged":
      return `这个${formatName(fault.format)}打不开，文件可能不完整或已损坏。请重新导出或重新上传。`;
    case "bomb":
      return "这个文件解压后大得不正常，为了安全没有读取。请用 Office 或 WPS 重新另存一份，或者拆成几个文件。";
    case "encoding":
      return "文字的编码认不出来。请另存为 UTF-8 编码后再导入。";
    case "too-many-rows":
      return `表格的行太多了，一个文件最多 ${fault.max} 行。请拆成几个文件分别导入。`;
    case "too-many-columns":
      return `表格的列太多了，最多 ${fault.max} 列。请删去用不到的列。`;
    case "too-many-pages":
      return `页数太多了，一个 PDF 最多 ${fault.max} 页。请拆成几个文件分别导入。`;
    case "cell-too-long":
      return `${fault.at}有一格文字太长，一格最多 ${fault.max} 个字。请拆开后再导入。`;
    case "no-header":
      return "表格里没有找到表头。请在第一行写明各列的名称，例如：问题、答案、来源、文号。";
    case "no-text":
      return "文件里没有可以导入的文字。";
    case "not-entries":
      return "这个 JSONL 里没有条目。每行应当是一个条目（JSON 对象）。";
    case "too-slow":
      return `读了 ${fault.seconds} 秒还没有读完，已经停止。文件可能有问题，请另存一份或拆成几个文件后再试。`;
    case "too-large-inside":
      return "读这个文件需要的内存太多，已经停止。请拆成几个文件后再试。";
    default:
      throw new Error(`unknown fault ${JSON.stringify(fault satisfies never)}`);
  }
}
