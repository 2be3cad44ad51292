import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { emptyState } from "../../../bots/model/index.ts";
import { servedLanes } from "../../../server/outbox/lanes.ts";
import { createSeal } from "../../../server/store/seal.ts";
import { openDatabase } from "../../../server/store/sqlite/database.ts";
import { createSqliteStore } from "../../../server/store/sqlite/store.ts";
import { inFolder, migrationsDir } from "./open-sqlite.ts";

const seal = createSeal("a key for processes that share a folder");

describe("processes that share a data directory", () => {
  it("take the words of their own channel and conversation only", () =>
    inFolder(async (dir) => {
      const opened = (serves: (laneId: string) => boolean) => {
        const database = openDatabase({ file: `${dir}/jiesu.sqlite`, migrationsDir });
        return { database, store: createSqliteStore({ database, seal, newId: randomUUID, serves }) };
      };
      const server = opened(servedLanes({ channels: ["web"] }));
      const terminal = opened(
        servedLanes({ channels: ["terminal"], conversation: { channel: "terminal", conversationId: "anna" } }),
      );
      const said = (channel: "web" | "terminal", id: string) =>
        server.store.commitTurn({
          message: {
            id: randomUUID(),
            from: { channel, conversationId: id, userId: id },
            sentAt: new Date(),
            content: { kind: "text", text: "你好" },
          },
          baseRevision: 0,
          state: emptyState(),
          say: [{ kind: "text", text: `给 ${id}` }],
          effects: [],
        });
      await said("web", "bert");
      await said("terminal", "anna");
      await said("terminal", "carl");
      const lanes = async (store: typeof server.store) =>
        (await store.claimJobs(10, new Date(), 1000)).map(({ laneId }) => laneId);
      expect(await lanes(terminal.store)).toEqual(["conversation:terminal:anna"]);
      expect(await lanes(server.store)).toEqual(["conversation:web:bert"]);
      await terminal.database.close();
      await server.database.close();
    }));

  it("share the requests and tickets that are on their way", () => {
    const serves = servedLanes({ channels: ["web"] });
    expect(serves("request:r-1")).toBe(true);
    expect(serves("ticket:20260101000001")).toBe(true);
    expect(serves("conversation:terminal:anna")).toBe(false);
  });
});
