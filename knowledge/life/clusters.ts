import { setImmediate } from "node:timers/promises";
import { isInformative } from "../text/informative.ts";
import { normalize } from "../text/normalize.ts";
import type { Segmenter } from "../text/segment.ts";
import { conceptsOf } from "../text/synonyms.ts";
import { characterPairs } from "../text/tokens.ts";

/** Something that was asked. */
export interface Asked {
  question: string;
  at: Date;
}

/** Questions about the same thing, oldest first. */
export interface Cluster {
  /** The question that is most like all the others. */
  typical: string;
  members: Asked[];
}

/** Tuned on made-up citizens' questions in test/knowledge/life/gap-questions.ts. */
const ALIKE_FROM = 0.28;
/** How much the likeness to all of a group counts, beside the likeness to the nearest of it. */
const ALL_SHARE = 0.3;
/** Questions read or placed before others get their turn. */
const CHUNK = 20;
/** A typical question is looked for among the newest of a group. */
const TYPICAL_AMONG = 60;
const WORD_WEIGHT = 1;
const PAIR_WEIGHT = 0.6;

type Terms = ReadonlyMap<string, number>;
interface Read extends Asked {
  terms: Terms;
  weight: number;
}

/**
 * Puts questions together that share their telling words: each goes to the group that it is most like, or begins one of its
 * own. The same questions always make the same groups, whatever the order they come in; the largest comes first.
 */
export async function clusterQuestions(questions: readonly Asked[], segmenter: Segmenter): Promise<Cluster[]> {
  const groups: Read[][] = [];
  const groupsWith = new Map<string, Set<Read[]>>();
  for (const [i, read] of (await readAll(questions, segmenter)).entries()) {
    if (i % CHUNK === CHUNK - 1) await setImmediate();
    const near = new Set([...read.terms.keys()].flatMap((term) => [...(groupsWith.get(term) ?? [])]));
    const group = nearest(read, near) ?? [];
    if (group.length === 0) groups.push(group);
    group.push(read);
    for (const term of read.terms.keys()) groupsWith.set(term, (groupsWith.get(term) ?? new Set()).add(group));
  }
  return groups
    .map((group) => ({ typical: typicalOf(group), members: group.map(({ question, at }) => ({ question, at })) }))
    .sort((a, b) => b.members.length - a.members.length);
}

function nearest(read: Read, groups: ReadonlySet<Read[]>): Read[] | undefined {
  let best: { group: Read[]; value: number } | undefined;
  for (const group of groups) {
    const each = group.map((member) => likeness(read, member));
    const value = ALL_SHARE * mean(each) + (1 - ALL_SHARE) * Math.max(...each);
    if (value >= ALIKE_FROM && value > (best?.value ?? 0)) best = { group, value };
  }
  return best?.group;
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** Oldest first; the weight of a term falls with the number of questions that have it. */
async function readAll(questions: readonly Asked[], segmenter: Segmenter): Promise<Read[]> {
  const inOrder = questions.toSorted(
    (a, b) => a.at.getTime() - b.at.getTime() || (a.question < b.question ? -1 : Number(a.question > b.question)),
  );
  const terms: Terms[] = [];
  for (const { question } of inOrder) {
    if (terms.push(termsOf(question, segmenter)) % CHUNK === 0) await setImmediate();
  }
  const frequency = new Map<string, number>();
  for (const each of terms) for (const term of each.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  return inOrder.map((asked, i) => {
    const weighed = new Map(
      [...(terms[i] as Terms)].map(([term, weight]) => {
        const rarity = Math.log(1 + inOrder.length / (frequency.get(term) ?? 1));
        return [term, weight * rarity] as const;
      }),
    );
    return { ...asked, terms: weighed, weight: [...weighed.values()].reduce((sum, one) => sum + one, 0) };
  });
}

function termsOf(question: string, segmenter: Segmenter): Terms {
  const terms = new Map<string, number>();
  for (const word of segmenter.segment(question).filter(isInformative)) {
    terms.set(conceptsOf(word)[0] ?? word, WORD_WEIGHT);
    for (const pair of characterPairs(word)) terms.set(pair, PAIR_WEIGHT);
  }
  // A question of nothing but empty words is like itself only.
  if (terms.size === 0) terms.set(`\u0000${normalize(question)}`, WORD_WEIGHT);
  return terms;
}

/** Twice what both have, out of what each has. */
function likeness(a: Read, b: Read): number {
  let both = 0;
  for (const [term, weight] of a.terms) if (b.terms.has(term)) both += weight;
  return a.weight + b.weight === 0 ? 0 : (2 * both) / (a.weight + b.weight);
}

function typicalOf(members: readonly Read[]): string {
  const group = members.slice(-TYPICAL_AMONG);
  let best = { question: "", value: -1 };
  for (const one of group) {
    const value = mean(group.map((other) => likeness(one, other)));
    if (value > best.value) best = { question: one.question, value };
  }
  return best.question;
}
