import type { Clock } from "../../bots/ports.ts";
import type { Segmenter } from "../../knowledge/text/segment.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import type { SqliteStore } from "../store/sqlite/store.ts";
import { type Corrections, createCorrections } from "./corrections.ts";
import { createKnowledgeLife, type KnowledgeLife } from "./life.ts";
import { createKnowledgeReader, type KnowledgeReader } from "./reader.ts";
import { createShelf, type Shelf } from "./shelf.ts";

/** What those who keep the knowledge base work with. */
export interface KnowledgeRooms {
  life: KnowledgeLife;
  reader: KnowledgeReader;
  shelf: Shelf;
  corrections: Corrections;
  /** Does what is due by the clock; may run in several processes at once. */
  sweep(): Promise<void>;
}

export interface KnowledgeParts {
  database: SqliteDatabase;
  store: Pick<SqliteStore, "asked" | "corrections">;
  segmenter: Segmenter;
  clock: Clock;
  /** Citizens' answers have changed; resolves when this process gives the new ones. */
  onChange(): Promise<void>;
  /** There are jobs in the outbox. */
  onCommitted(): void;
}

export function openKnowledgeRooms(parts: KnowledgeParts): KnowledgeRooms {
  const { store, clock } = parts;
  const life = createKnowledgeLife(parts);
  const corrections = createCorrections({ ...parts, table: store.corrections });
  return {
    life,
    reader: createKnowledgeReader(parts),
    shelf: createShelf(parts),
    corrections,
    async sweep() {
      await life.sweep();
      await corrections.carryOn();
      await store.asked.prune(clock.now());
    },
  };
}
