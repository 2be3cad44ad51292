/** The `limit` slots with the highest scores, best first; of equal scores the lower slot. A binary heap keeps the worst of them at its root. */
export function topSlots(slots: Int32Array, scores: Float32Array, limit: number): number[] {
  const heap: number[] = [];
  const isWorse = (a: number, b: number) => {
    const difference = (scores[a] as number) - (scores[b] as number);
    return difference < 0 || (difference === 0 && a > b);
  };
  if (limit <= 0) return heap;
  for (const slot of slots) {
    if (heap.length < limit) {
      heap.push(slot);
      rise(heap, isWorse);
    } else if (isWorse(heap[0] as number, slot)) {
      heap[0] = slot;
      sink(heap, isWorse);
    }
  }
  return heap.sort((a, b) => (isWorse(a, b) ? 1 : -1));
}

type Order = (a: number, b: number) => boolean;

function swap(heap: number[], i: number, j: number): void {
  const held = heap[i] as number;
  heap[i] = heap[j] as number;
  heap[j] = held;
}

/** Brings the last one to its place. */
function rise(heap: number[], isWorse: Order): void {
  for (let i = heap.length - 1; i > 0; ) {
    const parent = (i - 1) >> 1;
    if (!isWorse(heap[i] as number, heap[parent] as number)) return;
    swap(heap, i, parent);
    i = parent;
  }
}

/** Brings the first one to its place. */
function sink(heap: number[], isWorse: Order): void {
  for (let i = 0; ; ) {
    let worst = i;
    for (const child of [2 * i + 1, 2 * i + 2]) {
      if (child < heap.length && isWorse(heap[child] as number, heap[worst] as number)) worst = child;
    }
    if (worst === i) return;
    swap(heap, i, worst);
    i = worst;
  }
}
