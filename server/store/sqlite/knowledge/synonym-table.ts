import type { SynonymGroup } from "../../../../knowledge/text/own-synonyms.ts";
import type { SqliteDatabase } from "../database.ts";

export type SynonymState = "proposed" | "published" | "superseded";

/** The whole list as it was saved once. */
export interface SynonymRow {
  version: number;
  state: SynonymState;
  groups: SynonymGroup[];
  /** First words of the shipped groups that are switched off. */
  off: string[];
  /** Usernames of everybody who wrote at it since the last published version. */
  writers: string[];
  author: string;
  savedAt: Date;
}

interface RawRow {
  version: number;
  state: SynonymState;
  groups: string;
  off: string;
  writers: string;
  author: string;
  saved_at: number;
}

const read = ({ groups, off, writers, saved_at, ...rest }: RawRow): SynonymRow => ({
  ...rest,
  groups: JSON.parse(groups) as SynonymGroup[],
  off: JSON.parse(off) as string[],
  writers: JSON.parse(writers) as string[],
  savedAt: new Date(saved_at),
});

export type SynonymTable = ReturnType<typeof createSynonymTable>;

/** The editors' synonyms in their versions. What writes must run inside a write. */
export function createSynonymTable({ raw }: SqliteDatabase) {
  const newest = raw.prepare<[], RawRow>("SELECT * FROM knowledge_synonyms ORDER BY version DESC LIMIT 1");
  const inUse = raw.prepare<[], RawRow>("SELECT * FROM knowledge_synonyms WHERE state = 'published'");
  const add = raw.prepare(`
    INSERT INTO knowledge_synonyms (version, state, groups, off, writers, author, saved_at)
    VALUES (@version, 'proposed', @groups, @off, @writers, @author, @savedAt)`);
  const change = raw.prepare<[SynonymState, SynonymState]>("UPDATE knowledge_synonyms SET state = ? WHERE state = ?");
  const use = raw.prepare<[number]>("UPDATE knowledge_synonyms SET state = 'published' WHERE version = ?");
  return {
    newest(): SynonymRow | undefined {
      const row = newest.get();
      return row && read(row);
    },
    inUse(): SynonymRow | undefined {
      const row = inUse.get();
      return row && read(row);
    },
    /** Takes the place of what was proposed before. */
    propose({ groups, off, writers, savedAt, ...row }: Omit<SynonymRow, "state">): void {
      change.run("superseded", "proposed");
      const text = { groups: JSON.stringify(groups), off: JSON.stringify(off), writers: JSON.stringify(writers) };
      add.run({ ...row, ...text, savedAt: savedAt.getTime() });
    },
    publish(version: number): void {
      change.run("superseded", "published");
      use.run(version);
    },
  };
}
