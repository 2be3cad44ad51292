import type { ChainWeights, Grammar, Segment, SegmentScores } from "./grammar.ts";

/** Segments this far behind the best one that ends at the same place are given up: what the chain's weights add afterwards does not make up for it. */
const MARGIN = 6;

/**
 * Finds the tiling of a text by labelled segments with the highest sum of weights (Viterbi); none for an empty text. The chart is kept
 * from text to text, so that it is not made anew for each.
 */
export function createPathFinder(grammar: Grammar, chain: ChainWeights): (segments: SegmentScores) => Segment[] {
  let chart = emptyChart(grammar, 0);
  return (segments) => {
    const { length } = segments;
    if (length === 0) return [];
    if (chart.top.length < length + 1) chart = emptyChart(grammar, length);
    const within = (margin: number) => search(grammar, chain, segments, chart, margin);
    return within(MARGIN) ?? within(Number.POSITIVE_INFINITY) ?? [];
  };
}

/** For each place in the text and each pair of labels. */
interface Chart {
  pairs: number;
  /** Weight of the best way in which a segment can begin here, and the pair that it comes from. */
  enter: Float64Array;
  cameFrom: Int32Array;
  /** Weight of the best way in which one can end here, and how many units it has. */
  best: Float64Array;
  units: Uint8Array;
  /** The greatest of `best` for each place. */
  top: Float64Array;
}

function emptyChart({ to }: Grammar, length: number): Chart {
  const pairs = to.length;
  const size = (length + 1) * pairs;
  return {
    pairs,
    enter: new Float64Array(size),
    cameFrom: new Int32Array(size),
    best: new Float64Array(size),
    units: new Uint8Array(size),
    top: new Float64Array(length + 1),
  };
}

function search(
  grammar: Grammar,
  chain: ChainWeights,
  segments: SegmentScores,
  chart: Chart,
  margin: number,
): Segment[] | undefined {
  const { length } = segments;
  const used = (length + 1) * chart.pairs;
  chart.enter.fill(Number.NEGATIVE_INFINITY, 0, used);
  chart.best.fill(Number.NEGATIVE_INFINITY, 0, used);
  chart.top.fill(Number.NEGATIVE_INFINITY, 0, length + 1);
  begin(grammar, chain, chart);
  for (let at = 0; at < length; at++) {
    if (at > 0) enterSegments(grammar, chain, at, chart, margin);
    extendSegments(grammar, segments, at, chart, margin);
  }
  return readPath(grammar, chain, length, chart);
}

function begin({ from, labels }: Grammar, chain: ChainWeights, { enter }: Chart): void {
  from.forEach((label, pair) => {
    if (label === labels.length) enter[pair] = chain.first[pair] as number;
  });
}

function enterSegments(grammar: Grammar, chain: ChainWeights, at: number, chart: Chart, margin: number): void {
  const { from, startOf, transitionOf, labels } = grammar;
  const { best, enter, cameFrom, pairs } = chart;
  const steps = chain.step;
  const here = at * pairs;
  const reached = reachedPairs(grammar, at, chart, margin);
  for (let pair = 0; pair < pairs; pair++) {
    const before = from[pair] as number;
    if (before === labels.length) continue;
    const step = (transitionOf[pair] as number) - (startOf[before] as number);
    const candidates = reached[before] as number[];
    let most = Number.NEGATIVE_INFINITY;
    let mostPair = 0;
    for (let index = 0; index < candidates.length; index++) {
      const previous = candidates[index] as number;
      const score = (best[here + previous] as number) + (steps[step + previous] as number);
      if (score <= most) continue;
      most = score;
      mostPair = previous;
    }
    enter[here + pair] = most;
    cameFrom[here + pair] = mostPair;
  }
}

/** For each label the pairs ending in it that are worth going on from. */
function reachedPairs(
  { startOf, labels }: Grammar,
  at: number,
  { best, top, pairs }: Chart,
  margin: number,
): number[][] {
  const least = Math.max((top[at] as number) - margin, -Number.MAX_VALUE);
  return labels.map((_, label) => {
    const reached: number[] = [];
    const stop = startOf[label + 1] as number;
    for (let pair = startOf[label] as number; pair < stop; pair++) {
      if ((best[at * pairs + pair] as number) >= least) reached.push(pair);
    }
    return reached;
  });
}

function extendSegments(grammar: Grammar, segments: SegmentScores, at: number, chart: Chart, margin: number): void {
  const { startOf } = grammar;
  const { longest, labels, scores } = segments;
  const { enter, top, pairs } = chart;
  const most = mostPerLabel(grammar, at * pairs, enter);
  const room = Math.min(longest, segments.length - at);
  for (let size = 1; size <= room; size++) {
    const row = (at * longest + size - 1) * labels;
    let highest = top[at + size] as number;
    for (let label = 0; label < labels; label++) {
      const score = (most[label] as number) + (scores[row + label] as number);
      if (score > highest) highest = score;
    }
    top[at + size] = highest;
    for (let label = 0; label < labels; label++) {
      const weight = scores[row + label] as number;
      if ((most[label] as number) + weight < highest - margin) continue;
      endSegment(chart, startOf[label] as number, startOf[label + 1] as number, { at, size, weight });
    }
  }
}

/** For the pairs from `first` to before `stop`: is a segment of this size the best that ends at its end? */
function endSegment(
  { enter, best, units, pairs }: Chart,
  first: number,
  stop: number,
  { at, size, weight }: { at: number; size: number; weight: number },
): void {
  const here = at * pairs;
  const there = (at + size) * pairs;
  for (let pair = first; pair < stop; pair++) {
    const score = (enter[here + pair] as number) + weight;
    if (score <= (best[there + pair] as number)) continue;
    best[there + pair] = score;
    units[there + pair] = size;
  }
}

/** For each label the greatest weight with which a segment of it can begin. */
function mostPerLabel({ startOf, labels }: Grammar, here: number, enter: Float64Array): Float64Array {
  const most = new Float64Array(labels.length).fill(Number.NEGATIVE_INFINITY);
  for (let label = 0; label < labels.length; label++) {
    const stop = startOf[label + 1] as number;
    for (let pair = startOf[label] as number; pair < stop; pair++) {
      if ((enter[here + pair] as number) > (most[label] as number)) most[label] = enter[here + pair] as number;
    }
  }
  return most;
}

/** `undefined` when no way leads through the whole text. */
function readPath(grammar: Grammar, chain: ChainWeights, length: number, chart: Chart): Segment[] | undefined {
  const { best, units, cameFrom, pairs } = chart;
  let pair = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let other = 0; other < pairs; other++) {
    const score = (best[length * pairs + other] as number) + (chain.last[other] as number);
    if (score > most) {
      most = score;
      pair = other;
    }
  }
  if (pair < 0) return undefined;
  const path: Segment[] = [];
  for (let end = length; end > 0; ) {
    const start = end - (units[end * pairs + pair] as number);
    path.push({ start, end, label: grammar.to[pair] as number });
    pair = cameFrom[start * pairs + pair] as number;
    end = start;
  }
  return path.reverse();
}
