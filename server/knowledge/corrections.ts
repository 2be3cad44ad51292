import type { OutboundMessage } from "../../bots/model/index.ts";
import type { Clock } from "../../bots/ports.ts";
import { questionWords } from "../../flows/index.ts";
import { permission } from "../../knowledge/life/permission.ts";
import { bestQuote } from "../../knowledge/policies/quote.ts";
import { sourceOf } from "../../knowledge/policies/source.ts";
import type { Segmenter } from "../../knowledge/text/segment.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import { createAuditTable } from "../store/sqlite/knowledge/audit-table.ts";
import type { AnsweredCount, Correction, CorrectionTable } from "../store/sqlite/knowledge/corrections.ts";
import { createEntryTable } from "../store/sqlite/knowledge/entry-table.ts";
import type { Editor } from "./life.ts";
import { attempt, type Outcome, refuse } from "./outcome.ts";

/** `key`: chosen by who asks; the same again is done once. `versions`: the wrong ones, oldest and newest; all before today's when absent. */
export interface CorrectionWish {
  key: string;
  words: string;
  versions?: { oldest: number; newest: number };
}

export interface CorrectionPreview {
  conversations: number;
  text: string;
}

/** Who was answered from what, as counts; and corrections to them. */
export interface Corrections {
  answered(id: string): AnsweredCount[];
  /** What would be said, and in how many conversations. */
  preview(by: Editor, id: string, wish: Omit<CorrectionWish, "key">): Promise<Outcome<CorrectionPreview>>;
  /** Tells those who were answered from wrong versions, each conversation once; nobody who was answered from a newer one. */
  push(by: Editor, id: string, wish: CorrectionWish): Promise<Outcome<{ conversations: number }>>;
  /** Goes on with what was begun, after a restart too; how many conversations that were. */
  carryOn(): Promise<number>;
}

/** Conversations in one transaction. */
const CHUNK = 200;

export function createCorrections(parts: {
  database: SqliteDatabase;
  table: CorrectionTable;
  clock: Clock;
  segmenter: Segmenter;
  onCommitted(): void;
}): Corrections {
  const { database, table, clock, segmenter } = parts;
  const entries = createEntryTable(database);
  const audit = createAuditTable(database);

  function wordsOf({ entryId, version, words }: Correction): OutboundMessage | undefined {
    const row = entries.version(entryId, version);
    if (!row || !entries.isCurrent(entryId, version)) return undefined;
    const { content } = row;
    const { question: query = "", text } = content;
    const quote = bestQuote({ text, query, maxLength: 200, segmenter, rarity: () => 1 });
    const source = sourceOf({ ...content, status: "published", version }, quote);
    return source && questionWords.correction(source, words);
  }

  /** One transaction's worth; the correction ends with its last conversation, and when what it says is not in use any more. */
  function step(): number | undefined {
    const correction = table.open();
    if (!correction) return undefined;
    const message = wordsOf(correction);
    const told = message ? table.carryOn(correction, message, CHUNK) : 0;
    if (told < CHUNK) table.end(correction.id, clock.now());
    return told;
  }

  type Which = Omit<Correction, "id" | "words" | "by">;

  /** Whom a wish is about; refused where there is nothing in use that would be right. */
  function whichOf(by: Editor, id: string, versions: CorrectionWish["versions"]): Which {
    const found = permission(by, "correct");
    if (found.kind === "refused") refuse({ ...found, kind: "not-allowed", deed: "correct", writers: [] });
    const entry = entries.find(id) ?? refuse({ kind: "not-found" });
    if (entry.status !== "published") refuse({ kind: "wrong-state", deed: "correct", state: entry.status });
    const { oldest, newest } = versions ?? { oldest: 1, newest: entry.version - 1 };
    return { entryId: id, version: entry.version, oldest, newest: Math.min(newest, entry.version - 1) };
  }

  async function carryOn(): Promise<number> {
    let told = 0;
    while (table.open()) {
      told += (await database.write(step)) ?? 0;
      parts.onCommitted();
    }
    return told;
  }

  return {
    answered: table.counts,
    preview: (by, id, { words, versions }) =>
      attempt(
        database.write(() => {
          const which = whichOf(by, id, versions);
          const message = wordsOf({ ...which, id: "", words, by: by.username });
          const text = message && "text" in message ? message.text : words;
          return { conversations: table.audience(which), text };
        }),
      ),
    async push(by, id, { key, words, versions }) {
      const begun = await attempt(
        database.write(() => {
          const which = whichOf(by, id, versions);
          const conversations = table.audience(which);
          const at = clock.now();
          if (table.begin({ id: `${id}:${key}`, ...which, words, by: by.username }, at)) {
            const note = `第 ${which.oldest}–${which.newest} 版的 ${conversations} 个对话`;
            audit.note({ at, by: by.username, deed: "correct", entryId: id, version: which.version, note });
          }
          return { conversations };
        }),
      );
      if (begun.kind === "done") await carryOn();
      return begun;
    },
    carryOn,
  };
}
