/** What was offered with the highest scores, at most `limit`; of equal scores the lower place. A binary heap keeps the worst of them at its root. */
export interface Top {
  offer(score: number, place: number): void;
  /** Only what is higher than this, or as high and at a lower place, can still come in; -1 as long as there is room. Scores are never negative. */
  threshold(): number;
  /** Best first. */
  take(): { score: number; place: number }[];
  /** The threshold there would be if the sums of all `slots` were offered too. */
  thresholdWith(slots: Uint16Array, sums: Float64Array): number;
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

  /** Brings the last one to its place. */
  function rise(): void {
    for (let i = scores.length - 1; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!isWorse(i, parent)) return;
      swap(i, parent);
      i = parent;
    }
  }

  /** Brings the first one to its place. */
  function sink(): void {
    for (let i = 0; ; ) {
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
      rise();
      return;
    }
    const [worst, at] = [scores[0] as number, places[0] as number];
    if (score < worst || (score === worst && place > at)) return;
    scores[0] = score;
    places[0] = place;
    sink();
  }

  return {
    offer,
    threshold,
    take: () =>
      scores
        .map((score, i) => ({ score, place: places[i] as number }))
        .sort((a, b) => b.score - a.score || a.place - b.place),
    thresholdWith(slots, sums) {
      const together = createTop(limit);
      for (const score of scores) together.offer(score, 0);
      for (let i = 0; i < slots.length; i++) {
        const sum = sums[slots[i] as number] as number;
        if (sum > together.threshold()) together.offer(sum, 0);
      }
      return together.threshold();
    },
  };
}
