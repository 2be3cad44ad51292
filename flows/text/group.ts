import type { Answer, Choice, OutboundMessage, SmallMatter } from "../../bots/model/index.ts";
import { excerpt, shortTime } from "./labels.ts";
import { scopeLine, understood } from "./understood.ts";

const text = (words: string, mentions: string[] = []): OutboundMessage[] => [
  mentions.length > 0 ? { kind: "text", text: words, mentions } : { kind: "text", text: words },
];
const choices = (words: string, list: Choice[]): OutboundMessage[] => [{ kind: "choices", text: words, choices: list }];

/** How a number to be read out loud stands in place of one that others must not see. */
export const HIDDEN = "（已隐去）";

const named = ({ number }: SmallMatter): string => `${number} 号小事`;
const SHORT = 14;
const brief = (words: string): string => `“${excerpt(words, SHORT)}”`;

/** What everybody in a group reads. No citizen is named; whom it concerns is called by a mention. */
export const groupWords = {
  help: (agreed: boolean): OutboundMessage[] =>
    text(
      `我在。社区里的小事，@我说清什么事、在哪里，我请网格员来看${agreed ? "；明显是报修、反映的话，不@我也会记下" : ""}。电话、姓名、门牌这些请不要发在群里，私聊我说。`,
    ),
  comePrivately: (): OutboundMessage[] =>
    text(
      "这件事请点我的头像私聊我说，我来登记办理；群里大家都看得到，请不要发姓名、电话和住址。紧急情况请拨打 110、119、120。",
    ),
  opened: (matter: SmallMatter, hidden: boolean, mentions: string[]): OutboundMessage[] =>
    text(
      `记下了，这是 ${named(matter)}，请网格员${matter.gridWorker}来看，${shortTime(matter.deadline)} 前给回音。有照片发在群里就行。解决了请回复“已解决”；想转给单位办，回复“转工单”。${
        hidden ? "\n消息里的号码我没有记。群里大家都看得见，请您撤回那条消息，需要留号码时私聊我。" : ""
      }`,
      mentions,
    ),
  alreadyOpen: (matter: SmallMatter, mentions: string[]): OutboundMessage[] =>
    text(`这件事已经是 ${named(matter)}，您说的也记进去了，请网格员${matter.gridWorker}一并处理。`, mentions),
  solved: (matter: SmallMatter, mentions: string[]): OutboundMessage[] =>
    text(
      matter.solvedBy === "author"
        ? `好的，${named(matter)}记为已解决，谢谢网格员${matter.gridWorker}。`
        : `网格员说 ${named(matter)}已经解决。没解决的话，24 小时内回复“没解决”，接着办。`,
      mentions,
    ),
  reopened: (matter: SmallMatter, mentions: string[]): OutboundMessage[] =>
    text(
      `${named(matter)}还没解决，重新请网格员${matter.gridWorker}处理，${shortTime(matter.deadline)} 前给回音。`,
      mentions,
    ),
  withdrawn: (matter: SmallMatter): OutboundMessage[] => text(`好的，${named(matter)}撤回了。`),
  /** Before anything is filed: what goes along, to whom, and the two ways to agree. */
  askConsent: (matter: SmallMatter, mentions: string[]): OutboundMessage[] =>
    text(
      `${matter.askedFor === "time" ? `${named(matter)}到时间了，还没有收到解决的消息，可以转成工单。` : `${named(matter)}可以转成工单。`}要由提出的人本人同意：群里关于这件事的话和照片会附给承办单位。\n不留电话，回复“同意转工单”；要留电话方便单位联系，看我私聊您的消息，或者点我的头像私聊我。不转就回复“不用转”。`,
      mentions,
    ),
  filing: (matter: SmallMatter, mentions: string[]): OutboundMessage[] =>
    text(`好的，${named(matter)}正在登记成工单。编号和进展我私聊您，群里只说结果。`, mentions),
  declined: (matter: SmallMatter): OutboundMessage[] => text(`好的，${named(matter)}不转工单，就到这里。需要时再@我。`),
  expired: (matter: SmallMatter): OutboundMessage[] =>
    text(`${named(matter)}没有等到提出人同意，没有转工单，先到这里。需要时再@我。`),
  filed: (matter: SmallMatter): OutboundMessage[] =>
    text(`${named(matter)}已经登记成工单，由单位办理，进展会私下告诉提出的人。`),
  refused: (matter: SmallMatter): OutboundMessage[] =>
    text(`${named(matter)}没能登记成工单，原因已经私下告诉提出的人。`),
  closed: (matter: SmallMatter): OutboundMessage[] => text(`${named(matter)}转出的工单已经办结。`),
  which: (matters: { number: number; words: string }[], mentions: string[]): OutboundMessage[] =>
    text(
      `您说的是哪一件？请回复编号：\n${matters.map(({ number, words }) => `${number} 号：${brief(words)}`).join("\n")}`,
      mentions,
    ),
  notYours: (): OutboundMessage[] => text("这一件要由提出的人或者网格员来说。"),
  noSuch: (number: number): OutboundMessage[] => text(`现在没有 ${number} 号小事在办。`),
  agreed: (): OutboundMessage[] =>
    text(
      "好的，从现在起，群里明显是报修、反映的话，不@我也会记成小事，请网格员来看；闲聊我不接话，也不留。网格员随时可以@我说“关闭群内小事”。",
    ),
  revoked: (): OutboundMessage[] => text("好的，从现在起，只有@我的话我才处理。已经记下的小事接着办。"),
  onlyWorkers: (): OutboundMessage[] => text("这个开关由本群的网格员来定。"),
  answered: (answer: Extract<Answer, { kind: "answered" }>): OutboundMessage[] => {
    const [source] = answer.sources;
    const title = source.title.startsWith("《") ? source.title : `《${source.title}》`;
    const words = `${understood(answer)}${scopeLine(source)}${answer.text}`;
    return text(`${words}\n依据：${title}${source.article ?? ""}\n想问得更细，请私聊我。`);
  },
};

