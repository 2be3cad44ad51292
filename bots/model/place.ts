import type { GeoPoint } from "./message.ts";

/** A place as the citizen gave it, with as much of the administrative tree as could be read from it. */
export interface Place {
  /** The citizen's own words, or the label of a shared point. */
  text: string;
  district?: Division;
  subdistrict?: Division;
  community?: Division;
  point?: GeoPoint;
  /** 0 to 1: how sure the reading of the administrative tree is. */
  confidence: number;
}

/** Code after GB/T 2260 (district, 6 digits) and the statistical divisions below it (9 and 12 digits). */
export interface Division {
  code: string;
  name: string;
}
