import { describe, expect, it } from "vitest";
import { isOpen, parseHours, type ServiceHours, sayHours } from "../../../flows/index.ts";

function hours(text: string): ServiceHours {
  const read = parseHours(text);
  if ("fault" in read) throw new Error(read.fault);
  return read.hours;
}

const beijing = (time: string) => new Date(`${time}:00+08:00`);

describe("服务时间", () => {
  it.each([
    // 2026-03-02 is a Monday.
    ["Mon-Sun 08:00-20:00", "2026-03-02T08:00", true],
    ["Mon-Sun 08:00-20:00", "2026-03-02T07:59", false],
    ["Mon-Sun 08:00-20:00", "2026-03-02T20:00", false],
    ["Mon-Fri 08:00-20:00, Sat 09:00-17:00", "2026-03-07T08:30", false],
    ["Mon-Fri 08:00-20:00, Sat 09:00-17:00", "2026-03-07T16:59", true],
    ["Mon-Fri 08:00-20:00, Sat 09:00-17:00", "2026-03-08T12:00", false],
    ["Sat-Mon 10:00-11:00", "2026-03-08T10:30", true],
    ["Sat-Mon 10:00-11:00", "2026-03-03T10:30", false],
    ["mon-sun 22:00-24:00; Mon-Sun 00:00-06:00", "2026-03-03T23:59", true],
    ["mon-sun 22:00-24:00; Mon-Sun 00:00-06:00", "2026-03-03T00:00", true],
    ["off", "2026-03-03T12:00", false],
  ])("%s 在 %s：%s", (text, time, open) => {
    expect(isOpen(hours(text), beijing(time))).toBe(open);
  });

  it.each([
    ["八点到八点", /write "Mon-Sun 08:00-20:00", or "off"/],
    ["Mon-Sun 8-20", /write "Mon-Sun/],
    ["Mon-Fun 08:00-20:00", /no weekday/],
    ["Mon 08:60-20:00", /00:00 to 24:00/],
    ["Mon 08:00-25:00", /00:00 to 24:00/],
    ["Mon 20:00-08:00", /two parts/],
    ["Mon 08:00-08:00", /ends before it begins/],
    ["Mon 08:00-20:00,", /is not a day and a time/],
  ])("%s 说清怎么改", (text, fault) => {
    expect(parseHours(text)).toEqual({ fault: expect.stringMatching(fault) });
  });

  it("写给市民看", () => {
    expect(sayHours(hours("Mon-Sun 08:00-20:00"))).toBe("每天 08:00–20:00");
    expect(sayHours(hours("Mon-Fri 08:00-20:00, Sat 09:00-17:00"))).toBe("周一至周五 08:00–20:00、周六 09:00–17:00");
  });
});
