import type { ChainWeights, Grammar, SegmentScores } from "../grammar.ts";

/** What the model expects of one text: probabilities of all segments and of all steps of the chain. */
export interface Expectations {
  logZ: number;
  /** Laid out as SegmentScores.scores. */
  segments: Float32Array;
  step: Float64Array;
  first: Float64Array;
  last: Float64Array;
}

/** One direction: for each place in the text and each pair, both scaled down by exp(scale) of the place. */
interface Pass {
  /** Where a segment of the pair begins. */
  open: Float64Array;
  /** Where a segment of the pair ends. */
  closed: Float64Array;
  scale: Float64Array;
}

interface Factors {
  step: Float64Array;
  first: Float64Array;
  last: Float64Array;
}

/** Exponents below it, beside the greatest, add nothing that learning would notice. */
const NEGLIGIBLE = -15;

/** Forward and backward over the semi-Markov chain (Sarawagi and Cohen 2004), in scaled numbers rather than logarithms. */
export function expectations(grammar: Grammar, chain: ChainWeights, segments: SegmentScores): Expectations {
  const factors = {
    step: Float64Array.from(chain.step, Math.exp),
    first: Float64Array.from(chain.first, Math.exp),
    last: Float64Array.from(chain.last, Math.exp),
  };
  const ahead = forward(grammar, factors, segments);
  const behind = backward(grammar, factors, segments);
  const end = segments.length * grammar.to.length;
  const last = factors.last.map((factor, pair) => factor * (ahead.closed[end + pair] as number));
  const total = last.reduce((sum, one) => sum + one, 0);
  const logZ = Math.log(total) + (ahead.scale[segments.length] as number);
  return {
    logZ,
    segments: segmentProbabilities(grammar, segments, { ahead, behind, logZ }),
    ...chainProbabilities(grammar, factors, segments.length, { ahead, behind, logZ }),
    last: last.map((one) => one / total),
  };
}

function emptyPass({ to }: Grammar, length: number): Pass {
  const size = (length + 1) * to.length;
  return { open: new Float64Array(size), closed: new Float64Array(size), scale: new Float64Array(length + 1) };
}

/** How a segment leads from one end to the other: both places, and where its scores stand. */
interface Crossing {
  place: number;
  row: number;
}

function forward(grammar: Grammar, factors: Factors, segments: SegmentScores): Pass {
  const { from, startOf, transitionOf, labels } = grammar;
  const { length, longest } = segments;
  const pairs = from.length;
  const pass = emptyPass(grammar, length);
  const { open, closed } = pass;
  open.set(factors.first.map((factor, pair) => (from[pair] === labels.length ? factor : 0)));
  for (let end = 1; end <= length; end++) {
    const crossings: Crossing[] = [];
    for (let start = Math.max(0, end - longest); start < end; start++) {
      crossings.push({ place: start, row: (start * longest + end - start - 1) * labels.length });
    }
    cross(grammar, segments, crossings, { source: open, target: closed, scale: pass.scale, place: end });
    if (end === length) break;
    for (let pair = 0; pair < pairs; pair++) {
      const before = from[pair] as number;
      if (before === labels.length) continue;
      const stop = startOf[before + 1] as number;
      let step = transitionOf[pair] as number;
      let sum = 0;
      for (let previous = startOf[before] as number; previous < stop; previous++) {
        sum += (closed[end * pairs + previous] as number) * (factors.step[step++] as number);
      }
      open[end * pairs + pair] = sum;
    }
  }
  return pass;
}

function backward(grammar: Grammar, factors: Factors, segments: SegmentScores): Pass {
  const { from, startOf, transitionOf, labels } = grammar;
  const { length, longest } = segments;
  const pairs = from.length;
  const pass = emptyPass(grammar, length);
  const { open, closed } = pass;
  closed.set(factors.last, length * pairs);
  for (let start = length - 1; start >= 0; start--) {
    const crossings: Crossing[] = [];
    for (let units = 1; units <= Math.min(longest, length - start); units++) {
      crossings.push({ place: start + units, row: (start * longest + units - 1) * labels.length });
    }
    cross(grammar, segments, crossings, { source: closed, target: open, scale: pass.scale, place: start });
    for (let pair = 0; pair < pairs && start > 0; pair++) {
      const before = from[pair] as number;
      const weight = open[start * pairs + pair] as number;
      if (before === labels.length || weight === 0) continue;
      const stop = startOf[before + 1] as number;
      let step = transitionOf[pair] as number;
      for (let previous = startOf[before] as number; previous < stop; previous++) {
        const at = start * pairs + previous;
        closed[at] = (closed[at] as number) + weight * (factors.step[step++] as number);
      }
    }
  }
  return pass;
}

