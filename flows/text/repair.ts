import type { OutboundMessage } from "../../bots/model/index.ts";
import { excerpt } from "./labels.ts";

const text = (words: string): OutboundMessage[] => [{ kind: "text", text: words }];

const listed = (parts: string[]): string =>
  parts.map((part, index) => `（${index + 1}）${excerpt(part, 60)}`).join("\n");

/** What is asked of a row, and why; for "为什么要填这个". */
const REASONS: Record<string, string> = {
  description: "事情的经过是派单的依据，单位只有看明白了才能办。用您平常的话说就行，不用写得正式。",
  category: "不同的问题归不同的单位管，选对了能直接派到负责的单位。拿不准就选最后一项，由工作人员来分。",
  place: "地点决定派给哪个街道、哪个单位。写到小区、路口最好；实在说不清也可以跳过。",
  contact: "单位办理时可能要找您核实情况，办完要给您回访。只给办理这件事的单位看，不作他用；不想留可以匿名。",
  occurredAt: "写明时间，单位核实起来更快，比如查当时的监控。",
  wants: "写明您希望怎么解决，单位会按这个方向办，也好回复您。",
  kind: "类型不同，办理方式不同：比如举报会对您的身份保密。",
  confidential: "选了保密，除市民热线服务中心外，别人看不到您的称呼和电话。",
  company: "企业诉求由专门的渠道办理，要核对企业名称和统一社会信用代码。",
  "which-place": "同名的地方不止一个，派给哪个街道要以您说的为准。",
  split: "几件事归不同的单位管，分开登记，各派各的，都有回音；合成一件，就只派给一个单位。",
  aside: "如果是另一件事，归别的单位管，单独登记才派得对。",
  "same-matter":
    "同一件事放在一张工单里，单位看得出有多少人受影响，也不会重复派单；进展每个人都会收到。不是同一件就单独登记，由您决定。",
  summary: "提交之前请您看一遍，说得不对的地方随时能改；您确认了才会提交。",
};

const DEFAULT_REASON = "问这些是为了把您的事情派给能解决的单位。不想答的可以说“跳过”。";

export const repairWords = {
  askSplit: (parts: string[]): OutboundMessage[] => [
    {
      kind: "choices",
      text: `您说的像是 ${parts.length} 件事：\n${listed(parts)}\n它们可能归不同的单位管。要分开登记，各派各的单位吗？`,
      choices: [
        { id: "intake/split/yes", label: "分开登记" },
        { id: "intake/split/no", label: "是同一件，一起登记" },
      ],
    },
  ],
  firstOf: (count: number) => text(`好，分成 ${count} 件，一件一件来，先登记第一件。`),
  nextOf: (matter: string) => text(`接着登记下一件：“${excerpt(matter, 40)}”。`),
  askAside: (said: string): OutboundMessage[] => [
    {
      kind: "choices",
      text: `您刚说的“${excerpt(said, 40)}”，是另外一件事，还是正在填的这一件？`,
      choices: [
        { id: "intake/aside/other", label: "另一件，填完再登记" },
        { id: "intake/aside/same", label: "同一件，补充进去" },
        { id: "intake/aside/drop", label: "不用登记" },
      ],
    },
  ],
  askWhichPlace: (name: string, places: string[]): OutboundMessage[] => [
    {
      kind: "choices",
      text: `叫“${excerpt(name, 30)}”的地方有 ${places.length} 个，是哪一个？`,
      choices: [
        ...places.map((label, index) => ({ id: `intake/which-place/${index}`, label })),
        { id: "intake/which-place/none", label: "都不是，我重新写" },
      ],
    },
  ],
  /** Reckoned from the point, so it is said as a guess. */
  nearPlace: (divisions: string) => text(`定位大约在${divisions}一带，不对的话请直接写地址。`),
  keptAside: () => text("好，记下了，这份填完接着登记那一件。"),
  addedAside: () => text("好，已补充到内容里。"),
  droppedAside: () => text("好，那句不登记。"),
  corrected: (label: string, value: string) => text(`好，${label}已改为“${excerpt(value, 60)}”。`),
  correctedWords: () => text("好，更正已写进内容里。"),
  correctWhat: () => text("好的，"),
  recap: (rows: { label: string; value: string }[]): OutboundMessage[] =>
    rows.length === 0
      ? text("这份诉求还没有填内容。")
      : text(`您这份诉求已经填了：\n${rows.map(({ label, value }) => `· ${label}：${value}`).join("\n")}`),
  explain: (field: string) => text(REASONS[field] ?? DEFAULT_REASON),
  /** Said once in a form; feelings are answered, then the work goes on. */
  soothe: () => text("遇到这种事，着急生气都是应该的，对不住让您受累了。我们先把事情登记清楚，尽快派给能解决的单位。"),
  /** Insults are not returned and not argued with. */
  calm: () => text("我理解您心里有气。您的事情我会一字不漏地转给负责的单位，咱们接着说事。"),
  notYet: () => text("提交之前还差这一项。"),
  keptPlace: (place: string) => text(`地点记下了：${excerpt(place, 60)}。`),
  needsWords: () => text("这一项要有内容才能派单，一句话也行。"),
} satisfies Record<string, (...words: never[]) => OutboundMessage[]>;
