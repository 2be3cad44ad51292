import { z } from "zod";
import type { Matter } from "../../bots/model/index.ts";
import type { Gazetteer, MatterMatcher, Triage } from "../../bots/ports.ts";
import { measurePairs } from "../../knowledge/matters/measure.ts";
import { InputError, readJsonLines } from "./json-lines.ts";

/** `place`: an address in the citizen's words. Leaf and divisions are read out of the words, as the dialogue would. */
const telling = z.object({ text: z.string(), place: z.string().optional(), at: z.iso.datetime({ offset: true }) });
const pair = z.object({ a: telling, b: telling, same: z.boolean(), split: z.string().optional() });

type Telling = z.output<typeof telling>;

export interface MattersOptions {
  data: AsyncIterable<string>;
  triage: Triage;
  gazetteer: Gazetteer;
  matcher: MatterMatcher;
}

/**
 * Lines `{a, b, same, split?}`, each side `{text, place?, at}` → how well pairs are told apart at the score from which a citizen is offered a
 * ticket of neighbours, and of their own; for each split by itself when there are several. Throws an InputError when there is no line.
 */
export async function* evaluateMatters(options: MattersOptions): AsyncGenerator<object> {
  const { matcher } = options;
  const scored: { same: boolean; score: number; split: string }[] = [];
  for await (const { value } of readJsonLines(options.data, pair)) {
    const [a, b] = await Promise.all([matterOf(value.a, options), matterOf(value.b, options)]);
    scored.push({ same: value.same, score: matcher.compare(a, [b])[0]?.score ?? 0, split: value.split ?? "all" });
  }
  if (scored.length === 0) throw new InputError("there is no line to measure on");
  const at = (pairs: typeof scored) => ({
    ...measurePairs(pairs, matcher.threshold.neighbours),
    own: measurePairs(pairs, matcher.threshold.own),
  });
  const splits = Map.groupBy(scored, ({ split }) => split);
  const each = splits.size > 1 ? Object.fromEntries([...splits].map(([name, pairs]) => [name, at(pairs)])) : {};
  yield { task: "matters", ...at(scored), ...(splits.size > 1 ? { splits: each } : {}) };
}

async function matterOf({ text, place, at }: Telling, { triage, gazetteer }: MattersOptions): Promise<Matter> {
  const { categories } = await triage.read(text, new Date(at));
  const category = categories[0]?.code;
  const found = place === undefined ? undefined : await gazetteer.resolve(place);
  return {
    description: text,
    at,
    ...(category === undefined ? {} : { category }),
    ...(place === undefined ? {} : { place: { confidence: 0, ...found, text: place } }),
  };
}
