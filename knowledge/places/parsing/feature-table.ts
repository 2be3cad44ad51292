/** Finds the row of a hash in a table with open addressing; -1 when it has none. The hash 0 is never in a table. */
export interface FeatureTable {
  size: number;
  rowOf(hash: number): number;
}

/** `hashes` must be different from each other; a hash's row is its place in them. */
export function createFeatureTable(hashes: Int32Array): FeatureTable {
  let slots = 16;
  while (slots < hashes.length * 2) slots *= 2;
  const mask = slots - 1;
  const rows = new Int32Array(slots).fill(-1);
  hashes.forEach((hash, row) => {
    let slot = hash & mask;
    while (rows[slot] !== -1) slot = (slot + 1) & mask;
    rows[slot] = row;
  });
  const rowOf = (hash: number): number => {
    let slot = hash & mask;
    for (;;) {
      const row = rows[slot] as number;
      if (row === -1 || hashes[row] === hash) return row;
      slot = (slot + 1) & mask;
    }
  };
  return { size: hashes.length, rowOf };
}
