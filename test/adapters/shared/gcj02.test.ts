import { expect, it } from "vitest";
import { fromGcj02 } from "../../../adapters/shared/gcj02.ts";

it("火星坐标换成 WGS 84，偏移几百米，和通行的换算一致", () => {
  const { latitude, longitude } = fromGcj02({ latitude: 39.915, longitude: 116.404 });
  expect(latitude).toBeCloseTo(39.913_595_72, 6);
  expect(longitude).toBeCloseTo(116.397_755_5, 6);
});

it("境外的点不动，别的字段也不动", () => {
  expect(fromGcj02({ latitude: 48.8584, longitude: 2.2945, label: "巴黎" })).toEqual({
    latitude: 48.8584,
    longitude: 2.2945,
    label: "巴黎",
  });
});
