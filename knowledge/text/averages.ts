import { MAX_FIELDS } from "./counts.ts";

/** `weight`: how much an occurrence counts. `lengthNorm`: 0 (length plays no part) to 1 (fully divided by it). */
export interface FieldOptions {
  weight: number;
  lengthNorm: number;
}

/**
 * How long the fields of the documents are on average, and what an occurrence counts by it. The averages that count stand still until
 * they have moved by a share that is worth reckoning everything again. Lengths and norms lie at `slot * MAX_FIELDS + field`.
 */
export interface Averages {
  /** A document comes (1) or goes (-1). */
  count(lengths: Uint32Array, slot: number, sign: 1 | -1): void;
  /** Takes over the averages of `documents` documents when they have moved. */
  freshen(documents: number): void;
  /** Changes whenever norms have to be reckoned again. */
  version(): number;
  /**
   * What the largest possible norm has grown to since the beginning: a weighed count that was at most m when the growth was g is now at most
   * m * growth() / g.
   */
  growth(): number;
  normsOf(lengths: Uint32Array): Float32Array;
  reckon(lengths: Uint32Array, norms: Float32Array, slot: number): void;
  state(): AveragesState;
}

export interface AveragesState {
  totals: number[];
  averages: number[];
}

const DRIFT = 0.05;

export function createAverages(fields: readonly FieldOptions[], saved?: AveragesState): Averages {
  const totals = saved ? [...saved.totals] : fields.map(() => 0);
  let averages = saved ? [...saved.averages] : fields.map(() => 0);
  let version = 0;
  let growth = 1;

  function reckon(lengths: Uint32Array, norms: Float32Array, slot: number): void {
    for (const [field, { weight, lengthNorm }] of fields.entries()) {
      const at = slot * MAX_FIELDS + field;
      const relative = (lengths[at] as number) / (averages[field] || 1);
      norms[at] = weight / (1 - lengthNorm + lengthNorm * relative);
    }
  }

  return {
    reckon,
    version: () => version,
    growth: () => growth,
    state: () => ({ totals: [...totals], averages: [...averages] }),
    count(lengths, slot, sign) {
      for (const field of fields.keys()) {
        totals[field] = (totals[field] as number) + sign * (lengths[slot * MAX_FIELDS + field] as number);
      }
    },
    freshen(documents) {
      const now = totals.map((total) => total / Math.max(1, documents));
      const moved = now.some((average, field) => {
        const before = averages[field] as number;
        return Math.abs(average - before) > DRIFT * before;
      });
      if (!moved) return;
      // A norm grows by no more than its average does, whatever the length.
      growth *= Math.max(1, ...now.map((average, field) => (average || 1) / (averages[field] || 1)));
      averages = now;
      version += 1;
    },
    normsOf(lengths) {
      const norms = new Float32Array(lengths.length);
      for (let slot = 0; slot * MAX_FIELDS < lengths.length; slot++) reckon(lengths, norms, slot);
      return norms;
    },
  };
}
