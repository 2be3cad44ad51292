import { setImmediate } from "node:timers/promises";
import type { KnowledgeStore } from "../../store/sqlite/knowledge-store.ts";
import { inThread } from "./in-thread.ts";

/** All entries that are in use or may come into use, with every field. Importing what comes out changes nothing. */
export interface KnowledgeExport {
  /** Lines of JSON, several in one piece. */
  lines(): AsyncGenerator<string>;
  xlsx(): Promise<Uint8Array>;
}

const CHUNK = 500;

/** `databaseFile` is read by a thread of its own, so that a large base holds nobody up. */
export function createKnowledgeExport(parts: { store: KnowledgeStore; databaseFile: string }): KnowledgeExport {
  return {
    async *lines() {
      const entries = await parts.store.all();
      for (let start = 0; start < entries.length; start += CHUNK) {
        const chunk = entries.slice(start, start + CHUNK).map(({ version: _, ...entry }) => JSON.stringify(entry));
        yield `${chunk.join("\n")}\n`;
        await setImmediate();
      }
    },
    async xlsx() {
      await parts.store.settled();
      for await (const said of inThread({ kind: "export", database: parts.databaseFile })) {
        if (said.kind === "bytes") return said.bytes;
      }
      throw new Error("the thread wrote no workbook");
    },
  };
}
