import type { GeoPoint } from "../../bots/model/index.ts";

/** Krasovsky 1940, the ellipsoid behind the maps sold in China. */
const A = 6_378_245;
const EE = 0.006_693_421_622_965_943;

/**
 * Maps inside China show points in GCJ-02, shifted by some hundred metres; positions that a citizen picks on such a map come
 * so. Answers WGS 84, good to a few metres; what lies outside of China is not shifted.
 */
export function fromGcj02<T extends Pick<GeoPoint, "latitude" | "longitude">>(point: T): T {
  const { latitude, longitude } = point;
  if (longitude < 72.004 || longitude > 137.8347 || latitude < 0.8293 || latitude > 55.8271) return point;
  const x = longitude - 105;
  const y = latitude - 35;
  const radians = (latitude / 180) * Math.PI;
  const magic = 1 - EE * Math.sin(radians) ** 2;
  const north = (northward(x, y) * 180) / (((A * (1 - EE)) / magic ** 1.5) * Math.PI);
  const east = (eastward(x, y) * 180) / ((A / Math.sqrt(magic)) * Math.cos(radians) * Math.PI);
  return { ...point, latitude: latitude - north, longitude: longitude - east };
}

const wave = (value: number, size: number): number => size * Math.sin(value * Math.PI);
const ripple = (x: number): number => ((wave(6 * x, 20) + wave(2 * x, 20)) * 2) / 3;

function northward(x: number, y: number): number {
  const plane = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x));
  const waves = wave(y, 20) + wave(y / 3, 40) + wave(y / 12, 160) + wave(y / 30, 320);
  return plane + ripple(x) + (waves * 2) / 3;
}

function eastward(x: number, y: number): number {
  const plane = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x));
  const waves = wave(x, 20) + wave(x / 3, 40) + wave(x / 12, 150) + wave(x / 30, 300);
  return plane + ripple(x) + (waves * 2) / 3;
}
