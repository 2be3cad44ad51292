import { beforeAll, describe, expect, it } from "vitest";
import { createEntryIndex, type EntryIndex } from "../../../knowledge/policies/entry-index.ts";
import { followUp } from "../../../knowledge/policies/follow-up.ts";
import { answerInContext } from "../../../knowledge/policies/in-context.ts";
import { judge } from "../../../knowledge/policies/judge.ts";
import { loadStarterEntries } from "../../../knowledge/policies/starter.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { citizenQuestions } from "./citizen-questions.ts";

const segmenter = createSegmenter();
const entries = loadStarterEntries();
let index: EntryIndex;

beforeAll(() => {
  index = createEntryIndex({ segmenter });
  for (const entry of entries) index.put(entry);
});

const ask = (question: string, after: string) =>
  answerInContext({
    question,
    after,
    segmenter,
    judge: (query) => judge({ query, index, segmenter, accept: () => true }),
    entry: index.get,
  });

/** before | then | how it is understood | the entry that answers, "-" where the base has no answer for certain */
const understood = `
身份证丢了怎么补办？ | 那驾驶证呢？ | 驾驶证丢了怎么补办 | jiazhao-002
身份证丢了怎么补办？ | 结婚证呢 | 结婚证丢了怎么补办 | hunyin-006
身份证丢了怎么补办？ | 房产证的呢 | 房产证丢了怎么补办 | budongchan-003
身份证丢了怎么补办？ | 那到期了呢 | 身份证到期了怎么办 | shenfenzheng-006
身份证丢了怎么补办？ | 要交多少钱 | 身份证要交多少钱 | shenfenzheng-005
身份证丢了怎么补办？ | 要带什么材料？ | 身份证丢了补办要带什么材料 | -
身份证丢了怎么补办？ | 几天能拿到 | 身份证丢了补办几天能拿到 | -
第一次办护照去哪里、要什么材料？ | 多少钱 | 第一次办护照多少钱 | churujing-001
第一次办护照去哪里、要什么材料？ | 有效期几年 | 护照有效期几年 | churujing-002
第一次办护照去哪里、要什么材料？ | 它有效期是几年？ | 护照有效期是几年 | churujing-002
第一次办护照去哪里、要什么材料？ | 那孩子呢 | 孩子第一次办护照去哪里、要什么材料 | -
孩子多大可以上小学？ | 那要什么材料 | 孩子上小学要什么材料 | ruxue-005
孩子多大可以上小学？ | 外地户口的呢？ | 外地户口孩子多大可以上小学 | -
本市户籍的孩子上小学要满足什么条件 | 非京籍呢 | 非京籍的孩子上小学要满足什么条件 | -
本市户籍的孩子上小学要满足什么条件 | 那外地户口的呢 | 外地户口的孩子上小学要满足什么条件 | -
老年人坐公交有什么优惠 | 那残疾人呢 | 残疾人坐公交有什么优惠 | canji-003
残疾人停车可以免费吗？ | 老人也可以吗 | 老人停车可以免费吗 | -
外地人在北京办居住证需要什么条件？ | 要带什么材料 | 外地人在北京办居住证要带什么材料 | juzhuzheng-001 juzhuzheng-002
外地人在北京办居住证需要什么条件？ | 几天能拿到 | 居住证几天能拿到 | juzhuzheng-002
外地人在北京办居住证需要什么条件？ | 能代办吗 | 居住证能代办吗 | juzhuzheng-005
失业金最多能领几个月？ | 每个月多少钱 | 失业金领每个月多少钱 | shiye-005
失业金最多能领几个月？ | 什么条件可以领 | 失业金领什么条件可以领 | shiye-001
失业金最多能领几个月？ | 多久能办下来？ | 失业金领多久能办下来 | shiye-007
申请公租房要符合什么条件？ | 这个能转租吗 | 申请公租房能转租吗 | gongzufang-003
在北京生孩子产假一共多少天？ | 那婚假呢 | 婚假一共多少天 | hunyin-008
在北京生孩子产假一共多少天？ | 陪产假呢 | 在北京生孩子陪产假一共多少天 | -
劳动仲裁去哪儿申请，要花钱吗？ | 多久能出结果 | 劳动仲裁多久能出结果 | zhongcai-003
驾驶证快到期了，怎么换证？ | 那身份证呢 | 身份证快到期了,怎么换证 | shenfenzheng-006
驾驶证快到期了，怎么换证？ | 丢了呢 | 驾驶证丢了怎么办 | jiazhao-002
申请低保去哪里 | 外地人可以申请吗 | 外地人申请低保可以申请吗 | dibao-002
三岁以下孩子的育儿补贴怎么领 | 这个补贴多少钱 | 三岁以下孩子的育儿补贴领多少钱 | yuer-001
北京最低工资标准在哪儿查 | 上海呢 | 上海最低工资标准在哪儿查 | -
职工医保看门诊能报吗？ | 居民呢 | 居民医保看门诊能报吗 | -
残疾人证去哪里办？ | 需要什么条件 | 残疾人证需要什么条件 | canji-002
社保怎么查 | 公积金呢 | 公积金怎么查 | gongjijin-010
电动自行车要上牌吗 | 去哪办 | 电动自行车要上牌去哪办 | diandongche-001
`
  .trim()
  .split("\n")
  .map((line) => line.split("|").map((part) => part.trim()) as [string, string, string, string]);

