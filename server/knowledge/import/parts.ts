import type { Clock, Logger } from "../../../bots/ports.ts";
import type { Folder } from "../../media/folder.ts";
import type { Seal } from "../../store/seal.ts";
import type { SqliteDatabase } from "../../store/sqlite/database.ts";
import type { KnowledgeStore } from "../../store/sqlite/knowledge-store.ts";
import type { ThreadLimits } from "./in-thread.ts";

/** What imports are made of. */
export interface ImportParts {
  database: SqliteDatabase;
  /** The file of the database, for threads; entries of the base are not compared when absent. */
  databaseFile?: string;
  folder: Folder;
  seal: Seal;
  store: KnowledgeStore;
  clock: Clock;
  log: Logger;
  newId(): string;
  limits?: ThreadLimits;
}
