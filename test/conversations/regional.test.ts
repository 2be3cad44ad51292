import { describe } from "vitest";
import type { Entry } from "../../knowledge/policies/entry.ts";
import { bot, check, citizen, never, press, transcript, withHouse } from "./transcript.ts";

withHouse();

const meals = (id: string, parts: Partial<Entry>): Entry => ({
  id,
  question: "养老助餐点吃饭有什么补贴？",
  similar: ["老人食堂吃饭补多少"],
  text: `${parts.region ?? ""}养老助餐按餐补贴。`,
  category: "养老/助餐",
  source: { title: "测试规定", issuer: "测试机关" },
  status: "published",
  demonstration: true,
  ...parts,
});
const subsidy = (id: string, audience: string): Entry => ({
  ...meals(id, { audience, text: `${audience}的稳岗补贴在网上申请。` }),
  question: "稳岗补贴怎么申请？",
  similar: [],
  category: "就业/稳岗",
});

const entries = [
  meals("test-cy", { region: "朝阳区" }),
  meals("test-hd", { region: "海淀区" }),
  subsidy("test-p", "个人"),
  subsidy("test-c", "企业"),
];

/** The first line of each transcript: the entries are there. */
const withEntries = check(async ({ house }) => {
  await house.knowledgeStore.importEntries(entries, { publish: true });
  await house.knowledge.refresh();
});

describe("各区规定不同", () => {
  transcript("问题说了哪个区，就按那个区答，并说明适用地区", [
    withEntries,
    citizen("海淀区养老助餐点吃饭有什么补贴？"),
    bot(/【适用地区：海淀区】[\s\S]*海淀区养老助餐[\s\S]*依据：/),
    citizen("那朝阳呢？"),
    bot(/按“朝阳区养老助餐点吃饭有什么补贴”回答：[\s\S]*【适用地区：朝阳区】/),
  ]);

  transcript("没说哪个区，就反问一次；点选之后，后面的问题按这个区答", [
    withEntries,
    citizen("养老助餐点吃饭有什么补贴？"),
    bot(/您问的是哪里[\s\S]*1\. 朝阳区[\s\S]*2\. 海淀区[\s\S]*都不是/),
    press("海淀区"),
    bot(/【适用地区：海淀区】/),
    citizen("老人食堂吃饭补多少？"),
    bot(/【适用地区：海淀区】/),
    never(/您问的是哪里/),
  ]);

  transcript("反问之后直接写地名也行", [
    withEntries,
    citizen("养老助餐点吃饭有什么补贴？"),
    bot(/您问的是哪里/),
    citizen("我在望京街道"),
    bot(/按“朝阳区望京街道养老助餐点吃饭有什么补贴”回答：[\s\S]*【适用地区：朝阳区】/),
  ]);

  transcript("问的区没有规定，不拿别的区的来答", [
    withEntries,
    citizen("丰台区养老助餐点吃饭有什么补贴？"),
    never(/【适用地区|依据：/),
    bot(/没有查到适用于“丰台区”的规定[\s\S]*（朝阳区）[\s\S]*转工单/),
  ]);

  transcript("正在填的表单里说过地点，插问时按那里答", [
    withEntries,
    citizen("海淀区上地街道马路边的路灯坏了好几天，晚上很黑没人修"),
    bot(/登记/),
    citizen("养老助餐点吃饭有什么补贴？"),
    bot(/【适用地区：海淀区】/),
  ]);
});

describe("适用对象不同", () => {
  transcript("从企业入口来的，先给企业的规定", [
    withEntries,
    citizen("企业服务"),
    bot(/企业服务专线/),
    press("咨询惠企政策"),
    bot(/请直接写/),
    citizen("稳岗补贴怎么申请？"),
    bot(/【适用对象：企业】[\s\S]*企业的稳岗补贴/),
  ]);

  transcript("不知道是谁就反问一次", [
    withEntries,
    citizen("稳岗补贴怎么申请？"),
    bot(/您属于哪一种[\s\S]*个人[\s\S]*企业/),
    press("个人"),
    bot(/【适用对象：个人】/),
  ]);
});

describe("同音错字", () => {
  transcript("按同音的词来理解，并说明", [
    citizen("公基金怎么提取？"),
    bot(/按“公积金”理解：[\s\S]*依据：/),
    citizen("身份证丢了怎么补办？"),
    bot(/依据：/),
    citizen("那驾使证呢？"),
    bot(/按“驾驶证丢了怎么补办”回答：/),
  ]);

  transcript("答不准时也说明是怎么理解的", [citizen("公鸡金怎么办"), bot(/按“公积金”理解：[\s\S]*您问的是哪一种/)]);
});
