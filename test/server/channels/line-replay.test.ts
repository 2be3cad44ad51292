import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LineEvent, redelivered } from "../../fakes/line-platform.ts";
import { png } from "../media/samples.ts";
import { type LineTown, openLineTown } from "./line-town.ts";

const message = (fields: object) => ({ type: "message", message: { id: "picture", ...fields } });

/** One of every kind; each from a citizen of its own. */
const kinds: [string, object, { turns: number }][] = [
  ["文字", message({ type: "text", text: "你好" }), { turns: 1 }],
  ["图片", message({ type: "image", contentProvider: { type: "line" } }), { turns: 1 }],
  ["视频", message({ type: "video", contentProvider: { type: "line" } }), { turns: 1 }],
  ["语音", message({ type: "audio", contentProvider: { type: "line" } }), { turns: 1 }],
  ["文件", message({ type: "file", fileName: "a.png" }), { turns: 1 }],
  ["位置", message({ type: "location", title: "望京", latitude: 39.99, longitude: 116.48 }), { turns: 1 }],
  ["贴图", message({ type: "sticker", packageId: "1", stickerId: "2" }), { turns: 1 }],
  ["没见过的消息", message({ type: "hologram" }), { turns: 1 }],
  ["按钮", { type: "postback", postback: { data: "progress/mine" } }, { turns: 1 }],
  ["加好友", { type: "follow" }, { turns: 1 }],
  ["拉黑", { type: "unfollow" }, { turns: 0 }],
  ["撤回", { type: "unsend", unsend: { messageId: "1" } }, { turns: 0 }],
  ["没见过的事件", { type: "never_heard_of" }, { turns: 0 }],
];

let town: LineTown;
beforeAll(async () => {
  town = await openLineTown();
  town.host.media.set("picture", { type: "image/png", bytes: png });
});
afterAll(() => town.close());

const citizen = (index: number) => `Ureplay${index}`;

describe("每一种事件送达三次，次序打乱，中间重启", () => {
  it("一个回合，一次回答", async () => {
    const events: LineEvent[] = kinds.map(([, fields], index) => town.platform.event(citizen(index), fields));
    await town.deliver(...events);
    await town.server().house.idle();
    const before = structuredClone(town.host.seen);
    expect(before.length).toBeGreaterThanOrEqual(10);
    for (const event of events.toReversed()) await town.deliver(redelivered(event));
    await town.restart();
    const shuffled = events.toSorted((one, other) => one.webhookEventId.localeCompare(other.webhookEventId) * -1);
    // The platform may give a new reply token with it.
    await Promise.all(
      shuffled.map((event) => town.deliver({ ...redelivered(event), replyToken: town.host.replyToken("later") })),
    );
    await town.server().house.idle();
    for (const [index, [name, , { turns }]] of kinds.entries()) expect(town.turnsOf(citizen(index)), name).toBe(turns);
    expect(town.host.seen).toEqual(before);
  });

  it("收下了、还没答就停了：重启以后答，答一次", async () => {
    const from = { channel: "line", conversationId: "Ubetween", userId: "Ubetween" } as const;
    const event = town.platform.say("Ubetween", "你好");
    await town.server().house.store.commitTurn({
      message: {
        id: event.webhookEventId,
        from,
        sentAt: new Date(),
        content: { kind: "text", text: "你好" },
        replyHandle: event.replyToken,
      },
      baseRevision: 0,
      state: { active: null, suspended: [], offered: [], citizen: {} },
      say: [
        { kind: "text", text: "一" },
        { kind: "text", text: "二" },
      ],
      effects: [],
    });
    await town.restart();
    await town.deliver(redelivered(event));
    await town.hears("Ubetween", /二/);
    await town.server().house.idle();
    expect(town.heard("Ubetween")).toEqual(["一", "二"]);
  });
});
