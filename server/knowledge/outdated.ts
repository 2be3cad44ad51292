import type { OutboundMessage } from "../../bots/model/index.ts";
import { questionWords } from "../../flows/index.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import { createEntryTable } from "../store/sqlite/knowledge/entry-table.ts";

/**
 * The last look before words leave: an answer that rests on what is not in use any more, because it waited on its way or is said
 * again, becomes a request to ask anew. It is asked of the store itself, so every process knows at once.
 */
export function createLastLook(database: SqliteDatabase): (message: OutboundMessage) => OutboundMessage {
  const entries = createEntryTable(database);
  return (message) => {
    const cites = "cites" in message ? message.cites : undefined;
    return cites && !entries.isCurrent(cites.entryId, cites.version) ? questionWords.outdated() : message;
  };
}
