import type { FlowContext } from "../../bots/flow.ts";
import type { Between, CitizenFacts } from "../../bots/model/index.ts";
import type { AnswerHelp } from "../../bots/ports.ts";

/** Whom editors call those who come by the companies' entrance. */
export const COMPANIES = "企业";

/** So long an answer is what the talk is about. */
const TOPIC_MS = 10 * 60_000;

/** So long it is likely that somebody asks for the same place and the same people. */
const SCOPE_MS = 12 * 3_600_000;

/** The question in the light of which a short one is understood now; `undefined` where none was answered lately. */
function topicOf({ citizen, now }: Pick<FlowContext, "citizen" | "now">): string | undefined {
  const { topic } = citizen;
  return topic && isWithin(TOPIC_MS, topic.at, now) ? topic.question : undefined;
}

const isWithin = (ms: number, at: string, now: Date): boolean => now.getTime() - Date.parse(at) <= ms;

/** In what light a question of this talk is answered. */
export function lightOf(ctx: Pick<FlowContext, "citizen" | "now">): AnswerHelp {
  const { region, audience } = ctx.citizen;
  const lately = (said: CitizenFacts["region"]) =>
    said && isWithin(SCOPE_MS, said.at, ctx.now) ? said.name : undefined;
  return { after: topicOf(ctx), region: lately(region), audience: lately(audience) };
}

/** What is remembered of a region or an audience that was named now. */
export const scopeNamed = (
  { region, audience }: { region?: string | undefined; audience?: string | undefined },
  now: Date,
): Pick<CitizenFacts, "region" | "audience"> => ({
  ...(region === undefined ? {} : { region: { name: region, at: now.toISOString() } }),
  ...(audience === undefined ? {} : { audience: { name: audience, at: now.toISOString() } }),
});

/** Whether the last counter-question offered one of these entries already: the same question in other words. */
export const isAskedAgain = ({ options }: Between, before: readonly string[] | null | undefined): boolean =>
  options.some(({ entryId }) => before?.includes(entryId));

/** Whether a text is answered as a short question after the last one, although alone it reads like something else ("那如果丢了呢"). */
export async function isFurtherQuestion(ctx: FlowContext, text: string): Promise<boolean> {
  const light = lightOf(ctx);
  if (light.after === undefined) return false;
  const found = await ctx.knowledge.answer(text, ctx.now, light);
  return found.kind === "answered" && found.understoodAs !== undefined;
}
