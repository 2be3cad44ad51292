import type { GeoPoint } from "./message.ts";

/** A place as the citizen gave it, with as much of the administrative tree as could be read from it. */
export interface Place {
  /** The citizen's own words, or the label of a shared point. */
  text: string;
  district?: Division;
  subdistrict?: Division;
  community?: Division;
  point?: GeoPoint;
  /** What the address itself says below the division, in the citizen's words. */
  parts?: AddressParts;
  /** Which door or side is meant, where the citizen said so apart from the address: 北门. */
  detail?: string;
  /** The division was reckoned from the point and not named by the citizen, who should confirm it. */
  estimated?: true;
  /** 0 to 1: how sure the reading of the administrative tree is. */
  confidence: number;
}

/** Parts of an address below the division. */
export interface AddressParts {
  road?: string;
  /** The number on the road: 8号院. */
  number?: string;
  building?: string;
  unit?: string;
  room?: string;
}

/** Code after GB/T 2260 (district, 6 digits) and the statistical divisions below it (9 and 12 digits). */
export interface Division {
  code: string;
  name: string;
}
