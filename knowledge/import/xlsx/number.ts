/** How a number is shown: as a day, as a share of a hundred, or as it is. */
export type Look = "date" | "percent" | "plain";

/** ECMA-376 part 1, 18.8.30: the formats that need no code, those of Chinese and Japanese among them. */
const BUILT_IN: Readonly<Record<number, Look>> = {
  9: "percent",
  10: "percent",
  ...Object.fromEntries(
    [14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, "date"]),
  ),
};

/** What a format of this id and code shows. */
export function lookOf(id: number, code: string | undefined): Look {
  if (code === undefined) return BUILT_IN[id] ?? "plain";
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, "").toLowerCase();
  if (/y|d|年|日/.test(bare) && !/general/.test(bare)) return "date";
  return bare.includes("%") ? "percent" : "plain";
}

const DAY_MS = 86_400_000;
/** The serial of 1 January 1970 in the calendar that counts from 1900 (with its 29 February 1900), and in that of 1904. */
const EPOCH_1900 = 25_569;
const EPOCH_1904 = 24_107;

/** A number of a cell as it is read: dates as YYYY-MM-DD, with the time where it has one. */
export function showNumber(raw: string, look: Look, from1904: boolean): string {
  const value = Number(raw);
  if (!Number.isFinite(value)) return raw;
  if (look === "percent") return `${Number((value * 100).toPrecision(12))}%`;
  if (look === "date" && value > 0) {
    const ms = Math.round((value - (from1904 ? EPOCH_1904 : EPOCH_1900)) * DAY_MS);
    if (Math.abs(ms) > 8.64e15) return raw;
    const [day = "", time = ""] = new Date(ms).toISOString().split("T");
    return value % 1 === 0 ? day : `${day} ${time.slice(0, 8)}`;
  }
  // Excel writes 0.1 as 0.10000000000000001; longer whole numbers than a number holds are kept as they are written.
  return /^-?\d{16,}$/.test(raw) ? raw : String(Number(value.toPrecision(15)));
}
