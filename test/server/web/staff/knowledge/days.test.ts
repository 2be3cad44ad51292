import { expect, it } from "vitest";
import {
  addDays,
  addMonths,
  dayOf,
  daysOfMonth,
  fromField,
  mondayOf,
  sayDay,
  toField,
  weekday,
} from "../../../../../server/web/staff/knowledge/days.ts";

it("a day is the day in Beijing", () => {
  expect(dayOf(new Date("2026-03-01T16:00:00Z"))).toBe("2026-03-02");
});

it.each([
  ["2026-02-28", 1, "2026-03-01"],
  ["2028-02-28", 1, "2028-02-29"],
  ["2026-01-01", -1, "2025-12-31"],
])("%s and %i days is %s", (day, days, expected) => {
  expect(addDays(day, days)).toBe(expected);
});

it.each([
  ["2026-12", 1, "2027-01"],
  ["2026-01", -1, "2025-12"],
  ["2026-05", 0, "2026-05"],
])("%s and %i months is %s", (month, months, expected) => {
  expect(addMonths(month, months)).toBe(expected);
});

it.each([
  ["2026-03-02", "2026-03-02"],
  ["2026-03-08", "2026-03-02"],
])("the week of %s begins on %s", (day, monday) => {
  expect(mondayOf(day)).toBe(monday);
});

it("a month has its own last day", () => {
  expect(daysOfMonth("2028-02")).toEqual({ from: "2028-02-01", to: "2028-02-29" });
});

it("a field for date and time means Beijing, there and back", () => {
  expect(toField(new Date("2026-03-01T16:05:00Z"))).toBe("2026-03-02T00:05");
  expect(fromField("2026-03-02T00:05")).toBe("2026-03-01T16:05:00.000Z");
});

it("days are said as people say them", () => {
  expect(sayDay("2026-03-05", "2026-01-01")).toBe("3月5日");
  expect(sayDay("2027-03-05", "2026-01-01")).toBe("2027年3月5日");
  expect(weekday("2026-03-05")).toBe("星期四");
});
