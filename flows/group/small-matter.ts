import type { MatterLine, Media, SmallMatter } from "../../bots/model/index.ts";

/** More of a talk helps no unit. */
const MOST_LINES = 40;
const MOST_OF_LINE = 500;
/** The opening words are the request itself. */
const MOST_OF_OPENING = 5_000;
const MOST_PICTURES = 9;
const HOUR_MS = 3_600_000;
/** How long the author may think about a ticket before the matter ends without one. */
const CONSENT_MS = 48 * HOUR_MS;
/** How long its author may say that it is not solved after all. */
export const REOPEN_MS = 24 * HOUR_MS;

const later = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString();
const changed = (matter: SmallMatter, change: Partial<SmallMatter>): SmallMatter => ({
  ...matter,
  ...change,
  revision: matter.revision + 1,
});

type Opening = Pick<
  SmallMatter,
  "id" | "number" | "channel" | "conversationId" | "author" | "community" | "gridWorker" | "category" | "saidAt"
> & { words: string; minutes: number };

/** With the grid worker from `now` on. */
export function openMatter({ words, minutes, ...matter }: Opening, now: Date): SmallMatter {
  const deadline = later(now, minutes * 60_000);
  return {
    ...matter,
    state: "open",
    openedAt: now.toISOString(),
    deadline,
    dueAt: deadline,
    lines: [{ by: "author", at: matter.saidAt, text: words.slice(0, MOST_OF_OPENING) }],
    evidence: [],
    revision: 1,
  };
}

/** One line more, while there is room. */
export function withLine(matter: SmallMatter, line: MatterLine, media: Media[] = []): SmallMatter {
  const known = new Set(matter.evidence.map(({ id }) => id));
  const evidence = [...matter.evidence, ...media.filter(({ id }) => !known.has(id))].slice(0, MOST_PICTURES);
  const isSaid = line.text !== "" && matter.lines.length < MOST_LINES;
  const lines = isSaid ? [...matter.lines, { ...line, text: line.text.slice(0, MOST_OF_LINE) }] : matter.lines;
  return changed(matter, { lines, evidence });
}

export const solve = (matter: SmallMatter, solvedBy: "author" | "grid-worker", now: Date): SmallMatter =>
  changed(matter, { state: "solved", solvedBy, endedAt: now.toISOString(), dueAt: undefined });

/** Not solved after all: the grid worker has the same time again. */
export function reopen(matter: SmallMatter, now: Date): SmallMatter {
  const deadline = later(now, Date.parse(matter.deadline) - Date.parse(matter.openedAt));
  return changed(matter, { state: "open", solvedBy: undefined, endedAt: undefined, deadline, dueAt: deadline });
}

export const withdraw = (matter: SmallMatter, now: Date): SmallMatter =>
  changed(matter, { state: "withdrawn", endedAt: now.toISOString(), dueAt: undefined });

export const expire = (matter: SmallMatter, now: Date): SmallMatter =>
  changed(matter, { state: "expired", endedAt: now.toISOString(), dueAt: undefined });

/** Its author is to be asked, in the private chat too, as soon as the clock comes by. */
export const askForTicket = (matter: SmallMatter, askedFor: "time" | "wish", now: Date): SmallMatter =>
  changed(matter, { state: "asking", askedFor, asked: undefined, dueAt: now.toISOString() });

export const wasAsked = (matter: SmallMatter, now: Date): SmallMatter =>
  changed(matter, { asked: true, dueAt: later(now, CONSENT_MS) });

/** Nothing to look for until there is news of the ticket. */
export const told = (matter: SmallMatter, what: SmallMatter["told"]): SmallMatter =>
  changed(matter, { told: what, dueAt: undefined });

export const openingOf = ({ lines }: SmallMatter): string => lines[0]?.text ?? "";
