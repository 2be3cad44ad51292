import fc from "fast-check";
import { expect, it } from "vitest";
import type { TicketUpdate } from "../../bots/model/index.ts";
import type { Store } from "../../bots/ports.ts";
import { drain, file, filed, freshId, li, request, turn, update, zhang } from "./samples.ts";

const accepted = (number: string) => ({ kind: "accepted" as const, number, acceptedAt: "2026-03-01T08:06:00+08:00" });

export function ticketCases(store: () => Store): void {
  const kinds = async () => (await drain(store())).map(({ work }) => work.kind);

  it("a request that nobody has accepted yet has no number", async () => {
    const one = request(zhang);
    await store().commitTurn(turn(zhang, 0, { effects: [file(one)] }));
    expect(await store().ticketsOf(zhang, 5)).toEqual([
      {
        requestId: one.id,
        filing: { kind: "saved" },
        title: "三单元楼道灯坏了一个星期，晚上老人下楼不安全",
        status: "saved",
        unit: undefined,
        dueAt: undefined,
        createdAt: one.createdAt,
        updates: [],
      },
    ]);
  });

  it("an accepted submission gives the ticket its number and tells the citizen, once", async () => {
    const one = request(zhang);
    await store().commitTurn(turn(zhang, 0, { effects: [file(one)] }));
    await drain(store());
    expect(await store().recordSubmission(one.id, accepted("GD-1"))).toBe("recorded");
    expect(await store().recordSubmission(one.id, accepted("GD-1"))).toBe("already");
    expect(await store().recordSubmission(one.id, { kind: "refused", reason: "too late" })).toBe("already");
    const [job, ...none] = await drain(store());
    expect(none).toEqual([]);
    expect(job).toMatchObject({ laneId: "conversation:web:c-zhang", work: { kind: "tell-filing", requestId: one.id } });
    expect(await store().findTicket("GD-1")).toMatchObject({
      filing: { kind: "filed", number: "GD-1", acceptedAt: "2026-03-01T08:06:00+08:00" },
      status: "accepted",
      owner: zhang,
    });
  });

  it("a refused submission is told and is final", async () => {
    const one = request(zhang);
    await store().commitTurn(turn(zhang, 0, { effects: [file(one)] }));
    await drain(store());
    await store().recordSubmission(one.id, { kind: "refused", reason: "不在受理范围" });
    expect(await store().recordSubmission(one.id, accepted("GD-1"))).toBe("already");
    expect(await kinds()).toEqual(["tell-filing"]);
    const [view] = await store().ticketsOf(zhang, 1);
    expect(view).toMatchObject({ status: "refused", filing: { kind: "refused", reason: "不在受理范围" } });
    expect(await store().findTicket("GD-1")).toBeUndefined();
  });

  it("a pending submission says nothing yet, takes a newer token, and may still be accepted", async () => {
    const one = request(zhang);
    await store().commitTurn(turn(zhang, 0, { effects: [file(one)] }));
    await drain(store());
    expect(await store().recordSubmission(one.id, { kind: "pending", token: "t-1" })).toBe("recorded");
    expect(await store().recordSubmission(one.id, { kind: "pending", token: "t-1" })).toBe("already");
    expect(await store().recordSubmission(one.id, { kind: "pending", token: "t-2" })).toBe("recorded");
    expect(await kinds()).toEqual([]);
    expect((await store().ticketsOf(zhang, 1))[0]).toMatchObject({ status: "saved", filing: { token: "t-2" } });
    expect(await store().recordSubmission(one.id, accepted("GD-1"))).toBe("recorded");
    expect(await kinds()).toEqual(["tell-filing"]);
  });

  it("a submission of a request nobody filed is an error, not a receipt", async () => {
    await expect(store().recordSubmission("r-none", accepted("GD-9"))).rejects.toMatchObject({ retryable: false });
    expect(await store().findTicket("GD-9")).toBeUndefined();
  });

  it("news is kept and told once, however often it comes", async () => {
    const one = await filed(store(), zhang, "GD-1");
    await drain(store());
    const news = update("GD-1", { unit: "某街道", text: "已派单", dueAt: "2026-03-08T08:00:00+08:00" });
    expect(await store().recordUpdate(news)).toBe("recorded");
    expect(await store().recordUpdate(news)).toBe("duplicate");
    const jobs = await drain(store());
    expect(jobs.map(({ laneId, work }) => [laneId, work])).toEqual([
      ["conversation:web:c-zhang", { kind: "notify", requestId: one.id, updateId: news.id }],
    ]);
    expect(await store().loadUpdate(one.id, news.id)).toEqual(news);
    expect(await store().loadUpdate("r-other", news.id)).toBeUndefined();
    expect(await store().findTicket("GD-1")).toMatchObject({ status: "dispatched", unit: "某街道", dueAt: news.dueAt });
  });

  it("older news that comes late is kept and told but does not turn the status back", async () => {
    await filed(store(), zhang, "GD-1");
    await drain(store());
    const closed = update("GD-1", { status: "closed", at: "2026-03-02T10:00:00+08:00", unit: "乙" });
    // The same morning, named in another zone: times are compared, not texts.
    const dispatched = update("GD-1", { status: "dispatched", at: "2026-03-02T01:00:00Z", unit: "甲" });
    await store().recordUpdate(closed);
    expect(await store().recordUpdate(dispatched)).toBe("recorded");
    expect(await kinds()).toEqual(["notify", "notify"]);
    expect(await store().findTicket("GD-1")).toMatchObject({
      status: "closed",
      unit: "乙",
      updates: [dispatched, closed],
    });
  });

  it("in whatever order news arrives the ticket looks the same", async () => {
    const statuses = ["dispatched", "in-progress", "replied", "closed"] as const;
    const history: TicketUpdate[] = statuses.map((status, index) =>
      update("?", {
        id: `n-${status}`,
        status,
        at: `2026-03-0${index + 2}T08:00:00+08:00`,
        unit: index < 2 ? `单位${index}` : undefined,
      }),
    );
    const order = fc.shuffledSubarray(history, { minLength: history.length });
    await fc.assert(
      fc.asyncProperty(order, fc.array(fc.nat(3), { maxLength: 4 }), async (arriving, again) => {
        const number = freshId("GD");
        await filed(store(), zhang, number);
        const repeated = again.map((index) => arriving[index] as TicketUpdate);
        for (const one of [...arriving, ...repeated]) await store().recordUpdate({ ...one, number });
        const ticket = await store().findTicket(number);
        expect(ticket).toMatchObject({ status: "closed", unit: "单位1" });
        expect(ticket?.updates.map(({ status }) => status)).toEqual(statuses);
      }),
      { numRuns: 30 },
    );
  });

  it("news of a number that is not ours is unknown and tells nobody", async () => {
    await filed(store(), zhang, "GD-1");
    await drain(store());
    expect(await store().recordUpdate(update("GD-2"))).toBe("unknown");
    expect(await kinds()).toEqual([]);
  });

  it("news that overtakes the answer to our submission is not lost: it is told after the number", async () => {
    const one = request(zhang);
    await store().commitTurn(turn(zhang, 0, { effects: [file(one)] }));
    await drain(store());
    const second = update("GD-1", { status: "in-progress", at: "2026-03-01T10:00:00+08:00" });
    const first = update("GD-1", { status: "dispatched", at: "2026-03-01T09:00:00+08:00" });
    expect(await store().recordUpdate(second)).toBe("unknown");
    expect(await store().recordUpdate(first)).toBe("unknown");
    await store().recordSubmission(one.id, accepted("GD-1"));
    expect((await drain(store())).map(({ work }) => ("updateId" in work ? work.updateId : work.kind))).toEqual([
      "tell-filing",
      first.id,
      second.id,
    ]);
    expect(await store().findTicket("GD-1")).toMatchObject({ status: "in-progress", updates: [first, second] });
    expect(await store().recordUpdate(first)).toBe("duplicate");
  });

  it("requests merged into one ticket are both kept informed", async () => {
    const one = await filed(store(), zhang, "GD-1");
    const other = await filed(store(), li, "GD-1");
    await drain(store());
    const news = update("GD-1");
    expect(await store().recordUpdate(news)).toBe("recorded");
    expect((await drain(store())).map(({ laneId }) => laneId).sort()).toEqual([
      "conversation:web:c-li",
      "conversation:web:c-zhang",
    ]);
    expect(await store().loadUpdate(one.id, news.id)).toEqual(await store().loadUpdate(other.id, news.id));
  });

  it("an update without a readable time is refused", async () => {
    await filed(store(), zhang, "GD-1");
    await expect(store().recordUpdate(update("GD-1", { at: "yesterday" }))).rejects.toMatchObject({
      name: "StoreError",
    });
  });

  it("two users with the same name see only their own tickets, newest first", async () => {
    const first = await filed(store(), zhang, "GD-1");
    await filed(store(), { ...li, userId: "u-zhang-2" }, "GD-2");
    await filed(store(), { ...zhang, channel: "terminal" }, "GD-3");
    const last = await filed(store(), { ...zhang, conversationId: "c-zhang-later" }, "GD-4");
    expect((await store().ticketsOf(zhang, 9)).map(({ requestId }) => requestId)).toEqual([last.id, first.id]);
    expect((await store().ticketsOf(zhang, 1)).map(({ requestId }) => requestId)).toEqual([last.id]);
    expect(await store().ticketsOf({ channel: "web", userId: "u-nobody" }, 9)).toEqual([]);
  });

  it("a long description is cut to a title between characters", async () => {
    const one = request(zhang, { description: `  路灯\n坏了${"🚧".repeat(40)}` });
    await store().commitTurn(turn(zhang, 0, { effects: [file(one)] }));
    const [view] = await store().ticketsOf(zhang, 1);
    expect(view?.title).toBe(`路灯 坏了${"🚧".repeat(18)}…`);
  });
}
