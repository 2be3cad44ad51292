import type { CardRow, Choice, OutboundMessage } from "../../bots/model/index.ts";
import { maskPhone } from "./labels.ts";

const text = (words: string): OutboundMessage[] => [{ kind: "text", text: words }];
const choices = (words: string, list: Choice[]): OutboundMessage[] => [{ kind: "choices", text: words, choices: list }];

/** Name and number, which some channels can hand over by a button. */
const contact = (words: string, list: Choice[]): OutboundMessage[] => [
  { kind: "choices", text: words, choices: list, asks: "contact" },
];

const ANONYMOUS: Choice = { id: "intake/anonymous", label: "匿名提交" };
const EDIT: Choice = { id: "intake/edit", label: "修改" };
const UNKNOWN_PLACE: Choice = { id: "intake/no-place", label: "说不清地点" };

export const intakeWords = {
  askDescription: () => text("请说说是什么事，在哪里、什么时候发生、您希望怎么解决，想到什么写什么，也可以发照片。"),
  askDescriptionAfterEvidence: () => text("照片（文件、位置）收到了，已经放进这份诉求。请再用一句话说说是什么事。"),
  moreDescription: () => text("请再说具体一点：发生了什么事？"),
  askCategory: (list: Choice[]) =>
    choices("这件事属于下面哪一类？选对了能更快派到负责的单位。", [
      ...list,
      { id: "intake/category/none", label: "都不是，由工作人员来分" },
    ]),
  askPlace: (): OutboundMessage[] => [
    {
      kind: "ask-location",
      text: "这件事发生在哪里？请写区、街道（或小区、路口），也可以发送位置。",
      choices: [UNKNOWN_PLACE],
    },
  ],
  askPlaceMore: (known: string): OutboundMessage[] => [
    {
      kind: "ask-location",
      text: `记下了“${known}”。能再具体一点吗？比如哪个区、哪个街道、哪个小区或路口，这样能直接派到属地。`,
      choices: [{ id: "intake/place-enough", label: "就写这么多" }],
    },
  ],
  askContact: () =>
    contact(
      "办理时可能要联系您核实，办完要给您回访，所以需要您的称呼和电话，只给办理这件事的单位看，不作他用。直接回复（例如“王女士 13800000000”）即表示同意；不想留可以匿名，只是单位没法联系您。",
      [ANONYMOUS],
    ),
  /** The whole notice has been given in this form; what it is for and that answering is agreeing still stands in one line. */
  askContactAgain: () =>
    contact("请留一下称呼和电话，只给办理这件事的单位看，回复即表示同意；也可以匿名。", [ANONYMOUS]),
  askContactSeen: (phone: string) =>
    choices(
      `您前面写了电话 ${maskPhone(phone)}。办理时可能要联系您核实和回访，只给办理这件事的单位看，不作他用。同意用这个号码吗？也可以另写称呼和电话。`,
      [{ id: "intake/consent", label: "同意，用这个号码" }, ANONYMOUS],
    ),
  askPhone: (name: string | undefined) =>
    contact(name ? `好的，${name}。请再写一下联系电话。` : "好的。请写一下您的称呼和联系电话。", [ANONYMOUS]),
  badPhone: (digits: number) =>
    choices(`这个号码是 ${digits} 位，手机号应为 11 位，座机请带区号（如 010-66668888）。请核对后再写一次。`, [
      ANONYMOUS,
    ]),
  askConfidential: () =>
    choices("是否需要对您的身份保密？保密后，除市民热线服务中心外，其他人看不到您的称呼和电话。", [
      { id: "intake/confidential/yes", label: "需要保密" },
      { id: "intake/confidential/no", label: "不需要" },
    ]),
  askKind: (list: Choice[]) => choices("这是哪一种诉求？", list),
  askOccurredAt: () => text("是什么时候发生的？比如“昨晚11点”“连续三天”。"),
  askWants: () => text("您希望怎么解决？"),
  askFact: (label: string) => text(`请写一下${label}。`),
  askEvidence: () => text("请发照片或文件（每个不超过 10 MB）。发完会再给您看一遍摘要。"),
  /** The button carries the request's id, so that pressing one of an earlier request confirms nothing. */
  summary: (rows: CardRow[], requestId: string): OutboundMessage[] => [
    {
      kind: "card",
      title: "请核对您的诉求",
      rows,
      text: "都对就回复“确认提交”。要改哪一项，直接说，比如“地点改成望京街道”；想补充内容、照片，直接发。",
      choices: [{ id: `intake/confirm/${requestId}`, label: "确认提交" }, EDIT],
    },
  ],
  chooseField: (list: Choice[]) => choices("要改哪一项？", [...list, { id: "intake/summary", label: "不改了" }]),
  added: () => text("已补充到内容里。"),
  changed: (label: string) => text(`${label}已改好。`),
  submitted: () => text("您的诉求已经保存，正在提交派单系统，登记成功后马上把受理编号发给您。"),
  left: () => text("好的，已取消，这份诉求没有提交。改主意的话，说“恢复”还能接着填。"),
  alreadyDone: () => text("这份诉求已经提交过，或者已经取消了。回复“我的工单”可以查看已提交的诉求。"),
  keptContact: () => text("记下了。"),
  noted: () => text("明白，我帮您登记。"),
  /** Somebody may be in danger although it was not said plainly. */
  notedWithCaution: () => text("如果眼前有人受伤或有危险，请先拨打 120、119 或 110。这件事我帮您登记。"),
  /** Anger about the matter is answered once, then the form goes on. */
  notedWithFeeling: () => text("给您添堵了，您的心情我们理解。这件事我马上帮您登记。"),
} satisfies Record<string, (...words: never[]) => OutboundMessage[]>;

export const HIDDEN_PHONE = "（电话已隐去）";
