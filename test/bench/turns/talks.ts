import type { TurnTime, Visitor } from "./visitor.ts";

/** One talk: says one thing after the other and reports each turn. Ends where the next can begin. */
export type Talk = (visitor: Visitor, turn: (time: TurnTime) => void) => Promise<void>;

const QUESTIONS = ["居住证怎么办", "医保报销需要什么材料", "公积金怎么提取", "老年卡在哪里办"] as const;
const MATTERS = [
  "路灯坏了半个月，晚上一片漆黑，没有人来修",
  "楼下饭馆每天半夜还在放音乐，吵得孩子睡不着",
  "小区门口的垃圾桶三天没有清运，味道很大",
  "单元门口的井盖松了，老人走过去很危险",
] as const;
const FORM: { asked: RegExp; answer: string }[] = [
  { asked: /属于下面哪一类/, answer: "1" },
  { asked: /发生在哪里|再具体一点吗/, answer: "海淀区中关村街道科学院南路" },
  { asked: /同一件事吗|要加入这一件吗/, answer: "不是，单独登记" },
  { asked: /^好的，单独登记/, answer: "匿名" },
  { asked: /称呼和电话/, answer: "匿名" },
  { asked: /请核对您的诉求/, answer: "确认提交" },
];
const LONGEST_FORM = 8;

export const greeting: Talk = async (visitor, turn) => turn(await visitor.say("你好"));

/** A visit as it may be: a greeting, a question on policy, then a request from the first word to the confirmation. */
export function createVisit(): Talk {
  let visits = 0;
  return async (visitor, turn) => {
    visits += 1;
    turn(await visitor.say("你好"));
    turn(await visitor.say(QUESTIONS[visits % QUESTIONS.length] ?? QUESTIONS[0]));
    // No two alike: what was read a moment ago may be remembered.
    let text: string | undefined = `${MATTERS[visits % MATTERS.length]}，${visits}号楼这边`;
    for (let asked = 0; text !== undefined && asked < LONGEST_FORM; asked++) {
      const time = await visitor.say(text);
      turn(time);
      text = FORM.find((field) => field.asked.test(time.words ?? ""))?.answer;
    }
  };
}
