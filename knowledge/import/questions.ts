import type { Section } from "./sections.ts";

/** What headings of policies end with, and what citizens then ask. `{}` stands for the subject and the heading together. */
const ASKED: readonly [RegExp, readonly string[]][] = [
  [/(条件|资格|情形|对象|范围|依据|原则|方式|渠道|途径)$/, ["{}是什么？", "{}有哪些？"]],
  [/(标准|金额|额度|比例|费用|收费|价格|年限|期限|时限|数量)$/, ["{}是多少？", "{}是怎么规定的？"]],
  [/(材料|资料|要件|证件)$/, ["{}有哪些？", "{}要准备什么？"]],
  [/(流程|程序|步骤|手续)$/, ["{}是怎样的？"]],
  [/(时间|日期)$/, ["{}是什么时候？"]],
  [/(地点|地址)$/, ["{}在哪里？"]],
  [/(电话|联系方式)$/, ["{}是什么？"]],
  [/(部门|机构|单位)$/, ["{}是哪个？"]],
];
const IS_QUESTION = /(？|\?|吗|呢|什么|多少|哪些|哪里|如何|怎么办|怎么算|怎样)[？?]?$/;
const KINDS =
  /(实施细则|管理办法|实施办法|暂行办法|办法|暂行规定|规定|条例|实施意见|意见|实施方案|方案|细则|通知|公告|通告|决定|指南|须知|解读|规范)(（[^）]*）)?$/;

/** What a document is about, out of its title: 关于印发《甲市乙补贴办法》的通知 → 甲市乙补贴. */
function subjectOf(title: string): string {
  const quoted = /《([^《》]{2,60})》/.exec(title)?.[1];
  const about =
    quoted ?? /关于(?:印发|做好|加强|进一步|调整|开展|公布)*(.{2,60})的[^的]{2,6}$/.exec(title)?.[1] ?? title;
  return about
    .replace(KINDS, "")
    .replace(/(有关|相关)?(工作|事项|问题)$/, "")
    .trim();
}

/** A heading without its number and what surrounds it. */
export const bareHeading = (heading: string): string =>
  heading
    .replace(
      /^(第[^\s]{1,6}[编章节条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、])\s*/,
      "",
    )
    .replace(/[。：:；;]+$/, "")
    .trim();

/**
 * Questions that a section answers, as far as its heading says so; none where the heading does not. Nothing is asked
 * that neither the heading nor the document's title names.
 */
export function proposeQuestions(section: Section, title: string): string[] {
  // A section that was cut asks once.
  if ((section.part ?? 1) > 1) return [];
  if (section.asked) return [section.asked];
  const heading = bareHeading(section.heading ?? "");
  if (heading === "" || heading.length > 30) return [];
  if (IS_QUESTION.test(heading)) return [/[？?]$/.test(heading) ? heading : `${heading}？`];
  const templates = ASKED.find(([pattern]) => pattern.test(heading))?.[1] ?? [];
  const subject = subjectOf(title);
  const named = heading.includes(subject) || subject === "" ? heading : `${subject}的${heading}`;
  return templates.map((template) => template.replace("{}", named));
}
