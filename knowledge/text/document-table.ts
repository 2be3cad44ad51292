import { MAX_FIELDS } from "./postings.ts";

/** `weight`: how much an occurrence counts. `lengthNorm`: 0 (length plays no part) to 1 (fully divided by it). */
export interface FieldOptions {
  weight: number;
  lengthNorm: number;
}

/**
 * The documents of an index in numbered slots, with the length of their fields. A removed document leaves a hole until `pack`.
 * Fields are numbered in the order of `fields`.
 */
export interface DocumentTable {
  /** Gives the document the next free slot. */
  add(id: string, lengths: readonly number[]): number;
  /** The slot it has left; `undefined` when there is no such document. */
  remove(id: string): number | undefined;
  /** `undefined` for a hole. */
  idAt(slot: number): string | undefined;
  /** Documents, without holes. */
  size(): number;
  /** Slots, with holes. */
  slots(): number;
  /** What one occurrence counts, at `slot * MAX_FIELDS + field`. Brought up to date with the average lengths. */
  norms(): Float32Array;
  /** Closes the holes; where each slot has moved to, -1 for a hole. */
  pack(): Int32Array;
}

/** Norms are reckoned again when the average length of a field has moved by this share. */
const DRIFT = 0.05;
const FIRST_ROOM = 64;

export function createDocumentTable(fields: readonly FieldOptions[]): DocumentTable {
  const slotOf = new Map<string, number>();
  const totals = fields.map(() => 0);
  let ids: (string | undefined)[] = [];
  let lengths = new Int32Array(FIRST_ROOM * MAX_FIELDS);
  let norms = new Float32Array(FIRST_ROOM * MAX_FIELDS);
  let averages = fields.map(() => 0);

  function reserve(slots: number): void {
    const needed = slots * MAX_FIELDS;
    if (lengths.length >= needed) return;
    const [oldLengths, oldNorms] = [lengths, norms];
    lengths = new Int32Array(needed * 2);
    lengths.set(oldLengths);
    norms = new Float32Array(needed * 2);
    norms.set(oldNorms);
  }

  function reckon(slot: number): void {
    for (const [field, { weight, lengthNorm }] of fields.entries()) {
      const at = slot * MAX_FIELDS + field;
      const relative = (lengths[at] as number) / (averages[field] || 1);
      norms[at] = weight / (1 - lengthNorm + lengthNorm * relative);
    }
  }

  function freshen(): void {
    const now = totals.map((total) => total / Math.max(1, slotOf.size));
    const moved = now.some((average, field) => {
      const before = averages[field] as number;
      return Math.abs(average - before) > DRIFT * before;
    });
    if (!moved) return;
    averages = now;
    for (let slot = 0; slot < ids.length; slot++) if (ids[slot] !== undefined) reckon(slot);
  }

  function count(slot: number, sign: 1 | -1): void {
    for (const field of fields.keys()) {
      totals[field] = (totals[field] as number) + sign * (lengths[slot * MAX_FIELDS + field] as number);
    }
  }

  return {
    add(id, fieldLengths) {
      const slot = ids.length;
      reserve(slot + 1);
      lengths.set(fieldLengths, slot * MAX_FIELDS);
      ids.push(id);
      slotOf.set(id, slot);
      count(slot, 1);
      reckon(slot);
      return slot;
    },
    remove(id) {
      const slot = slotOf.get(id);
      if (slot === undefined) return undefined;
      slotOf.delete(id);
      ids[slot] = undefined;
      count(slot, -1);
      return slot;
    },
    idAt: (slot) => ids[slot],
    size: () => slotOf.size,
    slots: () => ids.length,
    norms() {
      freshen();
      return norms;
    },
    pack() {
      const moveTo = new Int32Array(ids.length).fill(-1);
      const kept: string[] = [];
      for (const [slot, id] of ids.entries()) {
        if (id === undefined) continue;
        const next = kept.push(id) - 1;
        for (const numbers of [lengths, norms]) {
          numbers.copyWithin(next * MAX_FIELDS, slot * MAX_FIELDS, (slot + 1) * MAX_FIELDS);
        }
        moveTo[slot] = next;
        slotOf.set(id, next);
      }
      ids = kept;
      return moveTo;
    },
  };
}
