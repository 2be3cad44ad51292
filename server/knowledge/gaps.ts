import { createHash } from "node:crypto";
import type { Clock } from "../../bots/ports.ts";
import { type Cluster, clusterQuestions } from "../../knowledge/life/clusters.ts";
import type { Content } from "../../knowledge/life/content.ts";
import { dayInBeijing } from "../../knowledge/policies/validity.ts";
import type { Segmenter } from "../../knowledge/text/segment.ts";
import { withoutPersons } from "../handoff/mask.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import type { AskedDay, AskedTable } from "../store/sqlite/knowledge/asked-table.ts";
import { createEntryTable } from "../store/sqlite/knowledge/entry-table.ts";
import type { Editor, KnowledgeLife } from "./life.ts";
import type { Outcome } from "./outcome.ts";

/** Questions about one thing that the base did not answer well. Words are masked. */
export interface Gap {
  id: string;
  size: number;
  typical: string;
  examples: string[];
  firstAt: Date;
  lastAt: Date;
  /** The draft that was made of it. */
  entryId?: string;
}

/** How questions ended in a day or a week, which `from` begins. `share`: answered and not called unhelpful, out of all. */
export interface Rate {
  from: string;
  asked: number;
  answered: number;
  unhelpful: number;
  share: number;
}

export interface Gaps {
  /** Largest first. */
  list(limit: number): Promise<Gap[]>;
  /** A draft with the questions as ways of asking; the same gap makes one draft. */
  draft(by: Editor, gapId: string): Promise<Outcome<{ entryId: string }>>;
  /** `around`: a day (YYYY-MM-DD); how it was before it, and from it on. */
  rates(
    unit: "day" | "week",
    days: { from: string; to: string },
    around?: string,
  ): {
    periods: Rate[];
    before?: Rate;
    after?: Rate;
  };
}

const MONTH_MS = 30 * 24 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
/** The newest; clustering grows with their number times the number of clusters. */
const MOST_QUESTIONS = 2_000;
const EXAMPLES = 5;
const MOST_WAYS = 30;

export function createGaps(parts: {
  database: SqliteDatabase;
  asked: AskedTable;
  life: KnowledgeLife;
  segmenter: Segmenter;
  clock: Clock;
}): Gaps {
  const { asked, life, segmenter, clock } = parts;
  const entries = createEntryTable(parts.database);

  function clusters(): Promise<Cluster[]> {
    const since = new Date(clock.now().getTime() - MONTH_MS);
    return clusterQuestions(asked.since(since, ["unsure", "unhelpful"], MOST_QUESTIONS), segmenter);
  }

  return {
    list: async (limit) =>
      (await clusters()).slice(0, limit).map((cluster) => {
        const id = gapIdOf(cluster);
        const ways = waysOf(cluster);
        return {
          id,
          size: cluster.members.length,
          typical: withoutPersons(cluster.typical),
          examples: ways.slice(0, EXAMPLES),
          firstAt: cluster.members[0]?.at ?? clock.now(),
          lastAt: cluster.members.at(-1)?.at ?? clock.now(),
          ...(entries.find(draftId(id)) ? { entryId: draftId(id) } : {}),
        };
      }),

    async draft(by, gapId) {
      const cluster = (await clusters()).find((each) => gapIdOf(each) === gapId);
      if (!cluster) return { kind: "not-found" };
      const question = withoutPersons(cluster.typical).slice(0, 500);
      const similar = waysOf(cluster).filter((way) => way !== question);
      const content: Content = { id: draftId(gapId), question, text: "", similar: similar.slice(0, MOST_WAYS) };
      const made = await life.create(by, content);
      return made.kind === "done" ? { kind: "done", entryId: content.id } : made;
    },

    rates(unit, { from, to }, around) {
      const days = asked.days(from, to);
      const starts = unit === "day" ? (day: string) => day : mondayOf;
      const periods = Map.groupBy(days, ({ day }) => starts(day));
      return {
        periods: [...periods].map(([start, some]) => rateOf(start, some)),
        ...(around === undefined
          ? {}
          : {
              before: rateOf(
                from,
                days.filter(({ day }) => day < around),
              ),
              after: rateOf(
                around,
                days.filter(({ day }) => day >= around),
              ),
            }),
      };
    },
  };
}

const draftId = (gapId: string): string => `gap-${gapId}`;

/** Known by its oldest question, which later ones do not change. */
const gapIdOf = ({ members }: Cluster): string =>
  createHash("sha256")
    .update(members[0]?.question ?? "")
    .digest("hex")
    .slice(0, 12);

const waysOf = ({ members }: Cluster): string[] => [
  ...new Set(members.map(({ question }) => withoutPersons(question).trim().slice(0, 500)).filter(Boolean)),
];

const mondayOf = (day: string): string => {
  const at = new Date(`${day}T12:00:00+08:00`);
  return dayInBeijing(new Date(at.getTime() - ((at.getUTCDay() + 6) % 7) * DAY_MS));
};

function rateOf(from: string, days: readonly AskedDay[]): Rate {
  const sum = (key: "answered" | "unsure" | "unhelpful") => days.reduce((total, day) => total + day[key], 0);
  const [answered, unsure, unhelpful] = [sum("answered"), sum("unsure"), sum("unhelpful")];
  const all = answered + unsure;
  const share = all === 0 ? 0 : Math.max(0, answered - unhelpful) / all;
  return { from, asked: all, answered, unhelpful, share };
}
