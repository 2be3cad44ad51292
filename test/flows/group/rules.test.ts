import { describe, expect, it } from "vitest";
import { plainRequest } from "../../../flows/group/plain-request.ts";
import { readNumber, readShortWord } from "../../../flows/group/short-words.ts";
import { withoutNumbers } from "../../../flows/group/to-request.ts";
import { shareWords } from "../../../flows/group/which-matter.ts";
import { CHATTER, LATER_CHATTER, LATER_REQUESTS, REQUESTS } from "./lines.ts";

describe("明显的报修", () => {
  it("闲聊都不是", () => {
    expect([...CHATTER, ...LATER_CHATTER].filter(plainRequest)).toEqual([]);
  });
  it("报修都是", () => {
    expect([...REQUESTS, ...LATER_REQUESTS].filter((text) => !plainRequest(text))).toEqual([]);
  });
  it("太短、太长、带链接的不是", () => {
    expect(["", "灯坏", "路灯坏了".repeat(200), "电梯坏了 https://example.org/a"].filter(plainRequest)).toEqual([]);
  });
});

describe("一句短话", () => {
  const words: [string, ReturnType<typeof readShortWord>][] = [
    ["已解决", { act: "solved" }],
    ["已经解决了，谢谢大家", { act: "solved" }],
    ["3号已解决", { act: "solved", number: 3 }],
    ["第3号小事：解决了", { act: "solved", number: 3 }],
    ["修好了", { act: "solved" }],
    ["电梯已经修好了", { act: "solved", about: "电梯" }],
    ["垃圾清走了", { act: "solved", about: "垃圾" }],
    ["还没解决", { act: "unsolved" }],
    ["没修好呢", { act: "unsolved" }],
    ["转工单", { act: "escalate" }],
    ["帮我转成工单吧", { act: "escalate" }],
    ["2号转工单", { act: "escalate", number: 2 }],
    ["同意转工单", { act: "consent" }],
    ["我同意", { act: "consent" }],
    ["不用转", { act: "decline" }],
    ["不同意", { act: "decline" }],
    ["撤回", { act: "withdraw" }],
    ["1号不用管了", { act: "withdraw", number: 1 }],
  ];
  it.each(words)("%s", (text, word) => {
    expect(readShortWord(text)).toEqual(word);
  });

  it.each([
    "修好了吗",
    "解决了没有？",
    "什么时候能修好",
    "等修好了再说",
    "要是解决了就好了",
    "没人修好",
    "3号楼修好了吗",
    "好了",
    "同意你的看法",
    "我不同意他说的",
    "谁说解决了",
    "怎么转工单",
    "不要把电梯修好了又弄坏",
    "",
    "解决".repeat(50),
  ])("什么也不是：%s", (text) => {
    expect(readShortWord(text)).toBeUndefined();
  });

  it("楼号不是小事的编号", () => {
    expect(readShortWord("3号楼修好了")).toEqual({ act: "solved", about: "3号楼" });
  });

  it("说的是不是那一件：楼号要对，东西也要对", () => {
    const told = "3号楼的电梯坏了，停在一层";
    expect(["3号楼", "电梯", "3号楼电梯", "那部电梯"].filter((about) => !shareWords(about, told))).toEqual([]);
    expect(["5号楼", "5号楼电梯", "路灯", "3号楼路灯", "灯"].filter((about) => shareWords(about, told))).toEqual([]);
  });

  it("编号", () => {
    expect(["2", "2号", "第2件", "是 2 号小事", "２"].map(readNumber)).toEqual([2, 2, 2, 2, 2]);
    expect(["2号楼", "两个", "1和2", "", "13812345678"].map(readNumber)).toEqual(Array(5).fill(undefined));
  });
});

describe("号码不留在群里的记录里", () => {
  it("电话、身份证、卡号", () => {
    const text = "打我 138-1234-5678 或 010-65001234，身份证11010519491231002X，卡6222020200112233445";
    expect(withoutNumbers(text)).not.toMatch(/\d{4}/);
    expect(withoutNumbers("3号楼12层1203室")).toBe("3号楼12层1203室");
  });
});
