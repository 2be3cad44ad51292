import { type ChainWeights, createGrammar, type Grammar, pairOf, type Segment } from "../grammar.ts";
import type { Example } from "./encode.ts";
import type { Expectations } from "./expectations.ts";
import { createLearnedRows, type LearnedRows, type Rates } from "./weights.ts";

/** All pairs that occur, and what any text can be tiled with: the most frequent label after itself. */
export function grammarOf(examples: readonly Example[], labels: readonly string[]): Grammar {
  const width = labels.length + 1;
  const pairs: number[] = [];
  const times = new Array<number>(labels.length).fill(0);
  for (const { segments } of examples) {
    let before = labels.length;
    for (const { label } of segments) {
      pairs.push(before * width + label);
      times[label] = (times[label] as number) + 1;
      before = label;
    }
  }
  const common = times.indexOf(Math.max(...times));
  return createGrammar(labels, [...pairs, labels.length * width + common, common * width + common]);
}

/** Learns what follows what: a weight for each step over three labels, and one for its last two that all such steps share. */
export interface LearnedChain {
  weights: ChainWeights;
  /** Sum of the weights along the true segments. */
  scoreOf(gold: readonly Segment[]): number;
  update(gold: readonly Segment[], expected: Expectations, seen: number): void;
}

export function createLearnedChain(grammar: Grammar, rates: Rates): LearnedChain {
  const pairs = grammar.to.length;
  const step = createLearnedRows(1, grammar.transitions, rates);
  const shared = createLearnedRows(1, pairs, rates);
  const last = createLearnedRows(1, pairs, rates);
  const weights = { step: new Float32Array(grammar.transitions), first: shared.weights, last: last.weights };
  return {
    weights,
    scoreOf: (gold) => {
      const { steps, first, end } = walk(grammar, gold);
      const along = steps.reduce((sum, at) => sum + (weights.step[at] as number), 0);
      return along + (weights.first[first] as number) + (weights.last[end] as number);
    },
    update: (gold, expected, seen) => {
      const slopes = slopesOf(grammar, gold, expected);
      step.update(0, slopes.step, 0, seen);
      shared.update(0, slopes.first, 0, seen);
      last.update(0, slopes.last, 0, seen);
      addShared(grammar, step, shared, weights.step);
    },
  };
}

/** Transitions and pairs that the true segments pass through. */
function walk(grammar: Grammar, gold: readonly Segment[]): { steps: number[]; first: number; end: number } {
  const passed: number[] = [];
  let before = grammar.labels.length;
  for (const { label } of gold) {
    const pair = pairOf(grammar, before, label);
    if (pair === undefined)
      throw new Error(`the grammar has no ${grammar.labels[label]} after ${grammar.labels[before]}`);
    passed.push(pair);
    before = label;
  }
  const steps = passed.slice(1).map((pair, index) => {
    const startOfPrevious = grammar.startOf[grammar.from[pair] as number] as number;
    return (grammar.transitionOf[pair] as number) + (passed[index] as number) - startOfPrevious;
  });
  return { steps, first: passed[0] as number, end: passed.at(-1) as number };
}

function slopesOf(grammar: Grammar, gold: readonly Segment[], expected: Expectations) {
  const step = expected.step.map((value) => -value);
  const first = expected.first.map((value) => -value);
  const last = expected.last.map((value) => -value);
  const path = walk(grammar, gold);
  for (const at of path.steps) step[at] = (step[at] as number) + 1;
  first[path.first] = (first[path.first] as number) + 1;
  last[path.end] = (last[path.end] as number) + 1;
  const { transitionOf, transitions } = grammar;
  for (let pair = 0; pair < transitionOf.length; pair++) {
    const stop = transitionOf[pair + 1] ?? transitions;
    for (let at = transitionOf[pair] as number; at < stop; at++)
      first[pair] = (first[pair] as number) + (step[at] as number);
  }
  return { step, first, last };
}

function addShared(
  { transitionOf, transitions }: Grammar,
  step: LearnedRows,
  shared: LearnedRows,
  out: Float32Array,
): void {
  for (let pair = 0; pair < transitionOf.length; pair++) {
    const stop = transitionOf[pair + 1] ?? transitions;
    for (let at = transitionOf[pair] as number; at < stop; at++) {
      out[at] = (step.weights[at] as number) + (shared.weights[pair] as number);
    }
  }
}
