import type { Choice, OutboundMessage, TicketView } from "../../bots/model/index.ts";
import type { Attached } from "../attachments.ts";
import { attachedText, VOICE_KEPT } from "./attachments.ts";
import { excerpt, STATUS_LABELS, shortTime } from "./labels.ts";

const text = (words: string): OutboundMessage[] => [{ kind: "text", text: words }];

/** What a citizen can still do with a ticket in this state. */
function actionsOf(ticket: TicketView): Choice[] {
  if (ticket.filing.kind !== "filed") return [];
  const { number } = ticket.filing;
  if (ticket.status === "closed" || ticket.status === "withdrawn") return [];
  return [
    { id: `progress/urge/${number}`, label: "催办" },
    { id: `progress/supplement/${number}`, label: "补充内容" },
    { id: `progress/withdraw/${number}`, label: "撤回" },
  ];
}

/** Never a number that the dispatch system has not given. */
function headline(ticket: TicketView): string {
  const name = excerpt(ticket.title, 24);
  switch (ticket.filing.kind) {
    case "filed":
      return `${ticket.filing.number} ${name}（${STATUS_LABELS[ticket.status]}）`;
    case "refused":
      return `${name}（未能登记：${ticket.filing.reason}）`;
    case "saved":
    case "pending":
      return `${name}（已保存，尚未登记，编号稍后自动发给您）`;
    default:
      throw new Error(`unknown filing ${JSON.stringify(ticket.filing satisfies never)}`);
  }
}

function details(ticket: TicketView): string {
  const told = ticket.updates.filter(({ voice }) => voice?.now !== "first");
  const history = told.map(
    (update) =>
      `· ${shortTime(update.at)} ${STATUS_LABELS[update.status]}${update.unit ? `，${update.unit}` : ""}${update.text ? `：${update.text}` : ""}`,
  );
  const open = ticket.status !== "closed" && ticket.status !== "withdrawn";
  const due = ticket.dueAt && open ? [`办理时限：${shortTime(ticket.dueAt)} 前`] : [];
  const unit = ticket.unit ? [`承办单位：${ticket.unit}`] : [];
  const voices = ticket.voices === undefined ? [] : [`反映人数：${ticket.voices} 人`];
  return [headline(ticket), ...unit, ...due, ...voices, ...history].join("\n");
}

const sendSupplement = (number: string): Choice => ({ id: `progress/supplement-send/${number}`, label: "提交补充" });

const withChoices = (words: string, choices: Choice[]): OutboundMessage[] =>
  choices.length > 0 ? [{ kind: "choices", text: words, choices }] : text(words);

export const progressWords = {
  none: (): OutboundMessage[] => [
    {
      kind: "choices",
      text: "您在这里还没有提交过诉求。如果是在别的渠道提交的，请到原渠道查询，或拨打 12345。",
      choices: [{ id: "intake/start", label: "我要反映问题" }],
    },
  ],
  list: (tickets: TicketView[]): OutboundMessage[] => {
    const shown = tickets.filter((ticket) => ticket.filing.kind === "filed");
    const choices = shown.map((ticket) => ({
      id: `progress/show/${ticket.filing.kind === "filed" ? ticket.filing.number : ""}`,
      label: ticket.filing.kind === "filed" ? `${excerpt(ticket.title, 14)} ${ticket.filing.number}` : "",
    }));
    return withChoices(`您最近的诉求：\n${tickets.map((ticket) => `· ${headline(ticket)}`).join("\n")}`, choices);
  },
  show: (ticket: TicketView) => withChoices(details(ticket), actionsOf(ticket)),
  notFound: (number: string) =>
    text(
      `没有在您的诉求里找到编号 ${number}。请核对编号；为保护隐私，这里只能查本账号提交的诉求，其他的请拨打 12345 查询。`,
    ),
  chooseFor: (verb: "urge" | "supplement" | "withdraw", tickets: TicketView[]): OutboundMessage[] => {
    const choices = tickets.flatMap((ticket) =>
      ticket.filing.kind === "filed"
        ? [
            {
              id: `progress/${verb}/${ticket.filing.number}`,
              label: `${excerpt(ticket.title, 14)} ${ticket.filing.number}`,
            },
          ]
        : [],
    );
    return [{ kind: "choices", text: `要${ACTION_LABELS[verb]}哪一件？`, choices }];
  },
  nothingOpen: (verb: "urge" | "supplement" | "withdraw") =>
    text(
      `您现在没有可以${ACTION_LABELS[verb]}的诉求（办结、撤回的不能再${ACTION_LABELS[verb]}）。有新情况可以重新登记。`,
    ),
  askSupplement: (number: string) =>
    text(`请写要补充到 ${number} 的内容，也可以发照片、视频和文件，我会原样转给承办单位。`),
  attachedToSupplement: (number: string, attached: Attached): OutboundMessage[] => [
    {
      kind: "choices",
      text: `${attachedText(attached)}可以接着发，或者写一句说明；都发完了，请点“提交补充”。`,
      choices: [sendSupplement(number)],
    },
  ],
  moreToSupplement: (number: string, count: number): OutboundMessage[] => [
    {
      kind: "choices",
      text: `要补充到 ${number} 的附件有 ${count} 个，还没有提交。请写一句说明，或者点“提交补充”。`,
      choices: [sendSupplement(number)],
    },
  ],
  voiceInSupplement: (number: string): OutboundMessage[] => [
    {
      kind: "choices",
      text: `${VOICE_KEPT}请用一句话写一下要补充什么；不写就点“提交补充”。`,
      choices: [sendSupplement(number)],
    },
  ],
  /** A position sent as a supplement, in words. */
  placeIs: (place: string) => `位置：${place}`,
  askWithdraw: (number: string, voices = 1): OutboundMessage[] => [
    {
      kind: "choices",
      text:
        voices > 1
          ? `这张工单还有其他居民反映。撤回后，您不再收到 ${number} 的进展，工单为其他人继续办理。确定撤回吗？`
          : `撤回后，${number} 将不再办理。确定撤回吗？`,
      choices: [
        { id: `progress/withdraw-yes/${number}`, label: "确定撤回" },
        { id: `progress/withdraw-no/${number}`, label: "不撤回" },
      ],
    },
  ],
  urging: (number: string) => text(`您对 ${number} 的催办已经记下，正在转给承办单位，送到了再告诉您。`),
  supplementing: (number: string) => text(`您对 ${number} 的补充已经保存，正在转给承办单位，送到了再告诉您。`),
  withdrawing: (number: string) => text(`您撤回 ${number} 的要求已经记下，正在通知派单系统，撤回成功再告诉您。`),
  keptOpen: (number: string) => text(`好的，${number} 继续办理。`),
  left: () => text("好的，没有改动您的工单。"),
};

export const ACTION_LABELS = { urge: "催办", supplement: "补充", withdraw: "撤回" } as const;
