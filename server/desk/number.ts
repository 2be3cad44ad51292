const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const NUMBERS_A_DAY = 1_000_000;

/**
 * A free ticket number: the day in Beijing (YYYYMMDD) and six digits, random so that numbers cannot be counted through.
 * A number that is taken is passed over upwards, so a full day ends with an error and not in a loop. `random` is uniform in [0, 1).
 */
export function freeTicketNumber(at: Date, random: () => number, isTaken: (number: string) => boolean): string {
  const day = new Date(at.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10).replaceAll("-", "");
  const start = Math.floor(random() * NUMBERS_A_DAY);
  for (let step = 0; step < NUMBERS_A_DAY; step++) {
    const number = `${day}${String((start + step) % NUMBERS_A_DAY).padStart(6, "0")}`;
    if (!isTaken(number)) return number;
  }
  throw new Error(`all ticket numbers of ${day} are taken`);
}
