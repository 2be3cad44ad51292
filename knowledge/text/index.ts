import { createDocumentTable, type FieldOptions } from "./document-table.ts";
import { addCount, compact, emptyPostings, MAX_FIELDS, type Postings, push } from "./postings.ts";
import { topSlots } from "./top.ts";

export interface Hit {
  id: string;
  score: number;
}

/** The terms of a query and how much each counts. */
export type WeightedTerms = ReadonlyMap<string, number>;

/**
 * An inverted index in memory with the ranking of BM25F (Robertson, Zaragoza, Taylor 2004): counts of all fields are weighed and divided by
 * their length before they saturate. Documents come, go and are replaced at any time.
 * What is removed leaves a hole until a quarter of the slots are holes; then the postings are packed again.
 * Growing to a million documents means writing packed postings to a file and keeping only the newest here; callers see no difference.
 */
export interface TextIndex<Field extends string> {
  /** Replaces the document when the id is there. */
  add(id: string, fields: Partial<Record<Field, readonly string[]>>): void;
  /** False when there is no such document. */
  remove(id: string): boolean;
  /** Best first. Terms that no document has are passed over. */
  search(terms: WeightedTerms, limit: number): Hit[];
  /** In how many documents the term stands. */
  documentFrequency(term: string): number;
  size(): number;
}

/** How fast further occurrences stop counting. */
const SATURATION = 1.2;
const MIN_HOLES = 256;
const HOLES_SHARE = 0.25;

/** At most four fields. */
export function createTextIndex<Field extends string>(options: {
  fields: Record<Field, FieldOptions>;
}): TextIndex<Field> {
  const names = Object.keys(options.fields) as Field[];
  if (names.length > MAX_FIELDS) throw new Error(`a text index has at most ${MAX_FIELDS} fields, not ${names.length}`);
  const documents = createDocumentTable(names.map((name) => options.fields[name]));
  const postingsOf = new Map<string, Postings>();
  let termsOf: (readonly string[])[] = [];
  let scores = new Float32Array(0);
  let touched = new Int32Array(0);

  function postingsFor(term: string): Postings {
    const known = postingsOf.get(term);
    if (known) return known;
    const made = emptyPostings();
    postingsOf.set(term, made);
    return made;
  }

  function add(id: string, fields: Partial<Record<Field, readonly string[]>>): void {
    remove(id);
    const tokens = names.map((name) => fields[name] ?? []);
    const slot = documents.add(
      id,
      tokens.map((field) => field.length),
    );
    const counts = new Map<string, number>();
    for (const [field, terms] of tokens.entries()) {
      for (const term of terms) counts.set(term, addCount(counts.get(term) ?? 0, field));
    }
    for (const [term, packed] of counts) push(postingsFor(term), slot, packed);
    termsOf.push([...counts.keys()]);
  }

  function remove(id: string): boolean {
    const slot = documents.remove(id);
    if (slot === undefined) return false;
    for (const term of termsOf[slot] ?? []) {
      const postings = postingsOf.get(term);
      if (postings && --postings.alive === 0) postingsOf.delete(term);
    }
    termsOf[slot] = [];
    const holes = documents.slots() - documents.size();
    if (holes > MIN_HOLES && holes > documents.slots() * HOLES_SHARE) pack();
    return true;
  }

  function pack(): void {
    const moveTo = documents.pack();
    for (const postings of postingsOf.values()) compact(postings, moveTo);
    termsOf = termsOf.filter((_, slot) => moveTo[slot] !== -1);
  }

  /** Adds a term's share to `scores`; `found` counts the slots noted in `touched`. */
  function scoreTerm(postings: Postings, weight: number, norms: Float32Array, found: number): number {
    const rarity = Math.log(1 + (documents.size() - postings.alive + 0.5) / (postings.alive + 0.5));
    const { pairs, length } = postings;
    let noted = found;
    for (let i = 0; i < length; i += 2) {
      const slot = pairs[i] as number;
      const count = weighedCount(pairs[i + 1] as number, norms, slot * MAX_FIELDS);
      if (scores[slot] === 0) touched[noted++] = slot;
      scores[slot] = (scores[slot] as number) + (weight * rarity * count) / (SATURATION + count);
    }
    return noted;
  }

  function search(terms: WeightedTerms, limit: number): Hit[] {
    const norms = documents.norms();
    if (scores.length < documents.slots()) {
      scores = new Float32Array(documents.slots() * 2);
      touched = new Int32Array(documents.slots() * 2);
    }
    let found = 0;
    for (const [term, weight] of terms) {
      const postings = postingsOf.get(term);
      if (postings && weight > 0) found = scoreTerm(postings, weight, norms, found);
    }
    const seen = touched.subarray(0, found);
    const alive = seen.filter((slot) => documents.idAt(slot) !== undefined);
    const best = topSlots(alive, scores, limit);
    const hits = best.map((slot) => ({ id: documents.idAt(slot) as string, score: scores[slot] as number }));
    for (const slot of seen) scores[slot] = 0;
    return hits;
  }

  return {
    add,
    remove,
    search,
    documentFrequency: (term) => postingsOf.get(term)?.alive ?? 0,
    size: documents.size,
  };
}

/** The four counts of a posting, each weighed by its field's norm in the document that begins at `base`. */
function weighedCount(counts: number, norms: Float32Array, base: number): number {
  return (
    (counts & 0xff) * (norms[base] as number) +
    ((counts >>> 8) & 0xff) * (norms[base + 1] as number) +
    ((counts >>> 16) & 0xff) * (norms[base + 2] as number) +
    (counts >>> 24) * (norms[base + 3] as number)
  );
}
