/** How often a term occurs in each of up to four fields of a document, packed: eight bits a field, counting up to 255. */
export const MAX_FIELDS = 4;
const MAX_COUNT = 255;

export function addCount(packed: number, field: number): number {
  const shift = field * 8;
  return ((packed >>> shift) & 0xff) === MAX_COUNT ? packed : packed + (1 << shift);
}

/** The four counts, each weighed by its field's norm in the document whose norms begin at `base`. */
export function weighedCount(packed: number, norms: Float32Array, base: number): number {
  return (
    (packed & 0xff) * (norms[base] as number) +
    ((packed >>> 8) & 0xff) * (norms[base + 1] as number) +
    ((packed >>> 16) & 0xff) * (norms[base + 2] as number) +
    (packed >>> 24) * (norms[base + 3] as number)
  );
}

/** How fast further occurrences stop counting. */
export const SATURATION = 1.2;
