import type { Clock } from "../../bots/ports.ts";
import type { SearchableKnowledgeBase } from "../../knowledge/policies/knowledge-base.ts";
import type { Segmenter } from "../../knowledge/text/segment.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import type { SqliteStore } from "../store/sqlite/store.ts";
import { type Corrections, createCorrections } from "./corrections.ts";
import { createGaps, type Gaps } from "./gaps.ts";
import { createKnowledgeLife, type KnowledgeLife } from "./life.ts";
import { createKnowledgeReader, type KnowledgeReader } from "./reader.ts";
import { createShelf, type Shelf } from "./shelf.ts";
import { createTrials, type Trials } from "./trial.ts";

/** What those who keep the knowledge base work with. */
export interface KnowledgeRooms {
  life: KnowledgeLife;
  reader: KnowledgeReader;
  shelf: Shelf;
  corrections: Corrections;
  trials: Trials;
  gaps: Gaps;
  /** Does what is due by the clock; may run in several processes at once. */
  sweep(): Promise<void>;
}

export interface KnowledgeParts {
  database: SqliteDatabase;
  store: Pick<SqliteStore, "asked" | "corrections">;
  knowledge: SearchableKnowledgeBase;
  segmenter: Segmenter;
  clock: Clock;
  /** There are jobs in the outbox. */
  onCommitted(): void;
}

export function openKnowledgeRooms(parts: KnowledgeParts): KnowledgeRooms {
  const { store, clock } = parts;
  const { asked } = store;
  const life = createKnowledgeLife({
    ...parts,
    async onChange() {
      await parts.knowledge.refresh();
    },
  });
  const corrections = createCorrections({ ...parts, table: store.corrections });
  return {
    life,
    reader: createKnowledgeReader(parts),
    shelf: createShelf(parts),
    corrections,
    trials: createTrials({ ...parts, asked }),
    gaps: createGaps({ ...parts, asked, life }),
    async sweep() {
      await life.sweep();
      await corrections.carryOn();
      await asked.prune(clock.now());
    },
  };
}
