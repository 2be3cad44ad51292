import type { GeoPoint } from "../../../bots/model/index.ts";

/** A file without what its camera wrote beside the picture, and the position that stood there. */
export interface Cleaned {
  bytes: Buffer;
  position?: GeoPoint;
}
