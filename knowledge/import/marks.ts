/**
 * How Chinese official documents number their parts (立法技术规范（试行）（一）; 党政机关公文格式 GB/T 9704-2012, 7.3.3: 一、 （一） 1. （1）).
 * `rest` is what stands behind the number on the same line.
 */
export type Mark =
  | { kind: "chapter"; level: 1 | 2 | 3; number: string; rest: string }
  | { kind: "article"; number: string; heading?: string; rest: string }
  | { kind: "item"; level: 1 | 2 | 3 | 4; number: string; rest: string }
  | { kind: "question"; rest: string }
  | { kind: "answer"; rest: string };

const DIGITS = "[零〇一二三四五六七八九十百千两\\d]";
const CHAPTER = new RegExp(`^第${DIGITS}{1,6}([编章节])(?=\\s|[^编章节条款项]|$)\\s*(.*)$`, "s");
const ARTICLE = new RegExp(`^(第${DIGITS}{1,6}条(?:之[一二三四五六七八九十])?)(?![款项第之])[\\s:：]*(.*)$`, "s");
const ITEMS: readonly [RegExp, 1 | 2 | 3 | 4][] = [
  [/^([一二三四五六七八九十]{1,3}、)\s*(.*)$/s, 1],
  [/^([（(][一二三四五六七八九十]{1,3}[）)])\s*(.*)$/s, 2],
  [/^(\d{1,2}\s*[.．、](?!\d))\s*(.*)$/s, 3],
  [/^([（(]\d{1,2}[）)])\s*(.*)$/s, 4],
];
const LEVELS: Readonly<Record<string, 1 | 2 | 3>> = { 编: 1, 章: 2, 节: 3 };
const QUESTION = /^(?:[Qq]|问)\s*\d{0,3}\s*[：:.、]\s*(.+)$/s;
const ANSWER = /^(?:[Aa]|答)\s*\d{0,3}\s*[：:.、]\s*(.+)$/s;

export function markOf(text: string): Mark | undefined {
  const chapter = CHAPTER.exec(text);
  if (chapter) {
    const [all, kind = "", rest = ""] = chapter;
    return { kind: "chapter", level: LEVELS[kind] ?? 2, number: all.slice(0, all.indexOf(kind) + 1), rest };
  }
  const article = ARTICLE.exec(text);
  if (article) return readArticle(article[1] ?? "", article[2] ?? "");
  for (const [pattern, level] of ITEMS) {
    const item = pattern.exec(text);
    if (item) return { kind: "item", level, number: item[1] ?? "", rest: item[2] ?? "" };
  }
  const question = QUESTION.exec(text);
  if (question) return { kind: "question", rest: question[1] ?? "" };
  const answer = ANSWER.exec(text);
  return answer ? { kind: "answer", rest: answer[1] ?? "" } : undefined;
}

/** Some write what an article is about behind its number: 第三条 【申请条件】, 第三条（申请条件）. */
function readArticle(number: string, behind: string): Mark {
  const named = /^[【〔（(]([^】〕）)]{2,30})[】〕）)]\s*(.*)$/s.exec(behind);
  if (named) return { kind: "article", number, heading: named[1], rest: named[2] ?? "" };
  return { kind: "article", number, rest: behind };
}
