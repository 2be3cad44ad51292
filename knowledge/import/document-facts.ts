import { type Block, blockText } from "./blocks.ts";
import { firstDate, isDate } from "./dates.ts";

/** What a document says of itself. Nothing is guessed that does not stand in it; a title falls back on the file's name. */
export interface DocumentFacts {
  title: string;
  issuer?: string;
  /** 京政办发〔2024〕3号. */
  number?: string;
  /** The day it bears, YYYY-MM-DD. */
  date?: string;
  validFrom?: string;
  validTo?: string;
}

export const HEAD = 15;
const TAIL = 6;
const TITLE_LENGTH = 100;
const NUMBER =
  /[\u4e00-\u9fa5]{1,14}(?:[〔［[【]\s*(?:19|20)\d{2}\s*[〕］\]】]\s*第?\s*\d{1,5}\s*号|令(?:（第\s*\d{1,4}\s*号）|\s*第\s*[\d〇一二三四五六七八九十百]{1,6}\s*号))/;
const ENDS_LIKE_TITLE =
  /(通知|办法|规定|条例|意见|方案|细则|公告|通告|决定|指南|须知|解读|函|规划|规范|标准|制度|措施|问答|手册)(（[^）]{1,12}）)?$/;
const BODY = "(?:政府|办公厅|办公室|委员会|局|厅|部|院|中心|公司|委|署|银行|联合会|总会|法院|检察院)";
const ISSUER_IN_TITLE = new RegExp(`^([\\u4e00-\\u9fa5、 ]{2,60}?${BODY})关于`);
const IS_ISSUER = new RegExp(`^[\\u4e00-\\u9fa5、 ]{2,40}${BODY}$`);
const FROM = /自\s*((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)起\s*(?:正式|开始)?\s*(?:施行|实施|执行|生效)/;
const FROM_ISSUE = /自(?:发布|公布|印发|发文|颁布)之日起\s*(?:施行|实施|执行|生效)/;
const UNTIL = /(?:有效期|执行|实施|施行)(?:截止)?至\s*((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)/;

/** Whether a line names the document or who issued it, and so never runs on into the next. */
export const standsAlone = (line: string, isAtHead: boolean): boolean =>
  isDate(line) || IS_ISSUER.test(line) || (isAtHead && (ENDS_LIKE_TITLE.test(line) || NUMBER.exec(line)?.[0] === line));

/** `named`: what the file calls itself (a page's title), `fileName`: its name without folder. */
export function factsOf(blocks: readonly Block[], fileName: string, named?: string): DocumentFacts {
  const texts = blocks.map(blockText);
  const all = texts.join("\n");
  const title = titleOf(blocks.slice(0, HEAD)) ?? named ?? fileName.replace(/\.[^.]+$/, "");
  const { date, signed } = signatureOf(texts);
  const validFrom = firstDate(FROM.exec(all)?.[1] ?? "") ?? (FROM_ISSUE.test(all) ? date : undefined);
  const validTo = firstDate(UNTIL.exec(all)?.[1] ?? "");
  return {
    title,
    issuer: ISSUER_IN_TITLE.exec(title)?.[1] ?? signed,
    number: NUMBER.exec(texts.slice(0, HEAD).join("\n"))?.[0].replace(/\s/g, ""),
    date,
    validFrom,
    validTo: validTo && validFrom && validTo < validFrom ? undefined : validTo,
  };
}

/** Who signed when: at the end, or the day in brackets below the title. */
function signatureOf(texts: readonly string[]): { date?: string; signed?: string } {
  const end = texts.slice(-TAIL);
  const at = end.findLastIndex(isDate);
  if (at < 0)
    return { date: firstDate(texts.slice(0, HEAD).find((text) => /^[（(].*\d{4}年.*[）)]$/.test(text)) ?? "") };
  return { date: firstDate(end[at] ?? ""), signed: end.slice(0, at).findLast((text) => IS_ISSUER.test(text)) };
}

function titleOf(blocks: readonly Block[]): string | undefined {
  const styled = blocks.find((block) => block.kind === "heading" && block.level === 1);
  if (styled) return blockText(styled).replace(/\s*\n\s*/g, "");
  const texts = blocks.map(blockText);
  const at = texts.findIndex(
    (text) => text.length >= 4 && text.length <= TITLE_LENGTH && !/[。；]/.test(text) && ENDS_LIKE_TITLE.test(text),
  );
  const line = texts[at]?.replace(/\s+/g, "");
  if (line === undefined) return undefined;
  const before = texts[at - 1] ?? "";
  // The issuer often has a line of its own above 关于…的通知.
  return line.startsWith("关于") && IS_ISSUER.test(before) ? before + line : line;
}

/** The document without what only names it: its title, number, and who signed when. */
export function bodyOf(blocks: readonly Block[], facts: DocumentFacts): Block[] {
  const bare = (text: string) => text.replace(/\s+/g, "");
  const isName = (block: Block, i: number): boolean => {
    const text = bare(blockText(block));
    if (i < HEAD && text !== "" && (text === bare(facts.title) || text === facts.number)) return true;
    if (i < HEAD && block.kind !== "row" && IS_ISSUER.test(text) && bare(facts.title).startsWith(text)) return true;
    if (i < HEAD && text.startsWith("关于") && bare(facts.title).endsWith(text)) return true;
    return i >= blocks.length - TAIL && (isDate(text) || (text === facts.issuer && IS_ISSUER.test(text)));
  };
  return blocks.filter((block, i) => !isName(block, i));
}
