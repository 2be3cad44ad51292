import type { Clock } from "../../bots/ports.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import { createKnowledgeLife, type KnowledgeLife } from "./life.ts";
import { createKnowledgeReader, type KnowledgeReader } from "./reader.ts";
import { createShelf, type Shelf } from "./shelf.ts";

/** What those who keep the knowledge base work with. */
export interface KnowledgeRooms {
  life: KnowledgeLife;
  reader: KnowledgeReader;
  shelf: Shelf;
}

export function openKnowledgeRooms(parts: {
  database: SqliteDatabase;
  clock: Clock;
  onChange(): Promise<void>;
}): KnowledgeRooms {
  return { life: createKnowledgeLife(parts), reader: createKnowledgeReader(parts), shelf: createShelf(parts) };
}
