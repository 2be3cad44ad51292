import { describe, expect, it } from "vitest";
import { planWords } from "../../../server/delivery/planner.ts";
import { defaultQuietHours, endOfQuiet, parseQuietHours } from "../../../server/delivery/quiet-hours.ts";

const at = (clock: string) => new Date(`2026-11-26T${clock}:00+08:00`);
const HOUR_MS = 3_600_000;
const hoursAgo = (now: Date, hours: number) => new Date(now.getTime() - hours * HOUR_MS);

describe("安静时段", () => {
  it.each([
    ["22:00", "2026-11-27T08:00:00+08:00"],
    ["23:59", "2026-11-27T08:00:00+08:00"],
    ["00:00", "2026-11-26T08:00:00+08:00"],
    ["07:59", "2026-11-26T08:00:00+08:00"],
  ])("%s 的消息等到早上八点", (clock, end) => {
    expect(endOfQuiet(defaultQuietHours, at(clock))).toEqual(new Date(end));
  });

  it.each(["08:00", "12:00", "21:59"])("%s 不是安静时段", (clock) => {
    expect(endOfQuiet(defaultQuietHours, at(clock))).toBeUndefined();
  });

  it("不过夜的时段也行，秒也算准", () => {
    const nap = { from: 12 * 60, to: 14 * 60 };
    expect(endOfQuiet(nap, new Date("2026-11-26T13:59:59.500+08:00"))).toEqual(at("14:00"));
    expect(endOfQuiet(nap, at("14:00"))).toBeUndefined();
  });

  it("读得懂的写法和读不懂的写法", () => {
    expect(parseQuietHours("22:00-08:00")).toEqual({ quiet: defaultQuietHours });
    expect(parseQuietHours(" 21:30 - 07:15 ")).toEqual({ quiet: { from: 1290, to: 435 } });
    expect(parseQuietHours("off")).toEqual({ quiet: undefined });
    for (const wrong of ["22-8", "24:00-08:00", "22:60-08:00", "night", "08:00-08:00", ""]) {
      expect(parseQuietHours(wrong)).toEqual({ fault: expect.stringContaining("off") });
    }
  });
});

describe("没人问的话什么时候说", () => {
  const occasion = { now: at("22:30"), urgent: false, push: "anytime", pushed: 0 } as const;
  const noon = { ...occasion, now: at("12:00") };
  const window = { windowHours: 48, messages: 5 } as const;

  it("夜里等到早上；紧急的马上说；正在说话的人马上说；没有安静时段也马上说", () => {
    expect(planWords(occasion, defaultQuietHours)).toMatchObject({
      kind: "later",
      until: new Date("2026-11-27T08:00:00+08:00"),
    });
    expect(planWords({ ...occasion, urgent: true }, defaultQuietHours)).toEqual({ kind: "now" });
    expect(planWords({ ...occasion, lastHeardAt: hoursAgo(occasion.now, 0.25) }, defaultQuietHours)).toEqual({
      kind: "now",
    });
    expect(planWords({ ...occasion, lastHeardAt: hoursAgo(occasion.now, 0.26) }, defaultQuietHours).kind).toBe("later");
    expect(planWords(occasion, undefined)).toEqual({ kind: "now" });
  });

  it("窗口过了、条数用完、从不先开口的渠道：不去试，说得出为什么", () => {
    const wrote = (hours: number, pushed = 0) => ({
      ...noon,
      push: window,
      pushed,
      lastHeardAt: hoursAgo(noon.now, hours),
    });
    expect(planWords(wrote(48), defaultQuietHours)).toEqual({ kind: "now" });
    expect(planWords(wrote(48.1), defaultQuietHours)).toMatchObject({ shut: expect.stringContaining("48 hours") });
    expect(planWords(wrote(1, 4), defaultQuietHours)).toEqual({ kind: "now" });
    expect(planWords(wrote(1, 5), defaultQuietHours)).toMatchObject({ shut: expect.stringContaining("5 messages") });
    expect(planWords({ ...noon, push: window }, defaultQuietHours)).toMatchObject({ shut: expect.any(String) });
    expect(
      planWords({ ...noon, push: { windowHours: 24 }, pushed: 99, lastHeardAt: hoursAgo(noon.now, 1) }, undefined),
    ).toEqual({
      kind: "now",
    });
    expect(planWords({ ...noon, push: "never" }, defaultQuietHours)).toMatchObject({ shut: expect.any(String) });
  });

  it("夜里窗口也过了：先等天亮，天亮再走别的路", () => {
    const late = { ...occasion, push: window, lastHeardAt: hoursAgo(occasion.now, 100) };
    expect(planWords(late, defaultQuietHours).kind).toBe("later");
    expect(planWords({ ...late, urgent: true }, defaultQuietHours)).toMatchObject({
      kind: "now",
      shut: expect.any(String),
    });
  });
});
