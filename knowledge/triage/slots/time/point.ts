import { numberOf } from "../numerals.ts";
import { DAY_MS, HOUR_MS, startOfDay } from "./beijing.ts";
import { type Days, daysOf } from "./days.ts";
import { CLOCK, PART } from "./grammar.ts";

/** From–to on the wall clock, `end` excluded; a moment has both the same. Without `end` it goes on still. */
export interface Stretch {
  start: number;
  end?: number;
}

/** What is said of a time before it is put on the calendar: a stretch of days, a part of the day, a time of day. */
interface Said {
  days?: Days;
  part?: string;
  clock?: { hour: number; minute: number; exact: boolean };
}

const PARTS: readonly (readonly [RegExp, number, number])[] = [
  [/后半夜|凌晨/, 0, 6],
  [/晨|早/, 5, 9],
  [/上午/, 8, 12],
  [/中午/, 11, 14],
  [/下午|午后/, 12, 18],
  [/傍晚/, 17, 20],
  [/前半夜/, 18, 24],
  [/半夜|深夜|午夜/, 23, 29],
  [/晚|夜/, 18, 24],
];
/** Reads one point of time. `undefined` when it cannot be told ("最近", "刚才"). `lead` gives day and part that a range's end leaves out. */
export function pointOf(words: string, now: number, lead?: string): Stretch | undefined {
  const said = saidAfter(words, now, lead);
  if (!said) return undefined;
  const { days, part, clock } = said;
  if (!part && !clock) return days && { start: days.start, end: days.end };
  if (days && days.end - days.start > DAY_MS) return undefined;
  const day = days?.start ?? latestDay(said, now);
  return clock ? atClock(day, clock, part, days) : inPart(day, part ?? "");
}

function saidAfter(words: string, now: number, lead: string | undefined): Said | undefined {
  const said = saidIn(words, now);
  const led = lead === undefined ? undefined : saidIn(lead, now);
  if (!said || !led) return said;
  const inheritsPart = said.clock && !said.clock.exact && !said.days;
  return { ...said, part: said.part ?? (inheritsPart ? led.part : undefined), days: said.days ?? led.days };
}

function inPart(day: number, part: string): Stretch | undefined {
  const [, from, to] = PARTS.find(([sign]) => sign.test(part)) ?? [];
  return from === undefined || to === undefined ? undefined : { start: day + from * HOUR_MS, end: day + to * HOUR_MS };
}

function atClock(
  day: number,
  clock: NonNullable<Said["clock"]>,
  part: string | undefined,
  days: Said["days"],
): Stretch | undefined {
  const hour = hourOf(clock, part);
  const start = day + (hour ?? 0) * HOUR_MS + clock.minute * 60_000;
  if (hour !== undefined) return { start, end: start };
  return days && { start: days.start, end: days.end };
}

/** Today when that is past, else yesterday. */
function latestDay(said: Said, now: number): number {
  const today = startOfDay(now);
  const hour = said.clock ? hourOf(said.clock, said.part) : undefined;
  return today + (hour ?? 0) * HOUR_MS <= now ? today : today - DAY_MS;
}

/** 0 to 29, counted from the midnight that the named day begins with; `undefined` when morning or evening is not said. */
function hourOf({ hour, exact }: NonNullable<Said["clock"]>, part: string | undefined): number | undefined {
  if (part === undefined) return exact || hour > 12 || hour === 0 ? hour : undefined;
  if (/凌晨|后半夜/.test(part)) return hour % 12;
  if (/中午/.test(part)) return hour <= 3 ? hour + 12 : hour;
  if (/傍晚|下午|午后/.test(part)) return hour < 12 ? hour + 12 : hour;
  return /晚|夜/.test(part) ? nightHour(hour) : hour;
}

/** "晚上两点" is after the midnight that ends the day, "晚上12点" is that midnight. */
function nightHour(hour: number): number {
  if (hour <= 5 || hour === 12) return 24 + (hour % 12);
  return hour < 12 ? hour + 12 : hour;
}

const TIME_OF_DAY = new RegExp(CLOCK);
const PART_OF_DAY = new RegExp(`${PART}|晨`);

function saidIn(words: string, now: number): Said | undefined {
  const clock = clockOf(TIME_OF_DAY.exec(words)?.[0] ?? "");
  const dated = clock ? words.replace(TIME_OF_DAY, "") : words;
  const part = PART_OF_DAY.exec(dated)?.[0];
  const date = (part ? dated.replace(PART_OF_DAY, "") : dated).replace(/的$/, "").trim();
  const days = date === "" ? undefined : daysOf(date, now);
  return (date !== "" && !days) || !(days || part || clock) ? undefined : { days, part, clock };
}

function clockOf(words: string): Said["clock"] {
  const digital = /^(\d{1,2}):(\d{2})/.exec(words);
  if (digital) return checked(Number(digital[1]), Number(digital[2]), true);
  const spoken = /^(.+?)(?:点|时)钟?(半|一刻|三刻|整|.+)?$/.exec(
    words.replace(/[多许钟]|左右|前后|过后|以后|之后/g, ""),
  );
  const hour = numberOf(spoken?.[1] ?? "");
  if (hour === undefined) return undefined;
  const named = { 半: 30, 一刻: 15, 三刻: 45, 整: 0 }[spoken?.[2] ?? "整"];
  return checked(hour, named ?? numberOf((spoken?.[2] ?? "").replace(/分$|^零/g, "")) ?? 0, false);
}

const checked = (hour: number, minute: number, exact: boolean): Said["clock"] =>
  hour <= 24 && minute < 60 ? { hour, minute, exact } : undefined;
