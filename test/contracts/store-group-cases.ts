import { expect, it } from "vitest";
import type { CommunityGroup, ConversationRef, SmallMatter } from "../../bots/model/index.ts";
import type { Store } from "../../bots/ports.ts";
import { file, freshId, request, turn, update } from "./samples.ts";

const AT = "2026-03-01T10:00:00.000Z";
const at = (minutes: number): string => new Date(Date.parse(AT) + minutes * 60_000).toISOString();

const room: ConversationRef = { channel: "wechaty", conversationId: "r1@chatroom", userId: "wang", group: true };
const alone: ConversationRef = { channel: "wechaty", conversationId: "wang", userId: "wang" };

const group = (parts: Partial<CommunityGroup> = {}): CommunityGroup => ({
  channel: "wechaty",
  room: "四区居民群",
  community: "望京西园四区",
  gridWorkers: [{ name: "王芳", wechatName: "网格员王芳" }],
  minutes: 60,
  ...parts,
});

const matter = (parts: Partial<SmallMatter> = {}): SmallMatter => ({
  id: freshId("sm"),
  number: 1,
  channel: "wechaty",
  conversationId: room.conversationId,
  author: "wang",
  state: "open",
  community: "望京西园四区",
  gridWorker: "王芳",
  saidAt: AT,
  openedAt: AT,
  deadline: at(60),
  dueAt: at(60),
  lines: [{ by: "author", at: AT, text: "楼道灯坏了" }],
  evidence: [],
  revision: 1,
  ...parts,
});

export function groupCases(store: () => Store): void {
  const seen = (topic: string, roomId = "r1@chatroom") => store().groupOf({ channel: "wechaty", roomId, topic });
  const keep = async (...matters: SmallMatter[]) => {
    const { revision } = await store().loadConversation(room);
    const effects = matters.map((one) => ({ kind: "small-matter" as const, matter: one }));
    return store().commitTurn(turn(room, revision, { effects }));
  };

  it("a group known by its name belongs to the room that is seen first, whatever either is called later", async () => {
    await store().configureGroup(group());
    expect(await seen("别的群")).toBeUndefined();
    expect(await seen("四区居民群")).toMatchObject({ roomId: "r1@chatroom" });
    expect(await seen("改了名的群")).toMatchObject({ room: "四区居民群" });
    expect(await seen("四区居民群", "r2@chatroom")).toBeUndefined();
  });

  it("a group known by its id needs no name", async () => {
    await store().configureGroup(group({ room: "r1@chatroom" }));
    expect(await seen("")).toMatchObject({ room: "r1@chatroom", roomId: "r1@chatroom" });
  });

  it("configuring again keeps the room, who is bound and what was agreed to", async () => {
    await store().configureGroup(group());
    const bound = await seen("四区居民群");
    const agreed = { by: "王芳", at: AT };
    const [worker] = group().gridWorkers;
    await store().saveGroup({
      ...group(),
      ...bound,
      agreed,
      gridWorkers: [{ ...worker, name: "王芳", userId: "fang" }],
    });
    await store().configureGroup(
      group({ minutes: 30, gridWorkers: [...group().gridWorkers, { name: "李", userId: "li" }] }),
    );
    expect(await store().communityGroups()).toEqual([
      {
        ...group({ minutes: 30, roomId: "r1@chatroom", agreed }),
        gridWorkers: [
          { name: "王芳", wechatName: "网格员王芳", userId: "fang" },
          { name: "李", userId: "li" },
        ],
      },
    ]);
  });

  it("an agreement is kept with the turn that brings it, or not at all", async () => {
    await store().configureGroup(group());
    const effects = [{ kind: "community-group" as const, group: group({ agreed: { by: "王芳", at: AT } }) }];
    const first = turn(room, 0, { effects });
    expect(await store().commitTurn(first)).toBe("committed");
    expect(await store().commitTurn({ ...first, effects: [{ kind: "community-group", group: group() }] })).toBe(
      "duplicate",
    );
    expect(await store().communityGroups()).toMatchObject([{ agreed: { by: "王芳" } }]);
  });

  it("a matter is there with its turn, counts on, and is due when its time has come", async () => {
    const one = matter();
    const two = matter({ number: 2, dueAt: at(30) });
    expect(await store().lastSmallMatter(room)).toBe(0);
    expect(await keep(one, two)).toBe("committed");
    expect(await store().loadSmallMatter(one.id)).toEqual(one);
    expect(await store().lastSmallMatter(room)).toBe(2);
    expect(await store().dueSmallMatters(new Date(at(29)), 10)).toEqual([]);
    expect(await store().dueSmallMatters(new Date(at(60)), 10)).toEqual([two, one]);
    expect(await store().dueSmallMatters(new Date(at(60)), 1)).toEqual([two]);
  });

  it("of two changes computed from the same state the second is stale", async () => {
    const one = matter();
    await keep(one);
    expect(await keep({ ...one, revision: 2, state: "solved", endedAt: at(5), dueAt: undefined })).toBe("committed");
    expect(await keep({ ...one, revision: 2, state: "withdrawn", endedAt: at(5) })).toBe("stale");
    expect(await keep(one)).toBe("stale");
    expect(await store().loadSmallMatter(one.id)).toMatchObject({ state: "solved", revision: 2 });
  });

  it("current are those not ended, and those solved a short while ago", async () => {
    const open = matter();
    const fresh = matter({ number: 2, state: "solved", endedAt: at(50), dueAt: undefined });
    const old = matter({ number: 3, state: "solved", endedAt: at(1), dueAt: undefined });
    const gone = matter({ number: 4, state: "withdrawn", endedAt: at(50), dueAt: undefined });
    await keep(open, fresh, old, gone);
    const current = await store().currentSmallMatters(room, new Date(at(40)));
    expect(current.map(({ number }) => number)).toEqual([1, 2]);
    expect(await store().currentSmallMatters({ ...room, conversationId: "other" }, new Date(at(0)))).toEqual([]);
  });

  it("a matter becomes one request only, and is due again when there is news of it", async () => {
    const one = matter({ state: "asking" });
    await keep(one);
    const first = request(alone, { smallMatter: one.id });
    expect(await store().commitTurn(turn(alone, 0, { effects: [file(first)] }))).toBe("committed");
    expect(await store().loadSmallMatter(one.id)).toMatchObject({ state: "escalated", requestId: first.id });
    const again = request(alone, { smallMatter: one.id });
    expect(await store().commitTurn(turn(alone, 1, { effects: [file(again)] }))).toBe("stale");
    expect(await store().dueSmallMatters(new Date(at(9_999)), 10)).toEqual([]);
    await store().recordSubmission(first.id, { kind: "accepted", number: "N1", acceptedAt: AT });
    const [due] = await store().dueSmallMatters(new Date(at(0)), 10);
    expect(due?.id).toBe(one.id);
    const told = { ...(due ?? one), told: "filed" as const, dueAt: undefined, revision: (due?.revision ?? 0) + 1 };
    expect(await keep(told)).toBe("committed");
    await store().recordUpdate(update("N1", { status: "closed" }));
    expect(await store().dueSmallMatters(new Date(at(0)), 10)).toMatchObject([{ id: one.id, told: "filed" }]);
    expect(await keep({ ...told, revision: told.revision + 1 })).toBe("stale");
  });
}
