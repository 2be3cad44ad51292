import { expect, it } from "vitest";
import type { Job } from "../../bots/model/index.ts";
import type { Store } from "../../bots/ports.ts";
import { drain, file, filed, LEASE_MS, later, li, NOON, request, text, turn, words, zhang } from "./samples.ts";

export function queueCases(store: () => Store): void {
  const claim = (limit = 100, now = NOON) => store().claimJobs(limit, now, LEASE_MS);
  async function claimOne(now = NOON): Promise<Job> {
    const [job, ...more] = await claim(100, now);
    if (!job || more.length > 0) throw new Error(`expected one job, was handed ${more.length + (job ? 1 : 0)}`);
    return job;
  }

  it("nothing to do: no jobs and no time to wait for", async () => {
    expect(await claim()).toEqual([]);
    expect(await store().nextJobAt()).toBeUndefined();
  });

  it("a lane is handed out one job at a time, in the order it was filled", async () => {
    await store().commitTurn(turn(zhang, 0, { say: [text("一"), text("二")] }));
    await store().commitTurn(turn(zhang, 1, { say: [text("三")] }));
    const said: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      const job = await claimOne();
      expect(await claim()).toEqual([]);
      said.push(...words([job]));
      await store().settleJob(job.id, { kind: "done" });
    }
    expect(said).toEqual(["一", "二", "三"]);
    expect(await claim()).toEqual([]);
  });

  it("lanes go side by side, up to the limit", async () => {
    await store().commitTurn(turn(zhang, 0, { say: [text("张")] }));
    await store().commitTurn(turn(li, 0, { say: [text("李")], effects: [file(request(li))] }));
    const first = await claim(2);
    const second = await claim(2);
    expect([first.length, second.length]).toEqual([2, 1]);
    expect(new Set([...first, ...second].map(({ laneId }) => laneId)).size).toBe(3);
  });

  it("two claims at the same time never share a job", async () => {
    for (let index = 0; index < 20; index += 1) {
      const from = { ...zhang, conversationId: `c-${index}` };
      await store().commitTurn(turn(from, 0, { say: [text(String(index))] }));
    }
    const claimed = (await Promise.all([claim(7), claim(7), claim(7), claim(7)])).flat();
    expect(claimed).toHaveLength(20);
    expect(new Set(claimed.map(({ id }) => id)).size).toBe(20);
  });

  it("a job whose holder died comes back under the same id when its lease is over, and counts the attempt", async () => {
    await store().commitTurn(turn(zhang, 0, { say: [text("一")] }));
    const first = await claimOne();
    expect(first.attempts).toBe(1);
    expect(await claim(1, later(LEASE_MS - 1))).toEqual([]);
    expect(await store().nextJobAt()).toEqual(later(LEASE_MS));
    const again = await claimOne(later(LEASE_MS));
    expect(again).toEqual({ ...first, attempts: 2 });
  });

  it("a holder that comes late with its outcome changes nothing that is settled", async () => {
    await store().commitTurn(turn(zhang, 0, { say: [text("一"), text("二")] }));
    const job = await claimOne();
    await store().settleJob(job.id, { kind: "done" });
    const followUp = [
      { laneId: "conversation:web:c-zhang", work: { kind: "notify" as const, requestId: "r", updateId: "u" } },
    ];
    await store().settleJob(job.id, { kind: "done", followUp });
    await store().settleJob(job.id, { kind: "retry", at: NOON, reason: "late" });
    await store().settleJob("no such job", { kind: "done" });
    expect((await drain(store())).map(({ work }) => work.kind)).toEqual(["say"]);
  });

  it("a retry waits for its time, holds its lane back, and keeps its place in it", async () => {
    await store().commitTurn(turn(zhang, 0, { say: [text("一"), text("二")] }));
    const job = await claimOne();
    await store().settleJob(job.id, { kind: "retry", at: later(5_000), reason: "busy" });
    expect(await claim(9, later(4_999))).toEqual([]);
    expect(await store().nextJobAt()).toEqual(later(5_000));
    expect(words(await drain(store(), later(5_000)))).toEqual(["一", "二"]);
  });

  it("a lane that waits holds no other lane back", async () => {
    await store().commitTurn(turn(zhang, 0, { say: [text("收到")], effects: [file(request(zhang))] }));
    const jobs = await claim();
    const filing = jobs.find(({ work }) => work.kind === "file");
    await store().settleJob(filing?.id ?? "", { kind: "retry", at: later(900_000), reason: "dispatch system is down" });
    await store().commitTurn(turn(li, 0, { say: [text("您好")] }));
    expect(words(await drain(store(), later(1)))).toEqual(["您好"]);
  });

  it("a dead job frees its lane and never comes back", async () => {
    await store().commitTurn(turn(zhang, 0, { say: [text("一"), text("二")] }));
    const job = await claimOne();
    await store().settleJob(job.id, { kind: "dead", reason: "blocked by the citizen" });
    expect(words(await drain(store(), later(10 * LEASE_MS)))).toEqual(["二"]);
    expect(await store().nextJobAt()).toBeUndefined();
  });

  it("follow-ups are committed with the end of the job that brought them about, at the end of their lanes", async () => {
    await store().commitTurn(turn(zhang, 0, { say: [text("一"), text("二")] }));
    const job = await claimOne();
    const laneId = job.laneId;
    const say = (words: string) => ({ laneId, work: { kind: "say" as const, to: zhang, message: text(words) } });
    await store().settleJob(job.id, { kind: "done", followUp: [say("三"), say("四")] });
    expect(words(await drain(store()))).toEqual(["二", "三", "四"]);
  });

  it("work that is tried again and new work both get their share", async () => {
    for (let index = 0; index < 12; index += 1) {
      const from = { ...zhang, conversationId: `old-${index}` };
      await store().commitTurn(turn(from, 0, { say: [text("old")] }));
    }
    for (const job of await claim()) await store().settleJob(job.id, { kind: "retry", at: later(1), reason: "busy" });
    for (let index = 0; index < 12; index += 1) {
      const from = { ...zhang, conversationId: `new-${index}` };
      await store().commitTurn(turn(from, 0, { say: [text("new")] }));
    }
    const handed: string[] = [];
    for (let index = 0; index < 8; index += 1) handed.push(...words(await claim(1, later(1))));
    expect(new Set(handed)).toEqual(new Set(["old", "new"]));
    expect(await claim(100, later(1))).toHaveLength(16);
  });

  it("cursors are kept by name", async () => {
    expect(await store().loadCursor("desk")).toBeNull();
    await store().saveCursor("desk", "41");
    await store().saveCursor("desk", "42");
    await store().saveCursor("other", "1");
    expect(await store().loadCursor("desk")).toBe("42");
  });

  it("tells the words that wait behind a job, in order, up to other work", async () => {
    await store().commitTurn(turn(zhang, 0, { say: [text("一"), text("二")], effects: [] }));
    await store().commitTurn(turn(li, 0, { say: [text("别人的")] }));
    await store().commitTurn(turn(zhang, 1, { say: [text("三")] }));
    const first = (await claim()).find((job) => words([job])[0] === "一");
    if (!first) throw new Error("the first words were not handed out");
    const behind = await store().wordsBehind(first.id);
    expect(behind.map(({ work }) => work.kind === "say" && work.message)).toEqual([text("二"), text("三")]);
    await store().settleJob(first.id, { kind: "done" });
    const second = (await claim()).find((job) => words([job])[0] === "二");
    expect(second?.id).toBe(behind[0]?.key);
    expect(await store().wordsBehind("no such job")).toEqual([]);
  });

  it("number and news are words behind as well, in their place", async () => {
    await store().commitTurn(turn(zhang, 0, { say: [text("一")] }));
    await filed(store(), zhang, "20260301000001");
    const revision = (await store().loadConversation(zhang)).revision;
    await store().commitTurn(turn(zhang, revision, { say: [text("二")] }));
    const job = (await claim()).find((each) => words([each])[0] === "一");
    const behind = await store().wordsBehind(job?.id ?? "");
    expect(behind.map(({ work }) => work.kind)).toEqual(["tell-filing", "say"]);
  });

  it("a citizen who is there again hastens what was put off, of their conversation only, and nothing that is being done", async () => {
    await store().commitTurn(turn(zhang, 0, { say: [text("张")] }));
    await store().commitTurn(turn(li, 0, { say: [text("李")] }));
    for (const job of await claim())
      await store().settleJob(job.id, { kind: "retry", at: later(60_000), reason: "busy" });
    expect(await claim()).toEqual([]);
    await store().hasten(zhang);
    expect(words(await claim())).toEqual(["张"]);
    await store().hasten(zhang);
    expect(await claim()).toEqual([]);
  });

  const aside = (ms: number) => ({ kind: "aside" as const, until: later(ms), reason: "quiet hours" });
  const notify = (id: string) => ({
    laneId: "conversation:web:c-zhang",
    work: { kind: "notify" as const, requestId: "r", updateId: id },
  });
  const updatesOf = (jobs: Job[]) => jobs.flatMap(({ work }) => (work.kind === "notify" ? [work.updateId] : []));
  /** Leaves news in the lane, as the end of another job does. */
  async function newsInLane(...ids: string[]) {
    const { revision } = await store().loadConversation(li);
    await store().commitTurn(turn(li, revision, { say: [text("先前")] }));
    const job = await claimOne();
    await store().settleJob(job.id, { kind: "done", followUp: ids.map(notify) });
  }
  async function setAside(times: number) {
    for (let index = 0; index < times; index += 1) await store().settleJob((await claimOne()).id, aside(60_000));
  }

  it("words that step aside hold nothing back, and come in their order when their time is there", async () => {
    await newsInLane("n-1", "n-2");
    await setAside(2);
    expect(await claim()).toEqual([]);
    const next = await claim(9, later(59_999));
    expect(next).toEqual([]);
    expect(await store().nextJobAt()).toEqual(later(60_000));
    expect(updatesOf(await drain(store(), later(60_000)))).toEqual(["n-1", "n-2"]);
  });

  it("stepping aside is no try that failed", async () => {
    await newsInLane("n-1");
    await setAside(1);
    const [job] = await claim(9, later(60_000));
    expect(job?.attempts).toBe(1);
  });

  it("the citizen's next message brings them back before its answer", async () => {
    await newsInLane("n-1", "n-2");
    await setAside(2);
    const { revision } = await store().loadConversation(zhang);
    await store().commitTurn(turn(zhang, revision, { say: [text("答复")] }));
    const [first, ...none] = await claim();
    expect(none).toEqual([]);
    expect(updatesOf(first ? [first] : [])).toEqual(["n-1"]);
    expect((await store().wordsBehind(first?.id ?? "")).map(({ work }) => work.kind)).toEqual(["notify", "say"]);
    await store().settleJob(first?.id ?? "", { kind: "done" });
    expect((await drain(store())).map(({ work }) => work.kind)).toEqual(["notify", "say"]);
  });

  it("another citizen's message brings back nothing", async () => {
    await newsInLane("n-1");
    await setAside(1);
    await store().commitTurn(turn(li, 1, { say: [text("您好")] }));
    expect(words(await drain(store()))).toEqual(["您好"]);
  });

  it("news that come while others stand aside wait behind them when they step aside too", async () => {
    await newsInLane("n-1");
    await setAside(1);
    await newsInLane("n-2");
    await setAside(1);
    expect(updatesOf(await drain(store(), later(60_000)))).toEqual(["n-1", "n-2"]);
  });

  it("one that is just being said when the citizen writes is not handed out twice, and keeps its place", async () => {
    await newsInLane("n-1", "n-2");
    await setAside(2);
    const [held] = await claim(9, later(60_000));
    const { revision } = await store().loadConversation(zhang);
    await store().commitTurn(turn(zhang, revision, { say: [text("答复")] }));
    expect(await claim(9, later(60_001))).toEqual([]);
    await store().settleJob(held?.id ?? "", { kind: "done" });
    expect((await drain(store(), later(60_001))).map(({ work }) => work.kind)).toEqual(["notify", "say"]);
  });

  it("what was given up for the next visit comes back at it, once; what is dead for good does not", async () => {
    await newsInLane("n-1", "n-2");
    await store().settleJob((await claimOne()).id, { kind: "dead", reason: "down for a day", forVisit: true });
    await store().settleJob((await claimOne()).id, { kind: "dead", reason: "kept by the channel" });
    expect(await claim()).toEqual([]);
    const { revision } = await store().loadConversation(zhang);
    await store().commitTurn(turn(zhang, revision, { say: [text("答复")] }));
    const jobs = await drain(store());
    expect(updatesOf(jobs)).toEqual(["n-1"]);
    expect(jobs.map(({ work }) => work.kind)).toEqual(["notify", "say"]);
    await store().commitTurn(turn(zhang, revision + 1, { say: [text("又")] }));
    expect(words(await drain(store()))).toEqual(["又"]);
  });

  it("knows when an account was heard last, in any of its conversations, and counts what was pushed since", async () => {
    expect(await store().lastHeard(zhang)).toBeUndefined();
    const before = new Date();
    await store().commitTurn(turn(zhang, 0));
    await store().commitTurn(turn({ ...zhang, conversationId: "c-other" }, 0));
    const heard = await store().lastHeard(zhang);
    expect(heard?.getTime()).toBeGreaterThanOrEqual(before.getTime());
    expect(await store().lastHeard(li)).toBeUndefined();
    await store().notePush(zhang);
    await store().notePush(zhang);
    await store().notePush(li);
    expect(await store().pushesSince(zhang, before)).toBe(2);
    expect(await store().pushesSince(zhang, new Date(Date.now() + 60_000))).toBe(0);
  });
}
