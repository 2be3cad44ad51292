import { describe, expect, it } from "vitest";
import { type Overlay, withChanges } from "../../../knowledge/life/overlay.ts";
import { createUntouched } from "../../../knowledge/life/untouched.ts";
import { createRandom } from "../../../knowledge/places/parsing/training/random.ts";
import type { Entry } from "../../../knowledge/policies/entry.ts";
import { createEntryIndex, type EntryIndex } from "../../../knowledge/policies/entry-index.ts";
import { judge } from "../../../knowledge/policies/judge.ts";
import { loadStarterEntries } from "../../../knowledge/policies/starter.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";

const segmenter = createSegmenter();
const starter = loadStarterEntries();
const accept = () => true;
const BASES = 24;
const QUESTIONS = 40;

function randomOf(seed: number) {
  const next = createRandom(seed);
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    chance: (share: number) => next() < share,
    pick: <T>(all: readonly T[]): T => all[below(all.length)] as T,
  };
}
type Random = ReturnType<typeof randomOf>;

/** Pieces of the starter entries put together anew, so that words, scores and answers come near one another. */
function made(id: string, random: Random, isDocument: boolean): Entry {
  const [one, other] = [random.pick(starter), random.pick(starter)];
  const question = random.chance(0.5) ? one.question : `${one.question?.slice(0, 6)}${other.question?.slice(-8)}`;
  const body = { id, text: `${one.text}${random.chance(0.3) ? other.text : ""}`, status: "published" as const };
  const source = { title: `${other.source?.title}${random.below(3)}` };
  if (isDocument) return { ...body, title: question, similar: [], source };
  const similar = random.chance(0.5) ? [...one.similar.slice(0, 2), ...other.similar.slice(0, 1)] : [];
  return { ...body, question, similar, source, category: one.category };
}

function edited(entry: Entry, random: Random): Entry {
  const like = random.pick(starter);
  if (random.chance(0.2)) return { ...entry, text: `${entry.text}另外可以网上办理。` };
  // Without a source nothing is answered from it, but its words are known.
  if (random.chance(0.3)) return { ...entry, text: `${entry.text}悬空廊桥`, source: undefined };
  if (random.chance(0.5)) return { ...entry, similar: [...entry.similar, like.similar[0] ?? "怎么办理"] };
  return { ...entry, ...(entry.question ? { question: like.question } : {}), text: `${like.text}悬空廊桥` };
}

const asked = (random: Random): string => {
  const { question = "", similar } = random.pick(starter);
  const way = random.pick([question, ...similar]);
  return random.chance(0.6) ? way : `${way.slice(random.below(5))}${random.pick(["", "悬空廊桥", "怎么办理", "广州"])}`;
};

async function overlaid(random: Random): Promise<{ base: EntryIndex; changed: Overlay }> {
  const base = createEntryIndex({ segmenter });
  const withDocuments = random.chance(0.5);
  const entries = Array.from({ length: 3 + random.below(random.chance(0.4) ? 6 : 60) }, (_, i) =>
    made(`e${i}`, random, withDocuments && random.chance(0.4)),
  );
  for (const entry of entries) base.put(entry);
  const isNew = random.chance(0.4);
  const put = isNew ? made("new", random, withDocuments && random.chance(0.4)) : edited(random.pick(entries), random);
  return { base, changed: await withChanges(base, { put: [put], remove: [] }, segmenter) };
}

type Seen = "untouched" | "touched" | "changed";

/** Asks in full what came out of it, and fails where something was passed over wrongly. */
function compare(query: string, base: EntryIndex, changed: Overlay): Seen {
  const before = judge({ query, index: base, segmenter, accept });
  const after = judge({ query, index: changed, segmenter, accept });
  if (createUntouched(changed, segmenter)(query, accept)) {
    expect([query, after]).toEqual([query, before]);
    return "untouched";
  }
  return JSON.stringify(before) === JSON.stringify(after) ? "touched" : "changed";
}

describe("a question that is said to be untouched by a change", () => {
  it("is answered the same to the letter by a full evaluation, on random bases", async () => {
    const counts: Record<Seen, number> = { untouched: 0, touched: 0, changed: 0 };
    for (let seed = 1; seed <= BASES; seed++) {
      const random = randomOf(seed);
      const { base, changed } = await overlaid(random);
      for (let i = 0; i < QUESTIONS; i++) counts[compare(asked(random), base, changed)]++;
    }
    // Neither is everything passed over, nor everything asked, and the changes are such that they show.
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(QUESTIONS);
  });

  it("has no word that is known only since the change, even where nothing is answered from what has come", async () => {
    const base = createEntryIndex({ segmenter });
    for (const entry of starter.slice(0, 60)) base.put(entry);
    const put: Entry = { id: "new", question: "悬空廊桥", text: "悬空廊桥", similar: [], status: "published" };
    const isUntouched = createUntouched(await withChanges(base, { put: [put], remove: [] }, segmenter), segmenter);
    const question = starter[0]?.question ?? "";
    expect([isUntouched(question, accept), isUntouched(`${question}悬空廊桥`, accept)]).toEqual([true, false]);
  });
});
