/**
 * Chinese maps must show coordinates in GCJ-02, which are shifted by some 500 m against WGS 84, the datum of satellite receivers. The
 * shift itself is smooth, so that a few steps of subtraction undo it to within a metre.
 */
export interface Degrees {
  latitude: number;
  longitude: number;
}

/** Krasovsky's ellipsoid of 1940, which the shift is reckoned on. */
const AXIS = 6_378_245;
const ECCENTRICITY = 0.006_693_421_622_965_943;

const waves = (value: number, terms: readonly [size: number, length: number][]): number =>
  terms.reduce((sum, [size, length]) => sum + (size * 2 * Math.sin((value * Math.PI) / length)) / 3, 0);

function shiftOf({ latitude, longitude }: Degrees): Degrees {
  const x = longitude - 105;
  const y = latitude - 35;
  const bend = 0.1 * x * y;
  const root = Math.sqrt(Math.abs(x));
  const fine = waves(x, [
    [20, 1 / 6],
    [20, 1 / 2],
  ]);
  const north = -100 + 2 * x + 3 * y + 0.2 * y * y + bend + 0.2 * root + fine;
  const alongY = waves(y, [
    [20, 1],
    [40, 3],
    [160, 12],
    [320, 30],
  ]);
  const east = 300 + x + 2 * y + 0.1 * x * x + bend + 0.1 * root + fine;
  const alongX = waves(x, [
    [20, 1],
    [40, 3],
    [150, 12],
    [300, 30],
  ]);
  const angle = (latitude * Math.PI) / 180;
  const magic = 1 - ECCENTRICITY * Math.sin(angle) ** 2;
  const meridian = (AXIS * (1 - ECCENTRICITY)) / magic ** 1.5;
  const parallel = (AXIS / Math.sqrt(magic)) * Math.cos(angle);
  return {
    latitude: (((north + alongY) / meridian) * 180) / Math.PI,
    longitude: (((east + alongX) / parallel) * 180) / Math.PI,
  };
}

/** Where a point of a Chinese map lies in WGS 84. Means nothing outside mainland China. */
export function toWgs84(point: Degrees): Degrees {
  let guess = point;
  for (let step = 0; step < 3; step++) {
    const shift = shiftOf(guess);
    guess = { latitude: point.latitude - shift.latitude, longitude: point.longitude - shift.longitude };
  }
  return guess;
}
