import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Fields } from "../../fakes/weixin-callback.ts";
import { png } from "../media/samples.ts";
import { freshMsgId, type MiniProgramTown, openMiniProgramTown } from "./mini-program-town.ts";

const message = (MsgType: string, fields: Fields): Fields => ({ MsgType, MsgId: freshMsgId(), ...fields });

/** One of every kind; each from a citizen of its own. */
const kinds: [string, Fields, { turns: number }][] = [
  ["文字", message("text", { Content: "你好" }), { turns: 1 }],
  ["图片", message("image", { MediaId: "picture", PicUrl: "http://mmbiz.qpic.cn/x/0" }), { turns: 1 }],
  ["小程序卡片", message("miniprogrampage", { Title: "你好", AppId: "wx1", PagePath: "pages/a" }), { turns: 1 }],
  ["没见过的", message("hologram", {}), { turns: 1 }],
  ["进入会话", { MsgType: "event", Event: "user_enter_tempsession", SessionFrom: "chat" }, { turns: 1 }],
  ["别的事件", { MsgType: "event", Event: "subscribe_msg_sent_event" }, { turns: 0 }],
];

describe.each(["json", "xml"] as const)("每一种消息（%s）送达三次，次序打乱，中间重启", (format) => {
  let town: MiniProgramTown;
  beforeAll(async () => {
    town = await openMiniProgramTown({ format });
    town.host.media.set("picture", { type: "image/png", bytes: png });
  });
  afterAll(() => town.close());

  const openIdOf = (index: number) => `oReplay${index}`;
  async function deliver(index: number): Promise<void> {
    town.host.wrote(openIdOf(index));
    const sent = await town.platform.post({ FromUserName: openIdOf(index), ...kinds[index]?.[1] });
    expect(sent.status).toBe(200);
  }

  it("一个回合，一次回答；编号相邻的两条是两条", async () => {
    const order = kinds.map((_, index) => index);
    for (const index of order) await deliver(index);
    await town.server().house.idle();
    const before = order.map((index) => town.heard(openIdOf(index)).length);
    for (const index of order.toReversed()) await deliver(index);
    await town.restart();
    await Promise.all(order.toSorted((one, other) => ((one * 5) % 6) - ((other * 5) % 6)).map(deliver));
    await town.server().house.idle();
    for (const [index, [name, , { turns }]] of kinds.entries()) {
      expect(before[index], name).toBe(turns);
      expect(town.heard(openIdOf(index)), name).toHaveLength(turns);
    }
    const turns = kinds.filter(([, , each]) => each.turns > 0).length;
    expect(town.count("SELECT count(*) FROM inbound WHERE channel = 'mini-program'")).toBe(turns);
    const [one, two] = [freshMsgId(), freshMsgId()];
    for (const MsgId of [one, two]) {
      await town.say("oNeighbours", { MsgType: "text", Content: "你好", MsgId });
    }
    expect(town.count("SELECT count(*) FROM inbound WHERE channel = 'mini-program'")).toBe(turns + 2);
  });

  it("收下了、还没答就停了：重启以后答，答一次", async () => {
    const openId = "oInBetween";
    await town.say(openId, "你好");
    await town.hears(openId, /您好/);
    const userId = `mp-${town.server().house.seal.digest(`mini-program\n${town.host.appId}\n${openId}`)}`;
    const from = { channel: "mini-program", conversationId: userId, userId } as const;
    const { store } = town.server().house;
    const { revision, state } = await store.loadConversation(from);
    await store.commitTurn({
      message: { id: String(freshMsgId()), from, sentAt: new Date(), content: { kind: "text", text: "在吗" } },
      baseRevision: revision,
      state,
      say: [
        { kind: "text", text: "一" },
        { kind: "text", text: "二" },
      ],
      effects: [],
    });
    await town.restart();
    expect(await town.hears(openId, /二/)).toBe("一\n\n二");
    await town.server().house.idle();
    expect(town.heard(openId)).toHaveLength(2);
  });
});
