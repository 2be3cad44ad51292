import { join } from "node:path";
import Database from "better-sqlite3";
import { createSeal } from "../../server/store/seal.ts";

/** What the databases say when the server is gone. */
export interface Books {
  /** Keys of the messages that were committed, each with its conversation; as many times as they stand there. */
  inbound: string[];
  unsettledJobs: number;
  deadJobs: number;
  /** For each conversation: the log keys under which what the bot said belongs there. */
  saidKeys: Map<string, string[]>;
  /** For each conversation: the log keys that stand there. */
  logKeys: Map<string, string[]>;
  /** For each conversation: the numbers of its requests; null for one that has none. */
  requests: Map<string, (string | null)[]>;
  /** Numbers at the desk. */
  tickets: string[];
}

export function readBooks(dataDir: string, secretKey: string): Books {
  const seal = createSeal(secretKey);
  const main = new Database(join(dataDir, "jiesu.sqlite"), { readonly: true });
  const desk = new Database(join(dataDir, "desk.sqlite"), { readonly: true });
  try {
    const count = (sql: string) => main.prepare<[], number>(sql).pluck().get() ?? -1;
    const pairs = <T>(sql: string) => grouped(main.prepare<[], { of: string; is: T }>(sql).all());
    const said = pairs<string>(`SELECT substr(lane, length('conversation:web:') + 1) AS "of", id AS "is"
      FROM jobs WHERE kind = 'say' AND outcome = 'done'`);
    return {
      inbound: main.prepare<[], string>("SELECT message_id FROM inbound").pluck().all(),
      unsettledJobs: count("SELECT count(*) FROM jobs WHERE outcome IS NULL"),
      deadJobs: count("SELECT count(*) FROM jobs WHERE outcome = 'dead'"),
      saidKeys: new Map([...said].map(([of, ids]) => [of, ids.map((id) => seal.digest(`bot:${id}#0`))])),
      logKeys: pairs<string>(`SELECT conversation_id AS "of", key AS "is" FROM web_activities`),
      requests: pairs<string | null>(`SELECT conversation_id AS "of", number AS "is" FROM requests`),
      tickets: desk.prepare<[], string>("SELECT number FROM tickets").pluck().all(),
    };
  } finally {
    main.close();
    desk.close();
  }
}

function grouped<T>(rows: { of: string; is: T }[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(row.of, [...(groups.get(row.of) ?? []), row.is]);
  return groups;
}
