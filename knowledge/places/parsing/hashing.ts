/** Folds one more number into a 32-bit hash. Order matters: mix(mix(h, a), b) differs from mix(mix(h, b), a). */
export function mix(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ value, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}
