import { expect, it } from "vitest";
import type { ConversationRef, Request, TicketUpdate } from "../../bots/model/index.ts";
import type { Store, Submission } from "../../bots/ports.ts";
import { drain, file, li, request, turn, update, zhang } from "./samples.ts";

const wang: ConversationRef = { channel: "web", conversationId: "c-wang", userId: "u-wang" };
const district = { code: "110105", name: "朝阳区" };
const subdistrict = { code: "110105026", name: "望京街道" };
const place = { text: "望京西园四区北门", district, subdistrict, confidence: 0.9 };
const category = { code: "060401", path: ["市政设施", "排水防汛", "路面积水"] as [string, string, string] };
const SINCE = new Date("2026-02-20T00:00:00Z");
const HERE = { categories: ["060401"], areas: ["110105026", "110105"] };
const ACCEPTED_AT = "2026-03-01T08:06:00+08:00";

/** What stores promise about requests of the same matter, and about several requests behind one ticket. */
export function matterCases(store: () => Store): void {
  async function filed(from: ConversationRef, submission: Partial<Submission> & { number: string }, parts = {}) {
    const one = request(from, { place, category, ...parts });
    const { revision } = await store().loadConversation(from);
    await store().commitTurn(turn(from, revision, { effects: [file(one)] }));
    const accepted = { kind: "accepted" as const, acceptedAt: ACCEPTED_AT, ...submission } as Submission;
    await store().recordSubmission(one.id, accepted);
    return one;
  }
  const joined = (from: ConversationRef, number: string, voices = 2) =>
    filed(from, { number, joining: { kind: "joined", voices } } as never);
  const near = async (where = HERE, since = SINCE) =>
    (await store().mattersNear(where, since, 50)).map(({ number }) => number);
  const told = async () =>
    (await drain(store())).flatMap(({ laneId, work }) => (work.kind === "notify" ? [laneId] : []));

  it("open tickets nearby are found by their 项 and area, newest first", async () => {
    await filed(zhang, { number: "GD-1" });
    await filed(li, { number: "GD-2" }, { category: { ...category, code: "060403" } });
    await filed(wang, { number: "GD-3" }, { place: { text: "朝阳区某处", district, confidence: 0.5 } });
    expect(await near()).toEqual(["GD-3", "GD-2", "GD-1"]);
    expect(await near({ ...HERE, categories: ["060101"] })).toEqual([]);
    expect(await near({ ...HERE, areas: ["110105030"] })).toEqual([]);
    expect((await store().mattersNear(HERE, SINCE, 1)).map(({ number }) => number)).toEqual(["GD-3"]);
    const [found] = await store().mattersNear({ ...HERE, areas: ["110105026"] }, SINCE, 50);
    expect(found).toMatchObject({ owner: li, number: "GD-2", kind: "complaint" });
    expect(found?.matter).toMatchObject({ category: "060403", place, at: "2026-03-01T08:05:00+08:00" });
  });

  it("reports, and whatever asks for secrecy, are never among them", async () => {
    await filed(zhang, { number: "GD-1" }, { kind: "report" } satisfies Partial<Request>);
    await filed(li, { number: "GD-2" }, { confidential: true } satisfies Partial<Request>);
    expect(await near()).toEqual([]);
    expect((await store().mattersOf(zhang, SINCE, 9)).map(({ number }) => number)).toEqual(["GD-1"]);
  });

  it("neither what is not accepted yet, nor what is over, nor what is long ago", async () => {
    const waiting = request(wang, { place, category });
    await store().commitTurn(turn(wang, 0, { effects: [file(waiting)] }));
    await filed(zhang, { number: "GD-1" });
    await store().recordUpdate(update("GD-1", { status: "closed" }));
    await filed(li, { number: "GD-2" });
    expect(await near()).toEqual(["GD-2"]);
    expect(await near(HERE, new Date("2026-03-05T00:00:00Z"))).toEqual([]);
  });

  it("a citizen's own are found whatever their state, and nobody else's", async () => {
    await filed(zhang, { number: "GD-1" });
    await store().recordUpdate(update("GD-1", { status: "closed", unit: "某街道" }));
    await filed(li, { number: "GD-2" });
    expect(await store().mattersOf(zhang, SINCE, 9)).toMatchObject([{ number: "GD-1", owner: zhang }]);
    expect(await store().mattersOf(zhang, new Date("2026-03-02T00:00:00Z"), 9)).toEqual([]);
  });

  it("who joins a ticket adds a voice, is told the number, and is not a second ticket nearby", async () => {
    await filed(zhang, { number: "GD-1" });
    const one = await joined(li, "GD-1");
    expect(await store().mattersNear(HERE, SINCE, 50)).toMatchObject([{ number: "GD-1", owner: zhang }]);
    expect(await store().loadTicket(one.id)).toMatchObject({
      voices: 2,
      filing: { kind: "filed", number: "GD-1", joining: { kind: "joined", voices: 2 } },
    });
    expect(await store().recordSubmission(one.id, { kind: "accepted", number: "GD-1", acceptedAt: ACCEPTED_AT })).toBe(
      "already",
    );
  });

  it("each finds their own request under the shared number", async () => {
    await filed(zhang, { number: "GD-1" });
    const one = await joined(li, "GD-1");
    expect((await store().findTicket("GD-1", li))?.requestId).toBe(one.id);
    expect((await store().findTicket("GD-1"))?.owner).toEqual(zhang);
    expect(await store().findTicket("GD-1", wang)).toBeUndefined();
  });

  it("who joins knows how far the ticket is, without words that were meant for others", async () => {
    await filed(zhang, { number: "GD-1" });
    await store().recordUpdate(
      update("GD-1", { id: "n-early", text: "已联系张先生", unit: "某街道", at: "2026-03-01T07:00:00+08:00" }),
    );
    await drain(store());
    const one = await joined(li, "GD-1");
    const ticket = await store().loadTicket(one.id);
    expect(ticket).toMatchObject({ status: "dispatched", unit: "某街道" });
    expect(ticket?.updates[0]?.text).toBeUndefined();
    expect(await told()).toEqual([]);
    expect(await store().recordUpdate(update("GD-1", { id: "n-early" }))).toBe("duplicate");
  });

  it("news between joining and the note of it is told all the same", async () => {
    await filed(zhang, { number: "GD-1" });
    const news = update("GD-1", { status: "replied", text: "明天修", at: "2026-03-01T09:00:00+08:00" });
    await store().recordUpdate(news);
    await drain(store());
    const one = await joined(li, "GD-1");
    expect(await told()).toEqual(["conversation:web:c-li"]);
    expect(await store().loadUpdate(one.id, news.id)).toEqual(news);
  });

  it("news reaches every voice once", async () => {
    await filed(zhang, { number: "GD-1" });
    await joined(li, "GD-1");
    await drain(store());
    const news = update("GD-1", { status: "in-progress" });
    expect(await store().recordUpdate(news)).toBe("recorded");
    expect(await store().recordUpdate(news)).toBe("duplicate");
    expect((await told()).toSorted()).toEqual(["conversation:web:c-li", "conversation:web:c-zhang"]);
  });

  it("who leaves hears that and no more; the next stands for the ticket", async () => {
    const first = await filed(zhang, { number: "GD-1" });
    const second = await joined(li, "GD-1");
    await drain(store());
    const voice = (one: Request, now: "left" | "first", status: TicketUpdate["status"]) =>
      update("GD-1", { status, voice: { requestId: one.id, now } });
    expect(await store().recordUpdate(voice(first, "left", "withdrawn"))).toBe("recorded");
    expect(await store().recordUpdate(voice(second, "first", "dispatched"))).toBe("recorded");
    expect((await told()).toSorted()).toEqual(["conversation:web:c-li", "conversation:web:c-zhang"]);
    await store().recordUpdate(update("GD-1", { status: "in-progress", at: "2026-03-01T10:00:00+08:00" }));
    expect(await told()).toEqual(["conversation:web:c-li"]);
    expect(await store().loadTicket(first.id)).toMatchObject({ status: "withdrawn" });
    expect(await store().mattersNear(HERE, SINCE, 50)).toMatchObject([{ owner: li }]);
    expect((await store().findTicket("GD-1"))?.owner).toEqual(li);
  });

  it("news of one voice that overtakes its submission waits for it, and for nobody else", async () => {
    const first = request(zhang, { place, category });
    await store().commitTurn(turn(zhang, 0, { effects: [file(first)] }));
    const news = update("GD-1", { voice: { requestId: first.id, now: "first" } });
    expect(await store().recordUpdate(news)).toBe("unknown");
    await joined(li, "GD-1");
    await drain(store());
    await store().recordSubmission(first.id, { kind: "accepted", number: "GD-1", acceptedAt: ACCEPTED_AT });
    expect(await told()).toEqual(["conversation:web:c-zhang"]);
  });
}
