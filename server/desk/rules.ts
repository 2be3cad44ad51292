import type { TicketStatus } from "../../bots/model/index.ts";
import type { DeskRequest } from "./ticket.ts";

/** Longest description, in UTF-16 code units; as much as the chat page lets a citizen write. */
const MAX_DESCRIPTION = 20_000;

/** Why the desk does not take a request, as a sentence for the citizen; `undefined` when it does. */
export function reasonToRefuse(request: DeskRequest): string | undefined {
  if (request.description.trim() === "") return "诉求内容为空，请写明要反映的问题。";
  if (request.description.length > MAX_DESCRIPTION) {
    return `诉求内容超过${MAX_DESCRIPTION}字，请精简后再提交，或分成几件反映。`;
  }
  const phone = request.contact?.phone;
  if (phone !== undefined && !isPhone(phone)) return "联系电话不正确，请核对后再提交。";
  return undefined;
}

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  return /^[+\d][\d\s\-()转#*]*$/.test(text.trim()) && digits >= 5 && digits <= 20;
}

/** What a unit can do with a ticket: 接单, 答复, 办结. */
export type HandlingStep = "accept" | "reply" | "close";

/** From which states a step is possible and where it leads. */
const steps: Record<HandlingStep, { from: readonly TicketStatus[]; to: TicketStatus }> = {
  accept: { from: ["dispatched"], to: "in-progress" },
  reply: { from: ["in-progress", "replied"], to: "replied" },
  close: { from: ["in-progress", "replied"], to: "closed" },
};

export type Transition = { kind: "to"; state: TicketStatus } | { kind: "impossible"; reason: string };

export function transition(state: TicketStatus, step: HandlingStep): Transition {
  const { from, to } = steps[step];
  return from.includes(state) ? { kind: "to", state: to } : { kind: "impossible", reason: whyNot(state, step) };
}

function whyNot(state: TicketStatus, step: HandlingStep): string {
  switch (state) {
    case "accepted":
      return "工单还没有派出，不能处理。";
    case "dispatched":
      return "工单还没有接单，请先接单再处理。";
    case "in-progress":
    case "replied":
      return step === "accept" ? "工单已经有人接单，不能重复接单。" : "工单正在办理中，不能这样处理。";
    case "closed":
      return "工单已经办结，不能再处理。";
    case "withdrawn":
      return "诉求人已经撤回这张工单，不能再处理。";
    default:
      throw new Error(`unknown ticket state ${state satisfies never}`);
  }
}
