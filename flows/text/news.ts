import type {
  Choice,
  CitizenAction,
  FilingState,
  OutboundMessage,
  TicketUpdate,
  VoiceNews,
} from "../../bots/model/index.ts";
import { shortTime } from "./labels.ts";
import { ACTION_LABELS } from "./progress.ts";

const text = (words: string): OutboundMessage => ({ kind: "text", text: words });

const look = (number: string): Choice => ({ id: `progress/show/${number}`, label: "查看进度" });

/** What became of filing a request; undefined while there is nothing to tell. `unit`: who handles a ticket that was there already. */
export function filingNews(filing: FilingState, unit?: string): OutboundMessage | undefined {
  switch (filing.kind) {
    case "filed":
      return { kind: "choices", text: receipt(filing, unit), choices: [look(filing.number)] };
    case "refused":
      return text(
        `很抱歉，您的诉求没能登记，派单系统说明的原因是：${filing.reason}。您写的内容已经保存，工作人员会看到；急的话请拨打 12345。`,
      );
    case "saved":
    case "pending":
      return undefined;
    default:
      throw new Error(`unknown filing ${JSON.stringify(filing satisfies never)}`);
  }
}

/** Says no more than the dispatch system has done: joined, or filed apart because the other ticket was over by then. */
function receipt({ number, joining }: Extract<FilingState, { kind: "filed" }>, unit: string | undefined): string {
  const news = "派给哪个单位、办得怎么样，都会在这里告诉您。";
  switch (joining?.kind) {
    case undefined:
      return `登记成功，受理编号 ${number}。${news}`;
    case "joined":
      return `已加入工单 ${number}（${joining.voices} 人反映）${unit ? `，承办单位：${unit}` : ""}。您说的内容已转给承办单位，进展会在这里告诉您。`;
    case "apart":
      return `没能加入原来那张工单（可能刚刚办结或撤回了），已为您单独登记成功，受理编号 ${number}。${news}`;
    default:
      throw new Error(`unknown joining ${JSON.stringify(joining satisfies never)}`);
  }
}

/** One piece of news of a ticket, for the citizen who filed it. Acceptance has been told with the number already. */
export function ticketNews(update: TicketUpdate): OutboundMessage | undefined {
  const { number, unit = "承办单位" } = update;
  if (update.voice) return voiceNews(number, update.voice);
  switch (update.status) {
    case "accepted":
      return undefined;
    case "dispatched": {
      const due = update.dueAt ? `，办理时限 ${shortTime(update.dueAt)} 前` : "";
      return text(`${number} 已派给${unit}${due}。`);
    }
    case "in-progress":
      return text(`${number} 有进展：${unit}${update.text ? `：${update.text}` : "已接单，正在办理。"}`);
    case "replied":
      return {
        kind: "choices",
        text: `${number} 有答复了。\n${unit}：${update.text ?? "已答复。"}`,
        choices: [look(number)],
      };
    case "closed":
      return text(`${number} 已办结。\n${unit}：${update.text ?? "已办结。"}\n还有问题的话，直接告诉我，可以再登记。`);
    case "withdrawn":
      return text(`${number} 已撤回，不再办理。`);
    default:
      throw new Error(`unknown status ${JSON.stringify(update.status satisfies never)}`);
  }
}

/** News of one of several people behind a ticket. */
function voiceNews(number: string, { now }: VoiceNews): OutboundMessage {
  switch (now) {
    case "left":
      return text(`您已从 ${number} 撤回，不再收到进展。其他居民也反映了这件事，工单继续办理。`);
    case "first":
      return text(`最早反映 ${number} 的居民撤回了诉求。您反映的不受影响，工单继续办理，进展仍会在这里告诉您。`);
    default:
      throw new Error(`unknown voice ${JSON.stringify(now satisfies never)}`);
  }
}

/** The end of an urge, a supplement or a withdrawal. A withdrawal that worked is told by the ticket's own news. */
export function actionNews(
  number: string,
  action: CitizenAction,
  refusal: string | undefined,
): OutboundMessage | undefined {
  const label = ACTION_LABELS[action.kind];
  if (refusal !== undefined) return text(`${number} 的${label}没有成功：${refusal}。`);
  return action.kind === "withdraw" ? undefined : text(`${number} 的${label}已经送到承办单位。`);
}
