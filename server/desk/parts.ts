import type { Clock } from "../../bots/ports.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import type { CatalogueLeaf } from "./catalogue.ts";
import type { UnitDirectory } from "./directory.ts";
import type { EventLog } from "./event-log.ts";
import type { JoinerTable } from "./joiner-table.ts";
import type { TicketTable } from "./ticket-table.ts";

/** What the parts of the desk share. */
export interface DeskParts {
  database: SqliteDatabase;
  tickets: TicketTable;
  joiners: JoinerTable;
  events: EventLog;
  units: UnitDirectory;
  catalogueVersion: string;
  leaf(code: string): CatalogueLeaf | undefined;
  clock: Clock;
  random(): number;
  /** To be called after a change was committed. */
  changed(): void;
}
