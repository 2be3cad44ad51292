import type { FlowContext } from "../../bots/flow.ts";
import type { Between } from "../../bots/model/index.ts";

/** So long an answer is what the talk is about. */
const TOPIC_MS = 10 * 60_000;

/** The question in the light of which a short one is understood now; `undefined` where none was answered lately. */
export function topicOf({ citizen, now }: Pick<FlowContext, "citizen" | "now">): string | undefined {
  const { topic } = citizen;
  if (!topic) return undefined;
  const ageMs = now.getTime() - Date.parse(topic.at);
  return ageMs <= TOPIC_MS ? topic.question : undefined;
}

/** Whether the last counter-question offered one of these entries already: the same question in other words. */
export const isAskedAgain = ({ options }: Between, before: readonly string[] | null | undefined): boolean =>
  options.some(({ entryId }) => before?.includes(entryId));

/** Whether a text is answered as a short question after the last one, although alone it reads like something else ("那如果丢了呢"). */
export async function isFurtherQuestion(ctx: FlowContext, text: string): Promise<boolean> {
  const topic = topicOf(ctx);
  if (topic === undefined) return false;
  const found = await ctx.knowledge.answer(text, ctx.now, { after: topic });
  return found.kind === "answered" && found.understoodAs !== undefined;
}
