import type { GeoPoint } from "../../bots/model/index.ts";
import type { Outline } from "./divisions.ts";
import { codeOf, type Landmark } from "./landmarks.ts";
import { isWithin } from "./tree.ts";

/** The division a point seems to lie in. Never more than an estimate: borders and landmarks are known to some 200 m. */
export interface Estimate {
  code: string;
  confidence: number;
}

const UNITS_PER_DEGREE = 10_000;
/** A landmark this near tells the subdistrict, when those of other subdistricts are clearly farther. */
const NEAR_METRES = 700;
const CLEARLY_FARTHER = 1.5;
const OF_DISTRICT = 0.5;
const OF_SUBDISTRICT = 0.4;
const METRES_PER_DEGREE = 111_320;

type Degrees = Pick<GeoPoint, "latitude" | "longitude">;

/** `undefined` for a point outside all districts. */
export function pointLocator(
  outlines: readonly Outline[],
  landmarks: readonly Landmark[],
): (point: Degrees) => Estimate | undefined {
  const known = landmarks.flatMap(({ latitude, longitude, ...rest }) => {
    const code = codeOf(rest)?.slice(0, 9);
    return latitude === undefined || longitude === undefined || code?.length !== 9
      ? []
      : [{ latitude, longitude, code }];
  });
  return (point) => {
    const district = outlines.find((outline) => isInside(point, outline))?.code;
    if (district === undefined) return undefined;
    const near = known
      .map((one) => ({ code: one.code, metres: metresBetween(point, one) }))
      .toSorted((a, b) => a.metres - b.metres);
    const [first] = near;
    const other = near.find(({ code }) => code !== first?.code);
    const isClear =
      first !== undefined &&
      first.metres <= NEAR_METRES &&
      isWithin(first.code, district) &&
      (other === undefined || other.metres >= first.metres * CLEARLY_FARTHER);
    return isClear ? { code: first.code, confidence: OF_SUBDISTRICT } : { code: district, confidence: OF_DISTRICT };
  };
}

/** Counts how often a line to the east crosses the rings (even-odd rule). */
function isInside({ latitude, longitude }: Degrees, { rings }: Outline): boolean {
  const x = longitude * UNITS_PER_DEGREE;
  const y = latitude * UNITS_PER_DEGREE;
  let inside = false;
  for (const ring of rings) {
    for (let at = 0; at + 3 < ring.length; at += 2) {
      const [ax, ay, bx, by] = ring.slice(at, at + 4) as [number, number, number, number];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

function metresBetween(a: Degrees, b: Degrees): number {
  const north = (a.latitude - b.latitude) * METRES_PER_DEGREE;
  const east = (a.longitude - b.longitude) * METRES_PER_DEGREE * Math.cos((a.latitude * Math.PI) / 180);
  return Math.hypot(north, east);
}
