import { describe, expect, it } from "vitest";
import type { Danger } from "../../../bots/model/index.ts";
import { dangerIn } from "../../../knowledge/triage/danger/danger.ts";
import { probeOf, shareOf } from "./probe/probe.ts";

const probe = probeOf<{ danger: Danger | null }>("danger");
const floors = [
  ["tuned", 0.98, 0.02],
  ["held", 0.98, 0.03],
] as const;

describe("危险的识别", () => {
  it.each(floors)("finds the emergencies of the %s half", (half, recall) => {
    const real = probe.filter((one) => one.half === half && one.danger);
    const { share, wrong } = shareOf(real, ({ text }) => dangerIn(text) !== undefined);
    expect(share, wrong.join("\n")).toBeGreaterThanOrEqual(recall);
  });

  it.each(floors)("is quiet about what only looks like one in the %s half", (half, _recall, alarms) => {
    const harmless = probe.filter((one) => one.half === half && !one.danger);
    const { share, wrong } = shareOf(harmless, ({ text }) => dangerIn(text) === undefined);
    expect(1 - share, wrong.join("\n")).toBeLessThanOrEqual(alarms);
  });

  it("tells whom to call", () => {
    const real = probe.filter((one) => one.danger);
    const { share, wrong } = shareOf(real, ({ text, danger }) => dangerIn(text) === danger);
    expect(share, wrong.join("\n")).toBeGreaterThanOrEqual(0.92);
  });

  it.each([
    "不想活了",
    "不想活了哈哈开玩笑的",
    "电话不留了，反正我不想活了",
    "去年就不想活了",
    "如果不解决我就不想活了",
    "没想开玩笑，真的不想活了",
  ])("takes despair seriously whatever stands around it: %s", (text) => {
    expect(dangerIn(text)).toBe("suicide");
  });

  it.each([
    "这首歌火了",
    "物业气炸我了",
    "要被烦死了",
    "路口堵死了",
    "跳楼价",
    "打起来电话没完",
    "想死你了",
    "笑死我了",
  ])("knows the idiom: %s", (text) => {
    expect(dangerIn(text)).toBeUndefined();
  });

  it("sees past a danger that is denied to one that is not", () => {
    expect(dangerIn("不是车着火，是楼着火了")).toBe("fire");
    expect(dangerIn("你们这帮废物，三号楼着火了")).toBe("fire");
  });
});
