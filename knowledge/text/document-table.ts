/** More slots than this no run has, so that a slot fits into sixteen bits. */
export const MAX_SLOTS = 65_536;

/** Where a document stands: in which run, by its serial number, and in which of its slots. */
export interface Place {
  run: number;
  slot: number;
}

/** The documents of an index by id and by a small number of their own, which stays the same wherever the document is moved. */
export interface DocumentTable {
  /** The number of the new document. */
  add(id: string, place: Place): number;
  /** Where it was; `undefined` when there is no such document. */
  remove(id: string): Place | undefined;
  move(number: number, place: Place): void;
  idOf(number: number): string;
  size(): number;
}

const FIRST_ROOM = 64;

export function createDocumentTable(): DocumentTable {
  const numberOf = new Map<string, number>();
  const ids: string[] = [];
  const free: number[] = [];
  let places = new Float64Array(FIRST_ROOM);

  function move(number: number, { run, slot }: Place): void {
    if (number >= places.length) {
      const grown = new Float64Array(places.length * 2);
      grown.set(places);
      places = grown;
    }
    places[number] = run * MAX_SLOTS + slot;
  }

  return {
    move,
    add(id, place) {
      const number = free.pop() ?? ids.length;
      ids[number] = id;
      numberOf.set(id, number);
      move(number, place);
      return number;
    },
    remove(id) {
      const number = numberOf.get(id);
      if (number === undefined) return undefined;
      numberOf.delete(id);
      free.push(number);
      ids[number] = "";
      const place = places[number] as number;
      return { run: Math.floor(place / MAX_SLOTS), slot: place % MAX_SLOTS };
    },
    idOf: (number) => ids[number] as string,
    size: () => numberOf.size,
  };
}
