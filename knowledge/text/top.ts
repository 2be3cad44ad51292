interface Offered {
  score: number;
  place: number;
}

/**
 * What was offered with the highest scores, at most `limit`; of equal scores the lower place. As soon as there are so many, a binary heap
 * keeps the worst of them at its root.
 */
export interface Top {
  offer(score: number, place: number): void;
  /** Only what is higher than this, or as high and at a lower place, can still come in; -1 as long as there is room. Scores are never negative. */
  threshold(): number;
  /** Best first. */
  take(): Offered[];
  /** In no order. */
  all(): Offered[];
  /** The threshold there would be if the sums of all `slots` were offered too, where it is higher than `known`; else `known`. */
  thresholdWith(slots: Uint16Array, sums: Float64Array, known: number): number;
}

export function createTop(limit: number): Top {
  const scores: number[] = [];
  const places: number[] = [];
  const isWorse = (a: number, b: number): boolean => {
    const difference = (scores[a] as number) - (scores[b] as number);
    return difference < 0 || (difference === 0 && (places[a] as number) > (places[b] as number));
  };

  function swap(i: number, j: number): void {
    for (const numbers of [scores, places]) {
      const held = numbers[i] as number;
      numbers[i] = numbers[j] as number;
      numbers[j] = held;
    }
  }

  /** Brings the one at `from` to its place among those below it. */
  function sink(from: number): void {
    for (let i = from; ; ) {
      let worst = i;
      for (let child = 2 * i + 1; child <= 2 * i + 2; child++) {
        if (child < scores.length && isWorse(child, worst)) worst = child;
      }
      if (worst === i) return;
      swap(i, worst);
      i = worst;
    }
  }

  const isFull = () => scores.length >= limit;
  const threshold = () => (isFull() ? (scores[0] as number) : -1);

  function offer(score: number, place: number): void {
    if (!isFull()) {
      scores.push(score);
      places.push(place);
      if (isFull()) for (let i = (limit >> 1) - 1; i >= 0; i--) sink(i);
      return;
    }
    const [worst, at] = [scores[0] as number, places[0] as number];
    if (score < worst || (score === worst && place > at)) return;
    scores[0] = score;
    places[0] = place;
    sink(0);
  }

  const all = () => scores.map((score, i) => ({ score, place: places[i] as number }));

  return {
    offer,
    threshold,
    all,
    take: () => all().sort((a, b) => b.score - a.score || a.place - b.place),
    thresholdWith(slots, sums, known) {
      if (scores.length + slots.length < limit) return known;
      const together = createTop(limit);
      let least = known;
      function offerHigher(score: number): void {
        if (score <= least) return;
        together.offer(score, 0);
        least = Math.max(least, together.threshold());
      }
      for (const score of scores) offerHigher(score);
      for (let i = 0; i < slots.length; i++) offerHigher(sums[slots[i] as number] as number);
      return least;
    },
  };
}
