import { setImmediate } from "node:timers/promises";
import type { Content } from "../../knowledge/life/content.ts";
import { withChanges } from "../../knowledge/life/overlay.ts";
import type { Entry } from "../../knowledge/policies/entry.ts";
import type { Explaining, SearchableKnowledgeBase } from "../../knowledge/policies/knowledge-base.ts";
import type { Segmenter } from "../../knowledge/text/segment.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";

/** Drafts read before others get their turn. */
const CHUNK = 50;

/** The base as if every draft were published; made anew when editors have done something. */
export function createDraftBase(parts: {
  database: SqliteDatabase;
  knowledge: SearchableKnowledgeBase;
  segmenter: Segmenter;
}): () => Promise<Explaining> {
  const { database, knowledge, segmenter } = parts;
  const newest = database.raw.prepare<[], number>("SELECT coalesce(max(edit), 0) FROM knowledge_entry_rows").pluck();
  const inHand = database.raw.prepare<[], { version: number; body: string }>(`
    SELECT v.version, v.body FROM knowledge_entry_rows AS e
    JOIN knowledge_versions AS v ON v.entry_id = e.id AND v.version = e.head
    WHERE v.state IN ('draft', 'review', 'approved', 'scheduled')`);
  let made: { edit: number; base: Promise<Explaining> } | undefined;

  async function make(): Promise<Explaining> {
    const put: Entry[] = [];
    for (const [i, { version, body }] of inHand.all().entries()) {
      if (i % CHUNK === CHUNK - 1) await setImmediate();
      const content = JSON.parse(body) as Content;
      if (content.text.trim() !== "") put.push({ ...content, status: "published", version });
    }
    await knowledge.refresh();
    return knowledge.over((index) => withChanges(index, { put, remove: [] }, segmenter));
  }

  return () => {
    const edit = newest.get() ?? 0;
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
