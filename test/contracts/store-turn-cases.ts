import fc from "fast-check";
import { expect, it } from "vitest";
import type { ConversationRef } from "../../bots/model/index.ts";
import { emptyState } from "../../bots/model/index.ts";
import type { Store } from "../../bots/ports.ts";
import { drain, file, freshId, li, NOON, request, text, turn, words, zhang } from "./samples.ts";

export function turnCases(store: () => Store): void {
  it("nobody has spoken yet: revision 0 and an empty state", async () => {
    expect(await store().loadConversation(zhang)).toEqual({ ref: zhang, revision: 0, state: emptyState() });
  });

  it("a committed turn is read back as it was", async () => {
    const state = {
      active: { flow: "intake", version: 3, state: { step: "place", tries: 2, notes: ["水", null] } },
      suspended: [{ flow: "question", version: 1, state: null }],
      offered: [{ id: "intake/cancel", label: "取消", number: 1 }],
      citizen: { name: "张三", phone: "13800001111", consentAt: "2026-03-01T08:00:00+08:00" },
    };
    expect(await store().commitTurn(turn(zhang, 0, { state }))).toBe("committed");
    expect(await store().loadConversation(zhang)).toEqual({ ref: zhang, revision: 1, state });
  });

  it("the same message again is a duplicate and changes nothing, whatever revision it comes with", async () => {
    const first = turn(zhang, 0, { id: "again", say: [text("收到")] });
    await store().commitTurn(first);
    expect(await store().commitTurn(first)).toBe("duplicate");
    expect(await store().commitTurn({ ...first, baseRevision: 1 })).toBe("duplicate");
    expect((await store().loadConversation(zhang)).revision).toBe(1);
    expect(words(await drain(store()))).toEqual(["收到"]);
  });

  it("message ids are the channel's own: another channel may use the same one", async () => {
    const terminal: ConversationRef = { ...zhang, channel: "terminal" };
    await store().commitTurn(turn(zhang, 0, { id: "1" }));
    expect(await store().hasMessage("web", "1")).toBe(true);
    expect(await store().hasMessage("terminal", "1")).toBe(false);
    expect(await store().commitTurn(turn(terminal, 0, { id: "1" }))).toBe("committed");
  });

  it("a turn computed from an older or a never seen revision is stale and leaves nothing", async () => {
    await store().commitTurn(turn(zhang, 0));
    expect(await store().commitTurn(turn(zhang, 0, { id: "old", say: [text("旧")] }))).toBe("stale");
    expect(await store().commitTurn(turn(zhang, 7, { id: "odd", say: [text("怪")] }))).toBe("stale");
    expect(await store().commitTurn(turn(li, 1, { id: "none" }))).toBe("stale");
    expect(await store().hasMessage("web", "old")).toBe(false);
    expect((await store().loadConversation(zhang)).revision).toBe(1);
    expect(await drain(store())).toEqual([]);
  });

  it("of two turns that race from the same revision one wins and the other is stale", async () => {
    const results = await Promise.all([store().commitTurn(turn(zhang, 0)), store().commitTurn(turn(zhang, 0))]);
    expect(results.sort()).toEqual(["committed", "stale"]);
  });

  it("of two deliveries of one message that race one is committed", async () => {
    const both = turn(zhang, 0, { say: [text("只说一次")] });
    const results = await Promise.all([store().commitTurn(both), store().commitTurn(both)]);
    expect(results).toEqual(["committed", "duplicate"]);
    expect(words(await drain(store()))).toEqual(["只说一次"]);
  });

  it("all or nothing: a turn that fails in the middle leaves no message, state, job or request", async () => {
    const taken = request(zhang);
    await store().commitTurn(turn(zhang, 0, { effects: [file(taken)] }));
    await drain(store());
    const other = request(li);
    const broken = turn(li, 0, {
      id: "broken",
      say: [text("不该说出")],
      effects: [file(other), file({ ...other, id: taken.id })],
    });
    await expect(store().commitTurn(broken)).rejects.toMatchObject({ name: "StoreError", retryable: false });
    expect(await store().hasMessage("web", "broken")).toBe(false);
    expect((await store().loadConversation(li)).revision).toBe(0);
    expect(await store().loadRequest(other.id)).toBeUndefined();
    expect(await drain(store())).toEqual([]);
    expect(await store().commitTurn(turn(li, 0, { id: "broken" }))).toBe("committed");
  });

  it("a turn that fails does not undo the turns committed beside it", async () => {
    const taken = request(zhang);
    await store().commitTurn(turn(zhang, 0, { effects: [file(taken)] }));
    const results = await Promise.allSettled([
      store().commitTurn(turn(zhang, 1)),
      store().commitTurn(turn(li, 0, { effects: [file(taken)] })),
      store().commitTurn(turn({ ...li, conversationId: "c-li-2" }, 0)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect((await store().loadConversation(zhang)).revision).toBe(2);
    expect((await store().loadConversation(li)).revision).toBe(0);
  });

  it("every effect ends up in its own lane", async () => {
    const one = request(zhang);
    const act = { kind: "act" as const, actionId: "a-1", number: "GD-1", action: { kind: "urge" as const } };
    const rest = [
      { kind: "feedback" as const, entryId: "k-1", helpful: true },
      { kind: "record" as const, what: "unanswered" as const, detail: "公交卡怎么退" },
    ];
    const sent = turn(zhang, 0, { say: [text("一"), text("二")], effects: [file(one), act, ...rest] });
    sent.message.replyHandle = "reply-1";
    await store().commitTurn(sent);
    const jobs = await drain(store());
    const lanes = jobs.map(({ laneId, work }) => [laneId, work.kind]);
    expect(lanes).toEqual(
      expect.arrayContaining([
        ["conversation:web:c-zhang", "say"],
        ["conversation:web:c-zhang", "say"],
        [`request:${one.id}`, "file"],
        ["ticket:GD-1", "act"],
      ]),
    );
    expect(lanes).toHaveLength(4);
    expect(words(jobs)).toEqual(["一", "二"]);
    expect(jobs.find(({ work }) => work.kind === "act")?.work).toEqual({ ...act, to: zhang });
    expect(jobs[0]?.work).toMatchObject({ to: zhang, replyHandle: "reply-1" });
    expect(await store().loadRequest(one.id)).toEqual(one);
  });

  it("nobody else reads or goes on with a one-to-one conversation", async () => {
    await store().commitTurn(turn(zhang, 0, { state: { ...emptyState(), citizen: { phone: "13800001111" } } }));
    const stranger = { ...zhang, userId: "u-stranger" };
    await expect(store().loadConversation(stranger)).rejects.toMatchObject({ name: "StoreError", retryable: false });
    await expect(store().commitTurn(turn(stranger, 1))).rejects.toMatchObject({ name: "StoreError" });
    await expect(store().commitTurn(turn(stranger, 0))).rejects.toMatchObject({ name: "StoreError" });
    expect((await store().loadConversation(zhang)).revision).toBe(1);
  });

  it("in a group everybody goes on with the same conversation", async () => {
    const group = { channel: "web" as const, conversationId: "g-1", group: true as const };
    await store().commitTurn(turn({ ...group, userId: "u-1" }, 0));
    expect(await store().commitTurn(turn({ ...group, userId: "u-2" }, 1))).toBe("committed");
    expect((await store().loadConversation({ ...group, userId: "u-3" })).revision).toBe(2);
  });

  it("in any interleaving every message is answered once, in the order of the commits", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(2), fc.nat(8)), { maxLength: 30 }), fc.nat(3), async (sent, eager) => {
        const run = freshId("run");
        const committed = new Map<string, string[]>();
        const said: string[] = [];
        const say = async ([who, what]: [number, number]) => {
          const from = { channel: "web" as const, conversationId: `${run}-${who}`, userId: `u-${who}` };
          const id = `${run}-${who}-${what}`;
          for (;;) {
            const { revision } = await store().loadConversation(from);
            const result = await store().commitTurn(turn(from, revision, { id, say: [text(id)] }));
            if (result === "duplicate") return;
            if (result === "stale") continue;
            committed.set(from.conversationId, [...(committed.get(from.conversationId) ?? []), id]);
            return;
          }
        };
        const deliver = async () => {
          for (const job of await store().claimJobs(2, NOON, 60_000)) {
            said.push(...words([job]));
            await store().settleJob(job.id, { kind: "done" });
          }
        };
        await Promise.all(sent.flatMap((one, index) => (index % 4 <= eager ? [say(one), deliver()] : [say(one)])));
        said.push(...words(await drain(store())));
        for (const [conversation, ids] of committed) {
          expect(said.filter((id) => id.startsWith(`${conversation}-`))).toEqual(ids);
        }
        expect(said).toHaveLength(new Set(sent.map(String)).size);
      }),
      { numRuns: 100 },
    );
  });
}
