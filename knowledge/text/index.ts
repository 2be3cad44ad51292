import { type AveragesState, createAverages, type FieldOptions } from "./averages.ts";
import { MAX_FIELDS } from "./counts.ts";
import { createDocumentTable, MAX_SLOTS } from "./document-table.ts";
import { type RunTerm, roomForSums, searchOpen, searchSealed } from "./max-score.ts";
import type { Run } from "./run.ts";
import { createRuns } from "./runs.ts";
import type { SealedArrays } from "./sealed-run.ts";
import { createTop } from "./top.ts";

export interface Hit {
  id: string;
  score: number;
}

/** The terms of a query and how much each counts. */
export type WeightedTerms = ReadonlyMap<string, number>;

/**
 * An inverted index in memory with the ranking of BM25F (Robertson, Zaragoza, Taylor 2004): counts of all fields are weighed and divided by
 * their length before they saturate. Documents come, go and are replaced at any time, and are found or gone at once: new ones stand in a
 * small run that is searched from end to end, the others in sealed runs that are searched only as far as needed (`max-score.ts`, `runs.ts`).
 */
export interface TextIndex<Field extends string> {
  /** Replaces the document when the id is there. */
  add(id: string, fields: Partial<Record<Field, readonly string[]>>): void;
  /** False when there is no such document. */
  remove(id: string): boolean;
  /** Best first. Terms that no document has are passed over. */
  search(terms: WeightedTerms, limit: number): Hit[];
  /** Every document that has one of the terms, in no order: quicker than a search for as many. */
  scores(terms: WeightedTerms): Hit[];
  /** In how many documents the term stands. */
  documentFrequency(term: string): number;
  size(): number;
  /** Everything that is in it now, to be kept: `createTextIndex` with the same fields takes it as `saved`. Later changes do not touch it. */
  save(): SavedTextIndex;
}

export interface SavedTextIndex {
  averages: AveragesState;
  runs: { ids: string[]; arrays: SealedArrays; growth: number }[];
}

/** At most four fields. */
export function createTextIndex<Field extends string>(options: {
  fields: Record<Field, FieldOptions>;
  saved?: SavedTextIndex;
}): TextIndex<Field> {
  const names = Object.keys(options.fields) as Field[];
  if (names.length > MAX_FIELDS) throw new Error(`a text index has at most ${MAX_FIELDS} fields, not ${names.length}`);
  const fields = names.map((name) => options.fields[name]);
  const averages = createAverages(fields, options.saved?.averages);
  const documents = createDocumentTable();
  const runs = createRuns({ averages, documents });
  for (const run of options.saved?.runs ?? []) runs.restore(run);
  const room = roomForSums();

  function remove(id: string): boolean {
    const place = documents.remove(id);
    if (place) runs.remove(place);
    return place !== undefined;
  }

  const frequencyIn = (run: Run, number: number) => (number < 0 ? 0 : run.frequency(number));

  /** What the terms are worth, by run. */
  function prepare(terms: WeightedTerms, all: readonly Run[]): RunTerm[][] {
    const byRun: RunTerm[][] = all.map(() => []);
    for (const [term, weight] of terms) {
      const numbers = all.map((run) => run.find(term));
      const frequency = numbers.reduce((sum, number, i) => sum + frequencyIn(all[i] as Run, number), 0);
      if (frequency === 0 || !(weight > 0)) continue;
      const worth = weight * Math.log(1 + (documents.size() - frequency + 0.5) / (frequency + 0.5));
      for (const [i, number] of numbers.entries()) if (number >= 0) byRun[i]?.push({ number, worth });
    }
    return byRun;
  }

  function find(terms: WeightedTerms, limit: number) {
    averages.freshen(documents.size());
    const all = runs.all();
    const top = createTop(limit);
    for (const [i, wanted] of prepare(terms, all).entries()) {
      const run = all[i] as (typeof all)[number];
      if (wanted.length === 0) continue;
      switch (run.kind) {
        case "open":
          searchOpen(run, wanted, room, top, i * MAX_SLOTS);
          break;
        case "sealed":
          searchSealed(run, wanted, room, top, i * MAX_SLOTS);
          break;
        default:
          run satisfies never;
      }
    }
    const hit = ({ score, place }: { score: number; place: number }): Hit => {
      const run = all[Math.floor(place / MAX_SLOTS)] as Run;
      return { id: documents.idOf(run.documents[place % MAX_SLOTS] as number), score };
    };
    return { top, hit };
  }

  return {
    remove,
    search(terms, limit) {
      if (limit <= 0) return [];
      const { top, hit } = find(terms, limit);
      return top.take().map(hit);
    },
    scores(terms) {
      const { top, hit } = find(terms, Number.POSITIVE_INFINITY);
      return top.all().map(hit);
    },
    add(id, given) {
      remove(id);
      runs.add(
        id,
        names.map((name) => given[name] ?? []),
      );
    },
    documentFrequency: (term) => runs.all().reduce((sum, run) => sum + frequencyIn(run, run.find(term)), 0),
    size: documents.size,
    save: () => ({ averages: averages.state(), runs: runs.save() }),
  };
}
