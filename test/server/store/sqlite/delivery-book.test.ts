import { afterEach, beforeEach, expect, it } from "vitest";
import { createSeal } from "../../../../server/store/seal.ts";
import type { SqliteDatabase } from "../../../../server/store/sqlite/database.ts";
import { createDeliveryBook } from "../../../../server/store/sqlite/delivery-book.ts";
import { openMemory } from "../../../adapters/shared/open-memory.ts";

const DAY_MS = 24 * 3_600_000;
let database: SqliteDatabase;
let nowMs = Date.parse("2026-03-01T08:00:00+08:00");
beforeEach(() => {
  database = openMemory();
});
afterEach(() => database.close());

const book = (channel: "wechat" | "web" = "wechat") =>
  createDeliveryBook({
    database,
    seal: createSeal("a key for this test only"),
    clock: { now: () => new Date(nowMs) },
    channel,
  });

it("what was sent stays known for a month, in its channel", async () => {
  await book().recordSent(["1#0", "1#1"]);
  await book().recordSent(["1#0"]);
  expect([book().wasSent("1#0"), book().wasSent("1#1"), book().wasSent("2#0")]).toEqual([true, true, false]);
  expect(book("web").wasSent("1#0")).toBe(false);
  nowMs += 29 * DAY_MS;
  await book().recordSent(["2#0"]);
  expect(book().wasSent("1#0")).toBe(true);
  nowMs += 2 * DAY_MS;
  await book().recordSent([]);
  expect([book().wasSent("1#0"), book().wasSent("2#0")]).toEqual([false, true]);
});

it("words wait for their user in order, once each, sealed, until they are told", async () => {
  await book().keep("u", [
    { key: "1#0", text: "已派单" },
    { key: "1#1", text: "已办结" },
  ]);
  await book().keep("u", [{ key: "1#0", text: "已派单" }]);
  await book().keep("v", [{ key: "2#0", text: "别人的" }]);
  expect(
    book()
      .keptFor("u")
      .map(({ text }) => text),
  ).toEqual(["已派单", "已办结"]);
  const rows = database.raw.prepare<[], { words: Buffer }>("SELECT words FROM kept_words").all();
  for (const { words } of rows) expect(words.toString("utf8")).not.toMatch(/已派单|已办结|别人的/);
  await book().forget(["1#0"]);
  expect(book().keptFor("u")).toEqual([{ key: "1#1", text: "已办结" }]);
});