/** What the author reads in the private chat. */
export const privateGroupWords = {
  ask: (matter: SmallMatter, words: string): OutboundMessage[] =>
    choices(
      `您在群里说的 ${named(matter)}${brief(words)}${matter.askedFor === "time" ? "到时间了，还没有收到解决的消息。" : "可以转成工单。"}要登记成工单、交给单位办吗？登记的话，群里关于这件事的话和照片会附给承办单位；电话留不留由您定。`,
      [
        { id: `group/file/${matter.id}`, label: "登记成工单" },
        { id: `group/no/${matter.id}`, label: "不用转" },
      ],
    ),
  over: (): OutboundMessage[] => text("这件小事已经有结果了，不用再办。还有别的事，直接告诉我。"),
  declined: (): OutboundMessage[] => text("好的，不转工单。需要时随时说。"),
};

const SPEAKERS = { author: "诉求人", "grid-worker": "网格员", neighbour: "邻居", bot: "小诉" } as const;

/** What the unit reads below the request: the talk, without a name or a number. */
export const groupRecord = (matter: SmallMatter): string =>
  [
    `【群内小事记录】${matter.community}，${shortTime(matter.openedAt)} 提出，网格员 ${matter.gridWorker}`,
    ...matter.lines.map(({ by, at, text: words }) => `${shortTime(at)} ${SPEAKERS[by]}：${excerpt(words, 200)}`),
  ].join("\n");

/** For the group in which grid workers work; it goes by another company's server, so nothing that a citizen said stands in it. */
export const gridNotice = (matter: SmallMatter, isLate: boolean): string =>
  `${matter.community}：${named(matter)}${isLate ? "快到时间了" : "等着处理"}，请网格员${matter.gridWorker}在 ${shortTime(matter.deadline)} 前到居民群里看一下，办好了在群里说一声。`;
