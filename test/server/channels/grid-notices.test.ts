import { beforeEach, describe, expect, it } from "vitest";
import { DeliveryError } from "../../../bots/errors.ts";
import type { CommunityGroup, SmallMatter } from "../../../bots/model/index.ts";
import { createGridTeller } from "../../../server/channels/grid-notices.ts";

const group: CommunityGroup = {
  channel: "wechaty",
  room: "四区居民群",
  roomId: "room-1",
  community: "朝阳区望京街道望京西园四区",
  gridWorkers: [{ name: "王芳", userId: "fang" }],
  minutes: 60,
  robotKey: "robot-key-of-the-grid",
};
const matter: SmallMatter = {
  ...{ id: "m-1", number: 3, channel: "wechaty", conversationId: "room-1", author: "zhao", state: "open" },
  ...{ community: group.community, gridWorker: "王芳", saidAt: "2026-03-02T10:00:00+08:00" },
  ...{ openedAt: "2026-03-02T10:00:00+08:00", deadline: "2026-03-02T11:00:00+08:00", evidence: [], revision: 1 },
  lines: [{ by: "author", at: "2026-03-02T10:00:00+08:00", text: "赵大爷家门口路灯坏了，电话13912345678" }],
};

let told: { key: string; text: string }[];
let noted: Set<string>;
let matters: SmallMatter[];
let groups: CommunityGroup[];
let now: Date;
let answer: () => { kind: "sent" } | { kind: "refused"; code: number; why: string };
const logged: string[] = [];

/** A new one each time, as after a restart. */
const teller = () =>
  createGridTeller({
    robot: {
      async sendNotice(notice) {
        const result = answer();
        if (result.kind === "sent" && "text" in notice) told.push({ key: notice.key, text: notice.text });
        return result;
      },
    },
    book: { wasSent: (key) => noted.has(key), recordSent: async (keys) => keys.forEach((key) => void noted.add(key)) },
    store: { communityGroups: async () => groups, currentSmallMatters: async () => matters },
    clock: { now: () => now },
    log: {
      debug() {},
      info() {},
      error() {},
      warn: (event, fields) => logged.push(`${event} ${JSON.stringify(fields)}`),
    },
  });

beforeEach(() => {
  told = [];
  noted = new Set();
  matters = [matter];
  groups = [group];
  now = new Date("2026-03-02T10:05:00+08:00");
  answer = () => ({ kind: "sent" });
});

describe("网格员自己的群，由群机器人告诉", () => {
  it("开了一件，说社区、编号、谁、几点前，不说是谁、说了什么；重启也只说一次", async () => {
    expect(await teller()()).toBe(0);
    await teller()();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ key: "robot-key-of-the-grid" });
    expect(told[0]?.text).toMatch(/望京西园四区.*3 号小事.*王芳.*11:00/);
    expect(told[0]?.text).not.toMatch(/赵|路灯|139/);
  });

  it("只剩四分之一时间，再说一次，也只一次", async () => {
    await teller()();
    now = new Date("2026-03-02T10:44:00+08:00");
    await teller()();
    expect(told).toHaveLength(1);
    now = new Date("2026-03-02T10:46:00+08:00");
    await teller()();
    await teller()();
    expect(told.map(({ text }) => text.includes("快到时间了"))).toEqual([false, true]);
  });

  it("没解决、重新开的，时间变了，再说", async () => {
    await teller()();
    matters = [{ ...matter, deadline: "2026-03-02T15:00:00+08:00" }];
    await teller()();
    expect(told[1]?.text).toContain("15:00");
  });

  it("没有机器人的群、还没见过的群、已经了结的事，不说", async () => {
    const { robotKey: _, ...without } = group;
    const { roomId: __, ...unseen } = group;
    groups = [without, unseen];
    await teller()();
    groups = [group];
    matters = [{ ...matter, state: "solved" }];
    await teller()();
    expect(told).toEqual([]);
  });

  it("被拒绝的、断了的，记下来，歇一会儿再说，一件不少", async () => {
    answer = () => ({ kind: "refused", code: 93_000, why: "the robot was removed" });
    expect(await teller()()).toBeGreaterThan(0);
    answer = () => {
      throw new DeliveryError("wecom: unreachable", { retryable: true });
    };
    expect(await teller()()).toBeGreaterThan(0);
    expect(logged.join()).toMatch(/worker-not-told.*93000/);
    expect(logged.join()).not.toContain("robot-key");
    answer = () => ({ kind: "sent" });
    await teller()();
    expect(told).toHaveLength(1);
  });
});
