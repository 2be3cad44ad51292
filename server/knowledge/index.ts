import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Clock, Logger } from "../../bots/ports.ts";
import type { SearchableKnowledgeBase } from "../../knowledge/policies/knowledge-base.ts";
import type { Segmenter } from "../../knowledge/text/segment.ts";
import { openFolder } from "../media/folder.ts";
import type { Seal } from "../store/seal.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import type { KnowledgeStore } from "../store/sqlite/knowledge-store.ts";
import type { SqliteStore } from "../store/sqlite/store.ts";
import { type Corrections, createCorrections } from "./corrections.ts";
import { createGaps, type Gaps } from "./gaps.ts";
import { createKnowledgeExport, type KnowledgeExport } from "./import/export.ts";
import { createKnowledgeImports, type KnowledgeImports } from "./import/imports.ts";
import { createKnowledgeLife, type KnowledgeLife } from "./life.ts";
import { createKnowledgeReader, type KnowledgeReader } from "./reader.ts";
import { createShelf, type Shelf } from "./shelf.ts";
import { createSynonyms, type Synonyms } from "./synonyms.ts";
import { createTrials, type Trials } from "./trials.ts";

/** What those who keep the knowledge base work with. */
export interface KnowledgeRooms {
  life: KnowledgeLife;
  reader: KnowledgeReader;
  shelf: Shelf;
  corrections: Corrections;
  trials: Trials;
  gaps: Gaps;
  imports: KnowledgeImports;
  exports: KnowledgeExport;
  synonyms: Synonyms;
  /** Does what is due by the clock; may run in several processes at once. */
  sweep(): Promise<void>;
  /** Ends what is being read; it goes on at the next start. */
  stop(): Promise<void>;
}

export interface KnowledgeParts {
  database: SqliteDatabase;
  store: Pick<SqliteStore, "asked" | "corrections">;
  knowledgeStore: KnowledgeStore;
  /** Where files wait while they are imported. */
  dataDir: string;
  databaseFile: string;
  seal: Seal;
  log: Logger;
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
  const imports = createKnowledgeImports({
    ...parts,
    store: parts.knowledgeStore,
    folder: openFolder(join(parts.dataDir, "knowledge-imports")),
    newId: randomUUID,
  });
  return {
    life,
    imports,
    exports: createKnowledgeExport({ store: parts.knowledgeStore, databaseFile: parts.databaseFile }),
    reader: createKnowledgeReader(parts),
    shelf: createShelf({ ...parts, store: parts.knowledgeStore }),
    corrections,
    trials: createTrials({ ...parts, asked }),
    gaps: createGaps({ ...parts, asked, life }),
    synonyms: createSynonyms({ ...parts, asked }),
    async sweep() {
      await life.sweep();
      await corrections.carryOn();
      await asked.prune(clock.now());
      await imports.sweep();
    },
    stop: imports.stop,
  };
}
