import type { Candidate, EntryIndex } from "../policies/entry-index.ts";
import type { VectorOf } from "./shelf.ts";

/** The nearest entry gains this share of the best score of the search; each further one less, by its place alone. */
const SHARE = 0.15;
const FALL = 3;

/**
 * The index as a search finds in it that also knows what is near in meaning. Only entries of the index come, in the version that the vector was
 * made of; weighing is the same, so what no word speaks for is refused as before.
 */
export function closerTo(index: EntryIndex, nearestTo: (query: string) => readonly VectorOf[]): EntryIndex {
  return {
    ...index,
    search(query, limit, accept) {
      const found = index.search(query, limit, accept);
      const near = nearestTo(query).flatMap(({ id, version }) => {
        const entry = index.get(id);
        return entry && entry.version === version && accept(entry) ? [entry] : [];
      });
      if (near.length === 0) return found;
      const unit = SHARE * (found[0]?.score ?? 1);
      const nearOf = new Map(near.map((entry, place) => [entry, FALL / (FALL + place)]));
      const known = new Set(found.map(({ entry }) => entry));
      const came = near
        .filter((entry) => !known.has(entry))
        .map((entry): Candidate => ({ entry, score: 0, passage: 0 }));
      return [...found, ...came]
        .map((candidate) => ({ candidate, gain: nearOf.get(candidate.entry) ?? 0 }))
        .sort((a, b) => b.candidate.score + unit * b.gain - (a.candidate.score + unit * a.gain))
        .slice(0, limit)
        .map(({ candidate, gain }) => (gain === 0 ? candidate : raised(candidate, gain, unit)));
    },
  };
}

/** Of a document nearness is a sign of its own; an entry's score is all that it is found by. */
const raised = (candidate: Candidate, near: number, unit: number): Candidate =>
  candidate.entry.question ? { ...candidate, score: candidate.score + unit * near } : { ...candidate, near };
