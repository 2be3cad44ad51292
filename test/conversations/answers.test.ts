import { describe } from "vitest";
import { bot, citizen, type Line, pickClassIfAsked, transcript, withHouse } from "./transcript.ts";

withHouse();

const LAMP = "望京西园四区2号楼门口路灯坏了，晚上一片漆黑";
const VAGUE = "邻居家的狗太吓人了";
const atContact: Line[] = [citizen(LAMP), pickClassIfAsked, bot(/称呼和电话/)];
const atSummary: Line[] = [...atContact, citizen("匿名"), bot(/请核对/)];

/** How the conversation comes to a question, three or more ways to answer it, and what shows that the answer was taken. */
const QUESTIONS: readonly { question: string; before: Line[]; answers: string[]; after: RegExp }[] = [
  {
    question: "分类",
    before: [citizen(VAGUE), bot(/属于下面哪一类/)],
    answers: ["1", "第1个", "１", "都不是，由工作人员来分", "都不是", "犬吠扰民"],
    after: /发生在哪里/,
  },
  {
    question: "地点",
    before: [citizen("路灯坏了半个月，晚上一片漆黑"), pickClassIfAsked, bot(/发生在哪里/)],
    answers: ["1", "说不清地点", "不知道", "跳过", "望京西园四区", "海淀区中关村街道科学院南路"],
    after: /称呼和电话/,
  },
  {
    question: "联系方式",
    before: atContact,
    answers: ["1", "匿名提交", "匿名", "不想留", "跳过", "王女士 13800000000", "13800000000", "010-66668888"],
    after: /请核对/,
  },
  {
    question: "核对",
    before: atSummary,
    answers: ["1", "确认提交", "确认", "没错", "对的", "可以"],
    after: /已经保存/,
  },
  {
    question: "改哪一项",
    before: [...atSummary, citizen("修改"), bot(/要改哪一项/)],
    answers: ["4", "地点", "改地点", "地址"],
    after: /发生在哪里/,
  },
  {
    question: "类型",
    before: [...atSummary, citizen("改类型"), bot(/哪一种诉求/)],
    answers: ["1", "投诉"],
    after: /类型：投诉/,
  },
  {
    question: "身份保密",
    before: [...atSummary, citizen("改身份保密"), bot(/是否需要对您的身份保密/)],
    answers: ["1", "需要保密", "是", "要"],
    after: /身份保密：是/,
  },
  {
    question: "时间",
    before: [...atSummary, citizen("改时间"), bot(/什么时候发生/)],
    answers: ["昨晚11点", "连续三天", "上周二"],
    after: /请核对[\s\S]*时间：(?!未填)/,
  },
  {
    question: "希望",
    before: [...atSummary, citizen("改希望"), bot(/希望怎么解决/)],
    answers: ["尽快修好", "换个新灯"],
    after: /希望：(?!未填)/,
  },
  {
    question: "另一件事",
    before: [...atContact, citizen("另外我们公司拖欠了我三个月工资一直不发"), bot(/是另外一件事/)],
    answers: ["1", "另一件，填完再登记", "另一件", "两件事"],
    after: /填完接着登记/,
  },
  {
    question: "应急工单",
    before: [citizen("望京西园四区3号楼着火了，楼道里都是烟"), bot(/2 小时内响应/)],
    answers: ["1", "登记应急工单", "要", "好的"],
    after: /称呼和电话|属于下面哪一类/,
  },
];

describe("每个问题，按序号、按名字、用自己的话都能答", () => {
  for (const { question, before, answers, after } of QUESTIONS) {
    for (const answer of answers) {
      transcript(`${question}：${answer}`, [...before, citizen(answer), bot(after)]);
    }
  }
});
