import { parseChoiceId } from "../../bots/choices.ts";
import type { Flow, FlowContext, Step } from "../../bots/flow.ts";
import type { CitizenAction, InboundMessage, Json, TicketView } from "../../bots/model/index.ts";
import { commandForm, halfWidth } from "../../bots/plain.ts";
import { slotValue } from "../../bots/slots.ts";
import { restoreAttachments } from "../attachments.ts";
import { isOpen } from "../open-ticket.ts";
import { progressWords } from "../text/progress.ts";
import { askSupplement, resumeSupplement, type SupplementState } from "./supplement.ts";

type ProgressState = SupplementState | { asking: "withdraw"; number: string };
type ProgressStep = Step<ProgressState>;
type Verb = "urge" | "supplement" | "withdraw";

const LIST_LIMIT = 5;

/** By number, "我的工单", 催办, 补充, 撤回. A citizen sees and touches their own tickets only. */
export function createProgressFlow(): Flow<ProgressState> {
  return {
    name: "progress",
    version: 1,
    async start(ctx, message) {
      const { content } = message;
      if (content.kind === "choice") return startFromChoice(ctx, content.choiceId);
      return content.kind === "text" ? startFromText(ctx, content.text) : { next: "pass" };
    },
    resume,
    remind: async (ctx, state) =>
      state.asking === "supplement"
        ? askSupplement(state)
        : progressWords.askWithdraw(state.number, (await ctx.tickets.find(state.number))?.voices),
    leave: () => progressWords.left(),
    carryOver: (_fromVersion, saved) => restore(saved),
  };
}

async function startFromChoice(ctx: FlowContext, choiceId: string): Promise<ProgressStep> {
  const { verb, argument: number } = parseChoiceId(choiceId);
  switch (verb) {
    case "mine":
      return list(ctx);
    case "show":
      return withTicket(ctx, number, show);
    case "urge":
    case "supplement":
    case "withdraw":
      return withTicket(ctx, number, (ticket) => begin(ctx, verb, ticket, number));
    case "withdraw-yes":
      return withTicket(ctx, number, () => act(ctx, number, { kind: "withdraw" }));
    case "withdraw-no":
      return { next: "done", say: progressWords.keptOpen(number) };
    default:
      return { next: "pass" };
  }
}

async function startFromText(ctx: FlowContext, text: string): Promise<ProgressStep> {
  const verb = verbIn(text);
  const numbers = numbersIn(text, slotValue(await ctx.reading(), "ticketNumber"));
  for (const number of numbers) {
    const ticket = await ctx.tickets.find(number);
    if (ticket) return verb ? begin(ctx, verb, ticket, number) : show(ticket);
  }
  const [unknown] = numbers;
  if (unknown !== undefined) return { next: "done", say: progressWords.notFound(unknown) };
  return verb ? chooseFor(ctx, verb) : list(ctx);
}

async function resume(ctx: FlowContext, state: ProgressState, message: InboundMessage): Promise<ProgressStep> {
  if (state.asking === "supplement") return resumeSupplement(ctx, state, message);
  const { content } = message;
  if (content.kind === "choice") {
    const { flow, verb } = parseChoiceId(content.choiceId);
    return flow === "progress" && verb.startsWith("withdraw-")
      ? startFromChoice(ctx, content.choiceId)
      : { next: "pass" };
  }
  if (content.kind !== "text") return { next: "pass" };
  const typed = commandForm(content.text);
  if (/^(是|是的|确定|确认|对|撤回|确定撤回|同意|好|好的)$/u.test(typed))
    return act(ctx, state.number, { kind: "withdraw" });
  if (/^(否|不|别|先不|算了).{0,6}$/u.test(typed)) return { next: "done", say: progressWords.keptOpen(state.number) };
  return { next: "pass" };
}

const show = (ticket: TicketView): ProgressStep => ({ next: "done", say: progressWords.show(ticket) });

async function withTicket(
  ctx: FlowContext,
  number: string,
  next: (ticket: TicketView) => ProgressStep,
): Promise<ProgressStep> {
  const ticket = await ctx.tickets.find(number);
  return ticket ? next(ticket) : { next: "done", say: progressWords.notFound(number) };
}

async function list(ctx: FlowContext): Promise<ProgressStep> {
  const tickets = await ctx.tickets.mine(LIST_LIMIT);
  const [only] = tickets;
  if (!only) return { next: "done", say: progressWords.none() };
  return { next: "done", say: tickets.length === 1 ? progressWords.show(only) : progressWords.list(tickets) };
}

async function chooseFor(ctx: FlowContext, verb: Verb): Promise<ProgressStep> {
  const open = (await ctx.tickets.mine(LIST_LIMIT)).filter(isOpen);
  const [only] = open;
  if (!only) return { next: "done", say: progressWords.nothingOpen(verb) };
  if (open.length === 1) return begin(ctx, verb, only, only.filing.number);
  return { next: "done", say: progressWords.chooseFor(verb, open) };
}

function begin(ctx: FlowContext, verb: Verb, ticket: TicketView, number: string): ProgressStep {
  if (!isOpen(ticket)) return { next: "done", say: progressWords.nothingOpen(verb) };
  switch (verb) {
    case "urge":
      return act(ctx, number, { kind: "urge" });
    case "supplement":
      return { next: "wait", state: { asking: "supplement", number }, say: progressWords.askSupplement(number) };
    case "withdraw":
      return {
        next: "wait",
        state: { asking: "withdraw", number },
        say: progressWords.askWithdraw(number, ticket.voices),
      };
    default:
      throw new Error(`unknown action ${JSON.stringify(verb satisfies never)}`);
  }
}

type WordlessAction = Exclude<CitizenAction, { kind: "supplement" }>;

function act(ctx: FlowContext, number: string, action: WordlessAction): ProgressStep {
  const words = { urge: progressWords.urging, withdraw: progressWords.withdrawing };
  return {
    next: "done",
    say: words[action.kind](number),
    effects: [{ kind: "act", actionId: ctx.newId(), number, action }],
  };
}

function verbIn(text: string): Verb | undefined {
  if (/催/.test(text)) return "urge";
  if (/补充/.test(text)) return "supplement";
  return /撤回|撤销|撤单|不投诉了/.test(text) ? "withdraw" : undefined;
}

/** Numbers of dispatch systems differ; any word of at least six letters and digits with a digit in it may be one. */
function numbersIn(text: string, read: string | undefined): string[] {
  const words = halfWidth(text).match(/[A-Za-z0-9][A-Za-z0-9_-]{4,}[A-Za-z0-9]/g) ?? [];
  const likely = words.filter((word) => /\d/.test(word));
  return [...new Set(read ? [read, ...likely] : likely)];
}

function restore(saved: Json): ProgressState | undefined {
  if (typeof saved !== "object" || saved === null || Array.isArray(saved)) return undefined;
  const { asking, number } = saved;
  if (typeof number !== "string") return undefined;
  if (asking === "withdraw") return { asking, number };
  return asking === "supplement" ? { asking, number, media: restoreAttachments(saved.media) } : undefined;
}
