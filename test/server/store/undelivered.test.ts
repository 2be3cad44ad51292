import { expect, it } from "vitest";
import { LEASE_MS, NOON, text, turn, zhang } from "../../contracts/samples.ts";
import { openSqlite } from "./open-sqlite.ts";

it("tells what has not reached a citizen: what waits and what was given up, not what arrived", async () => {
  const { store, close } = openSqlite(":memory:");
  await store.commitTurn(turn(zhang, 0, { say: [text("到了"), text("渠道不收"), text("还在路上")] }));
  const next = async () => (await store.claimJobs(1, NOON, LEASE_MS))[0]?.id ?? "none";
  await store.settleJob(await next(), { kind: "done" });
  await store.settleJob(await next(), { kind: "dead", reason: "the platform's window is shut" });
  expect(await store.undelivered(zhang)).toEqual([
    { message: text("渠道不收"), failed: true },
    { message: text("还在路上"), failed: false },
  ]);
  expect(await store.undelivered({ ...zhang, conversationId: "other" })).toEqual([]);
  await close();
});
