import type { WordsJob } from "../../../bots/ports.ts";
import type { SqliteDatabase } from "./database.ts";
import type { SealedJson } from "./sealed-json.ts";

/** Words that did not reach a citizen. */
export interface UndeliveredWords {
  id: string;
  laneId: string;
  work: WordsJob["work"];
  attempts: number;
  /** Names no person. */
  reason: string;
  createdAt: Date;
  endedAt: Date;
  /** They are told when the citizen is there again. */
  waits: boolean;
}

export interface UndeliveredReader {
  /** The newest first. Those whose work cannot be read are left out: nobody can say what they were. */
  undeliveredWords(limit: number): Promise<UndeliveredWords[]>;
}

interface Row {
  id: string;
  laneId: string;
  attempts: number;
  reason: string;
  made: number;
  ended: number;
  waits: 0 | 1;
  work: Buffer;
}

export function createUndeliveredReader(parts: { database: SqliteDatabase; sealed: SealedJson }): UndeliveredReader {
  // Channels keep pieces of a message under its key, "#" and a count.
  const dead = parts.database.raw.prepare<[number], Row>(`
    SELECT id, lane AS laneId, attempts, reason, created_at AS made, settled_at AS ended, work,
      (for_visit = 1 OR EXISTS (SELECT 1 FROM kept_words
        WHERE (key = jobs.id OR (key > jobs.id || '#' AND key < jobs.id || '$')))) AS waits
    FROM jobs WHERE outcome = 'dead' AND kind IN ('say', 'notify', 'tell-filing') ORDER BY seq DESC LIMIT ?`);
  return {
    undeliveredWords: async (limit) =>
      dead.all(limit).flatMap(({ work, made, ended, waits, ...row }) => {
        try {
          const opened = parts.sealed.open<WordsJob["work"]>(work);
          return [{ ...row, work: opened, createdAt: new Date(made), endedAt: new Date(ended), waits: waits === 1 }];
        } catch {
          return [];
        }
      }),
  };
}
