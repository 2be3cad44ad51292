/** A labelled stretch, in UTF-16 units. */
export interface LabelledStretch {
  label: string;
  start: number;
  end: number;
}

export interface Score {
  precision: number;
  recall: number;
  f1: number;
  /** How many there really are. */
  support: number;
}

export interface PlacesScore extends Omit<Score, "support"> {
  texts: number;
  entities: number;
  perLabel: Record<string, Score>;
}

interface Tally {
  right: number;
  found: number;
  true: number;
}

/** A part counts as right only when label, start and end all are (the CoNLL-2003 measure); all labels count alike in the total. */
export function measurePlaces(
  pairs: Iterable<{ truth: readonly LabelledStretch[]; found: readonly LabelledStretch[] }>,
): PlacesScore {
  const tallies = new Map<string, Tally>();
  const tally = (label: string): Tally => {
    const one = tallies.get(label) ?? { right: 0, found: 0, true: 0 };
    tallies.set(label, one);
    return one;
  };
  let texts = 0;
  for (const { truth, found } of pairs) {
    texts++;
    const right = new Set(truth.map(keyOf));
    for (const { label } of truth) tally(label).true++;
    for (const span of found) {
      tally(span.label).found++;
      if (right.delete(keyOf(span))) tally(span.label).right++;
    }
  }
  const all = { right: 0, found: 0, true: 0 };
  for (const one of tallies.values()) {
    all.right += one.right;
    all.found += one.found;
    all.true += one.true;
  }
  const { support, ...total } = scoreOf(all);
  const perLabel = Object.fromEntries(
    [...tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, one]) => [label, scoreOf(one)]),
  );
  return { ...total, texts, entities: support, perLabel };
}

const keyOf = ({ label, start, end }: LabelledStretch): string => `${label} ${start} ${end}`;

function scoreOf({ right, found, true: support }: Tally): Score {
  return {
    precision: round(found === 0 ? 0 : right / found),
    recall: round(support === 0 ? 0 : right / support),
    f1: round(found + support === 0 ? 0 : (2 * right) / (found + support)),
    support,
  };
}

const round = (share: number): number => Math.round(share * 10_000) / 10_000;
