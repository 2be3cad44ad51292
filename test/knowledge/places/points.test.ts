import { describe, expect, it } from "vitest";
import { toWgs84 } from "../../../knowledge/places/gcj02.ts";
import { pointLocator } from "../../../knowledge/places/points.ts";

/** Two districts, one beside the other, a tenth of a degree wide; the second has a hole. */
const outlines = [
  {
    code: "110101",
    rings: [[1_160_000, 400_000, 1_161_000, 400_000, 1_161_000, 401_000, 1_160_000, 401_000, 1_160_000, 400_000]],
  },
  {
    code: "110102",
    rings: [
      [1_161_000, 400_000, 1_162_000, 400_000, 1_162_000, 401_000, 1_161_000, 401_000, 1_161_000, 400_000],
      [1_161_400, 400_400, 1_161_600, 400_400, 1_161_600, 400_600, 1_161_400, 400_600, 1_161_400, 400_400],
    ],
  },
];
const station = { name: "甲站", kind: "station", subdistrict: "110101001", latitude: 40.05, longitude: 116.05 };

describe("a point among outlines and landmarks", () => {
  const locate = pointLocator(outlines, [station]);

  it("lies in the district whose border is around it, and in none when it lies in a hole or outside", () => {
    expect(locate({ latitude: 40.01, longitude: 116.01 })?.code).toBe("110101");
    expect(locate({ latitude: 40.01, longitude: 116.11 })?.code).toBe("110102");
    expect(locate({ latitude: 40.05, longitude: 116.15 })).toBeUndefined();
    expect(locate({ latitude: 40.2, longitude: 116.05 })).toBeUndefined();
  });

  it("beside a landmark lies in its subdistrict, and is less sure of that than of the district", () => {
    const near = locate({ latitude: 40.051, longitude: 116.05 });
    const far = locate({ latitude: 40.07, longitude: 116.05 });
    expect(near?.code).toBe("110101001");
    expect(far?.code).toBe("110101");
    expect(near?.confidence).toBeLessThan(far?.confidence ?? 0);
  });

  it("between landmarks of two subdistricts is told no more than its district", () => {
    const other = { ...station, name: "乙站", subdistrict: "110101002", longitude: 116.056 };
    const between = pointLocator(outlines, [station, other]);
    expect(between({ latitude: 40.05, longitude: 116.0529 })?.code).toBe("110101");
    expect(between({ latitude: 40.05, longitude: 116.0505 })?.code).toBe("110101001");
  });

  it("does not take a landmark's subdistrict across the border", () => {
    const across = pointLocator(outlines, [{ ...station, longitude: 116.0995 }]);
    expect(across({ latitude: 40.05, longitude: 116.1005 })?.code).toBe("110102");
  });
});

describe("coordinates of Chinese maps", () => {
  it("are led back to WGS 84: 天安门 is half a kilometre south-west of where such a map shows it", () => {
    const { latitude, longitude } = toWgs84({ latitude: 39.908823, longitude: 116.39747 });
    expect(latitude).toBeCloseTo(39.9074, 3);
    expect(longitude).toBeCloseTo(116.3912, 3);
  });
});
