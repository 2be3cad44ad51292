import { parseChoiceId } from "../../bots/choices.ts";
import type { Flow, FlowContext, Step } from "../../bots/flow.ts";
import type { InboundMessage } from "../../bots/model/index.ts";
import { commandForm } from "../../bots/plain.ts";
import type { MediaContent } from "../attachments.ts";
import { emergencyWords } from "../text/emergency.ts";

/** What was said of the danger, kept until the citizen says whether a ticket is wanted as well. */
type EmergencyState = { said: string };

const YES = /^(?:是|是的|要|需要|好|好的|可以|行|登记|登记吧|帮我登记|登记应急工单|嗯|对|同意)$/u;
const NO = /^(?:不|不用|不用了|不要|不登记|不用登记|先不用|先不|否|没事了?|已经打了|打过了|已经报警了?|我先打电话)$/u;

/**
 * Danger that goes on now (应急). Whom to call has been said before by the engine; here a two-hour ticket is offered. Whoever
 * goes on telling wants it: nothing of what they say is lost, and nobody in danger is asked twice.
 */
export function createEmergencyFlow(): Flow<EmergencyState> {
  return {
    name: "emergency",
    version: 1,
    async start(_ctx, message) {
      const { content } = message;
      if (content.kind !== "text") return { next: "pass" };
      return { next: "wait", state: { said: content.text }, say: emergencyWords.offer() };
    },
    async resume(ctx, state, message) {
      const { content } = message;
      if (content.kind === "choice") return choose(state, message, content.choiceId);
      if (content.kind === "media") return fileWith(message, content, state.said);
      return content.kind === "text" ? hear(ctx, state, message, content.text) : { next: "pass" };
    },
    remind: async () => emergencyWords.offer(),
    recap: ({ said }) => emergencyWords.recap(said),
    explain: () => emergencyWords.explain(),
    leave: () => emergencyWords.declined(),
    carryOver: (_fromVersion, saved) => {
      const said = typeof saved === "object" && saved !== null && !Array.isArray(saved) ? saved.said : undefined;
      return typeof said === "string" ? { said } : undefined;
    },
  };
}

function choose({ said }: EmergencyState, message: InboundMessage, choiceId: string): Step<EmergencyState> {
  const { flow, verb } = parseChoiceId(choiceId);
  if (flow !== "emergency") return { next: "pass" };
  return verb === "file" ? file(message, said) : declined(said);
}

async function hear(
  ctx: FlowContext,
  { said }: EmergencyState,
  message: InboundMessage,
  text: string,
): Promise<Step<EmergencyState>> {
  const typed = commandForm(text);
  if (NO.test(typed)) return declined(said);
  if (YES.test(typed)) return file(message, said);
  const reading = await ctx.reading();
  const elsewhere = reading && ["question", "progress", "help", "human", "small-talk"].includes(reading.intent);
  return elsewhere ? { next: "pass" } : file(message, `${said}\n${text}`);
}

/** The words stay at hand, so that they need not be said again when a ticket is wanted later. */
const declined = (said: string): Step<EmergencyState> => ({
  next: "done",
  say: emergencyWords.declined(),
  remember: { lastMatter: said },
});

/** The form opens with everything that was said, as if it had been said in one message. */
const file = (message: InboundMessage, said: string): Step<EmergencyState> => ({
  next: "hand-over",
  to: "intake",
  message: { ...message, content: { kind: "text", text: said } },
});

/** Pictures of the danger go on telling of it. */
const fileWith = (message: InboundMessage, content: MediaContent, said: string): Step<EmergencyState> => ({
  next: "hand-over",
  to: "intake",
  message: { ...message, content: { ...content, text: content.text ? `${said}\n${content.text}` : said } },
});