/** Sums at `place` what comes over all segments that lead there, and scales the sum to one. */
function cross(
  { startOf, to, labels }: Grammar,
  { scores }: SegmentScores,
  crossings: readonly Crossing[],
  { source, target, scale, place }: { source: Float64Array; target: Float64Array; scale: Float64Array; place: number },
): void {
  let top = Number.NEGATIVE_INFINITY;
  for (const { place: other, row } of crossings) {
    for (let label = 0; label < labels.length; label++) {
      top = Math.max(top, (scores[row + label] as number) + (scale[other] as number));
    }
  }
  const here = place * to.length;
  for (const { place: other, row } of crossings) {
    const there = other * to.length;
    for (let label = 0; label < labels.length; label++) {
      const exponent = (scores[row + label] as number) + (scale[other] as number) - top;
      if (exponent < NEGLIGIBLE) continue;
      const factor = Math.exp(exponent);
      const stop = startOf[label + 1] as number;
      for (let pair = startOf[label] as number; pair < stop; pair++) {
        target[here + pair] = (target[here + pair] as number) + (source[there + pair] as number) * factor;
      }
    }
  }
  scale[place] = top + normalise(target, here, to.length);
}

/** Makes the row sum to one; returns the logarithm of what it summed to. */
function normalise(values: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let index = from; index < from + count; index++) sum += values[index] as number;
  for (let index = from; index < from + count; index++) values[index] = (values[index] as number) / sum;
  return Math.log(sum);
}

interface Passes {
  ahead: Pass;
  behind: Pass;
  logZ: number;
}

function segmentProbabilities(
  grammar: Grammar,
  segments: SegmentScores,
  { ahead, behind, logZ }: Passes,
): Float32Array {
  const { startOf, labels, to } = grammar;
  const { length, longest, scores } = segments;
  const probabilities = new Float32Array(scores.length);
  for (let start = 0; start < length; start++) {
    const room = Math.min(longest, length - start);
    for (let units = 1; units <= room; units++) {
      const row = (start * longest + units - 1) * labels.length;
      const base = (ahead.scale[start] as number) + (behind.scale[start + units] as number) - logZ;
      const begin = start * to.length;
      const end = (start + units) * to.length;
      for (let label = 0; label < labels.length; label++) {
        const exponent = base + (scores[row + label] as number);
        if (exponent < NEGLIGIBLE) continue;
        let sum = 0;
        for (let pair = startOf[label] as number; pair < (startOf[label + 1] as number); pair++) {
          sum += (ahead.open[begin + pair] as number) * (behind.closed[end + pair] as number);
        }
        probabilities[row + label] = sum * Math.exp(exponent);
      }
    }
  }
  return probabilities;
}

function chainProbabilities(grammar: Grammar, factors: Factors, length: number, { ahead, behind, logZ }: Passes) {
  const { from, startOf, transitionOf, labels } = grammar;
  const pairs = from.length;
  const step = new Float64Array(factors.step.length);
  const atStart = Math.exp((behind.scale[0] as number) - logZ);
  const first = factors.first.map((factor, pair) =>
    from[pair] === labels.length ? factor * (behind.open[pair] as number) * atStart : 0,
  );
  for (let at = 1; at < length; at++) {
    const base = Math.exp((ahead.scale[at] as number) + (behind.scale[at] as number) - logZ);
    for (let pair = 0; pair < pairs; pair++) {
      const before = from[pair] as number;
      const rest = (behind.open[at * pairs + pair] as number) * base;
      if (before === labels.length || rest < 1e-7) continue;
      let index = transitionOf[pair] as number;
      for (let previous = startOf[before] as number; previous < (startOf[before + 1] as number); previous++, index++) {
        const passed = (ahead.closed[at * pairs + previous] as number) * (factors.step[index] as number) * rest;
        step[index] = (step[index] as number) + passed;
      }
    }
  }
  return { step, first };
}
