import { expect, it } from "vitest";
import type { ConversationRef, Handoff, StaffTurn } from "../../bots/model/index.ts";
import { emptyState } from "../../bots/model/index.ts";
import type { Store } from "../../bots/ports.ts";
import { drain, freshId, li, text, turn, words, zhang } from "./samples.ts";

const AT = "2026-03-01T10:00:00.000Z";
const at = (minutes: number): string => new Date(Date.parse(AT) + minutes * 60_000).toISOString();

const handoff = (from: ConversationRef, parts: Partial<Handoff> = {}): Handoff => ({
  id: freshId("h"),
  from,
  state: "waiting",
  reason: "asked",
  requestedAt: AT,
  ...parts,
});

function staffTurn(to: Handoff, baseRevision: number, parts: Partial<StaffTurn> = {}): StaffTurn {
  return {
    key: freshId("key"),
    by: "wang",
    deed: "say",
    baseRevision,
    state: { ...emptyState(), attended: to },
    say: [],
    handoff: to,
    ...parts,
  };
}

const takenBy = (one: Handoff, username: string): Handoff => ({
  ...one,
  state: "taken",
  takenBy: { username, label: `工作人员 ${username}` },
  takenAt: at(1),
});

export function handoffCases(store: () => Store): void {
  /** Commits a first turn that asks for a person. */
  async function asked(from: ConversationRef, parts: Partial<Handoff> = {}): Promise<Handoff> {
    const one = handoff(from, parts);
    const effects = [{ kind: "handoff" as const, handoff: one }];
    await store().commitTurn(turn(from, 0, { state: { ...emptyState(), attended: one }, effects }));
    return one;
  }

  it("a hand-off is there with the turn that asked for it, and in the order of asking", async () => {
    const late = await asked(li, { requestedAt: at(2) });
    const early = await asked(zhang);
    expect(await store().loadHandoff(early.id)).toEqual(early);
    expect(await store().openHandoffs(10)).toEqual([early, late]);
    expect(await store().openHandoffs(1)).toEqual([early]);
    expect(await store().loadHandoff("nobody")).toBeUndefined();
    expect((await store().loadConversation(zhang)).state.attended).toEqual(early);
  });

  it("a redelivered message makes no second one; a stale turn makes none", async () => {
    const one = handoff(zhang);
    const effects = [{ kind: "handoff" as const, handoff: one }];
    const first = turn(zhang, 0, { effects });
    await store().commitTurn(first);
    expect(await store().commitTurn(first)).toBe("duplicate");
    const other = turn(zhang, 0, { effects: [{ kind: "handoff", handoff: handoff(zhang) }] });
    expect(await store().commitTurn(other)).toBe("stale");
    expect(await store().openHandoffs(10)).toEqual([one]);
  });

  it("a conversation never stands in the queue twice", async () => {
    await asked(zhang);
    const again = turn(zhang, 1, { effects: [{ kind: "handoff", handoff: handoff(zhang) }] });
    await expect(store().commitTurn(again)).rejects.toMatchObject({ name: "StoreError" });
    expect(await store().openHandoffs(10)).toHaveLength(1);
  });

  it("the place in the queue counts who asked before and still waits", async () => {
    const first = await asked(zhang);
    await asked(li, { requestedAt: at(2) });
    expect(await store().waitingBefore(new Date(AT))).toBe(0);
    expect(await store().waitingBefore(new Date(at(2)))).toBe(1);
    expect(await store().waitingBefore(new Date(at(3)))).toBe(2);
    await store().commitStaffTurn(staffTurn(takenBy(first, "wang"), 1, { deed: "take" }));
    expect(await store().waitingBefore(new Date(at(3)))).toBe(1);
  });

  it("of two operators who take it from the same revision exactly one wins", async () => {
    const one = await asked(zhang);
    const results = await Promise.all(
      ["wang", "liu"].map((name) =>
        store().commitStaffTurn(staffTurn(takenBy(one, name), 1, { by: name, deed: "take", say: [text(name)] })),
      ),
    );
    expect(results).toEqual(["committed", "stale"]);
    expect((await store().loadHandoff(one.id))?.takenBy?.username).toBe("wang");
    expect(words(await drain(store()))).toEqual(["wang"]);
  });

  it("words go to the lane of the conversation, once for each key, and the revision counts on", async () => {
    const one = await asked(zhang);
    const said = staffTurn(takenBy(one, "wang"), 1, { key: "k-1", say: [text("您好")] });
    expect(await store().commitStaffTurn(said)).toBe("committed");
    expect(await store().commitStaffTurn(said)).toBe("duplicate");
    expect(await store().commitStaffTurn({ ...said, baseRevision: 2 })).toBe("duplicate");
    expect((await store().loadConversation(zhang)).revision).toBe(2);
    const jobs = await drain(store());
    expect(jobs.map(({ laneId, work }) => [laneId, work.kind])).toEqual([["conversation:web:c-zhang", "say"]]);
    expect(words(jobs)).toEqual(["您好"]);
  });

  it("a citizen's turn in between makes the operator's stale, and it leaves nothing", async () => {
    const one = await asked(zhang);
    await store().commitTurn(turn(zhang, 1));
    const late = staffTurn(takenBy(one, "wang"), 1, { say: [text("迟了")] });
    expect(await store().commitStaffTurn(late)).toBe("stale");
    expect((await store().loadHandoff(one.id))?.state).toBe("waiting");
    expect(await store().staffActs(one.id)).toEqual([]);
    expect(await drain(store())).toEqual([]);
  });

  it("what is due is found until it is done; what has ended is never due", async () => {
    const soon = await asked(zhang, { dueAt: at(5) });
    await asked(li, { dueAt: at(60) });
    expect(await store().dueHandoffs(new Date(at(4)), 10)).toEqual([]);
    expect(await store().dueHandoffs(new Date(at(5)), 10)).toEqual([soon]);
    const ended: Handoff = { ...handoff(zhang, { id: soon.id }), state: "ended", endedAt: at(6), ending: "silent" };
    await store().commitStaffTurn(staffTurn(ended, 1, { by: "clock", deed: "lapse", state: emptyState() }));
    expect(await store().dueHandoffs(new Date(at(30)), 10)).toEqual([]);
    expect((await store().loadConversation(zhang)).state.attended).toBeUndefined();
    expect((await store().openHandoffs(10)).map(({ from }) => from)).toEqual([li]);
  });

  it("an operator finds what they had and what became of it; nobody else's", async () => {
    const one = await asked(zhang);
    const ended: Handoff = {
      ...takenBy(one, "wang"),
      state: "ended",
      endedAt: at(9),
      ending: "returned",
      note: "已核实",
    };
    await store().commitStaffTurn(staffTurn(ended, 1, { deed: "return", state: emptyState() }));
    expect(await store().endedHandoffs("wang", new Date(at(9)), 10)).toEqual([ended]);
    expect(await store().endedHandoffs("wang", new Date(at(10)), 10)).toEqual([]);
    expect(await store().endedHandoffs("liu", new Date(AT), 10)).toEqual([]);
  });

  it("keeps who did what, without a word of anybody's; the same key once", async () => {
    const one = await asked(zhang);
    const taken = staffTurn(takenBy(one, "wang"), 1, { deed: "edit", about: "place", say: [text("悄悄话")] });
    await store().commitStaffTurn(taken);
    const read = { handoffId: one.id, by: "wang", deed: "read" as const, at: new Date(at(3)) };
    await store().noteStaffAct("read-1", read);
    await store().noteStaffAct("read-1", read);
    const acts = await store().staffActs(one.id);
    expect(acts).toEqual([{ handoffId: one.id, by: "wang", deed: "edit", about: "place", at: expect.any(Date) }, read]);
    expect(await store().staffActs("nobody")).toEqual([]);
  });
}
