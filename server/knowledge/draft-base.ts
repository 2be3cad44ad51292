import type { Content } from "../../knowledge/life/content.ts";
import { withChanges } from "../../knowledge/life/overlay.ts";
import type { Entry } from "../../knowledge/policies/entry.ts";
import type { Explaining, SearchableKnowledgeBase } from "../../knowledge/policies/knowledge-base.ts";
import type { Segmenter } from "../../knowledge/text/segment.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import { createEntryTable } from "../store/sqlite/knowledge/entry-table.ts";
import { createTurns } from "./turns.ts";

/** The base as if every draft were published; made anew when editors have done something. */
export function createDraftBase(parts: {
  database: SqliteDatabase;
  knowledge: SearchableKnowledgeBase;
  segmenter: Segmenter;
}): () => Promise<Explaining> {
  const { database, knowledge, segmenter } = parts;
  const { newestEdit } = createEntryTable(database);
  const inHand = database.raw.prepare<[], { version: number; body: string }>(`
    SELECT v.version, v.body FROM knowledge_entry_rows AS e
    JOIN knowledge_versions AS v ON v.entry_id = e.id AND v.version = e.head
    WHERE v.state IN ('draft', 'review', 'approved', 'scheduled')`);
  let made: { edit: number; base: Promise<Explaining> } | undefined;

  async function make(): Promise<Explaining> {
    const put: Entry[] = [];
    const turn = createTurns();
    for (const { version, body } of inHand.all()) {
      await turn();
      const content = JSON.parse(body) as Content;
      if (content.text.trim() !== "") put.push({ ...content, status: "published", version });
    }
    await knowledge.refresh();
    return knowledge.over((index) => withChanges(index, { put, remove: [] }, segmenter));
  }

  return () => {
    const edit = newestEdit();
    if (made?.edit !== edit) {
      const base = make();
      made = { edit, base };
      base.catch(() => {
        made = undefined;
      });
    }
    return made.base;
  };
}