describe("a short question after an answered one", () => {
  it.each(understood)("after “%s”, “%s” means “%s”", (before, then, meant, ids) => {
    const answer = ask(then, before);
    expect(answer?.understoodAs).toBe(meant);
    if (ids === "-") expect(answer?.kind).toBe("unsure");
    else expect(answer?.kind === "answered" && ids.split(" ").includes(answer.sources[0].entryId)).toBe(true);
  });
});

describe("a question that stands on its own", () => {
  it.each([
    ["身份证丢了怎么补办", "护照有效期几年"],
    ["身份证丢了怎么补办", "失业金能领几个月"],
    ["身份证丢了怎么补办", "残疾人有什么优惠"],
    ["身份证丢了怎么补办", "孩子多大可以上小学"],
    ["身份证丢了怎么补办", "12345能管哪些事"],
    ["身份证丢了怎么补办", "停车费多少钱"],
    ["身份证丢了怎么补办", "哪里可以打疫苗"],
    ["失业金最多能领几个月", "那居住证怎么办理"],
    ["失业金最多能领几个月", "离婚要带什么材料"],
    ["失业金最多能领几个月", "工伤认定要多久"],
    ["失业金最多能领几个月", "那物业费不交会怎样"],
    ["老年人坐公交有什么优惠", "营业执照呢"],
    ["老年人坐公交有什么优惠", "老年人坐公交有什么优惠"],
    ["老年人坐公交有什么优惠", "老年人呢"],
    ["孩子上小学要什么材料", "护照呢"],
    ["孩子上小学要什么材料", "我的快递呢"],
    ["孩子上小学要什么材料", "谢谢"],
    ["孩子上小学要什么材料", "你好"],
    ["孩子上小学要什么材料", "这个小区没人管"],
    ["孩子上小学要什么材料", "那边的路灯坏了"],
    ["孩子上小学要什么材料", ""],
    ["", "多少钱"],
  ])("after “%s”, “%s” is left alone", (before, then) => {
    expect(followUp(then, before, segmenter)).toBeUndefined();
  });

  it("is left alone however the starter base and citizens word it", () => {
    const all = [
      ...entries.flatMap(({ question = "", similar }) => [question, ...similar]),
      ...citizenQuestions.map(({ text }) => text),
    ];
    const before = "身份证丢了怎么补办";
    expect(all.filter((question) => followUp(question, before, segmenter))).toEqual([]);
  });

  it("is not understood as one however long it is, nor in odd characters", () => {
    expect(followUp("？".repeat(5000), "身份证丢了怎么补办", segmenter)).toBeUndefined();
    expect(followUp("\u200b\u0000", "身份证丢了怎么补办", segmenter)).toBeUndefined();
  });
});
