import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { amr, mp4, png } from "../media/samples.ts";
import { freshMsgId, openWechatTown, type WechatTown } from "./wechat-town.ts";

type Fields = Record<string, string | number>;
const message = (MsgType: string, fields: Fields): Fields => ({ MsgType, MsgId: freshMsgId(), ...fields });
const event = (Event: string, EventKey = ""): Fields => ({ MsgType: "event", Event, EventKey });

/** One of every kind; each from a citizen of its own. */
const kinds: [string, Fields, { turns: number }][] = [
  ["文字", message("text", { Content: "你好" }), { turns: 1 }],
  ["菜单消息的点击", message("text", { Content: "查进度", bizmsgmenuid: "progress/mine" }), { turns: 1 }],
  ["图片", message("image", { MediaId: "picture", PicUrl: "http://mmbiz.qpic.cn/x/0" }), { turns: 1 }],
  ["语音", message("voice", { MediaId: "voice", Format: "amr" }), { turns: 1 }],
  ["语音识别", message("voice", { MediaId: "voice", Format: "amr", Recognition: "你好。" }), { turns: 1 }],
  ["视频", message("video", { MediaId: "film", ThumbMediaId: "t" }), { turns: 1 }],
  ["小视频", message("shortvideo", { MediaId: "film", ThumbMediaId: "t" }), { turns: 1 }],
  ["位置", message("location", { Location_X: "39.99", Location_Y: "116.48", Scale: 15, Label: "望京" }), { turns: 1 }],
  ["链接", message("link", { Title: "公示", Description: "改造", Url: "https://example.gov.cn" }), { turns: 1 }],
  ["没见过的", message("hologram", {}), { turns: 1 }],
  ["关注", event("subscribe"), { turns: 1 }],
  ["扫码", event("SCAN", "1"), { turns: 1 }],
  ["菜单点击", event("CLICK", "progress/mine"), { turns: 1 }],
  ["菜单跳转", event("VIEW", "https://example.gov.cn"), { turns: 0 }],
  ["取消关注", event("unsubscribe"), { turns: 0 }],
];

let town: WechatTown;
beforeAll(async () => {
  town = await openWechatTown();
  town.host.media.set("picture", { type: "image/png", bytes: png });
  town.host.media.set("voice", { type: "audio/amr", bytes: amr });
  town.host.media.set("film", { type: "video/mp4", bytes: mp4 });
});
afterAll(() => town.close());

const openIdOf = (index: number) => `oReplay${index}`;
async function deliver(index: number): Promise<void> {
  const fields = kinds[index]?.[1] ?? {};
  expect(await town.platform.post({ FromUserName: openIdOf(index), ...fields }).then(({ status }) => status)).toBe(200);
}
const wordsOf = (openId: string) =>
  town.count("SELECT count(*) FROM jobs WHERE lane = 'conversation:wechat:' || ?", openId);

describe("每一种消息送达三次，次序打乱，中间重启", () => {
  it("一个回合，一次回答", async () => {
    const order = kinds.map((_, index) => index);
    for (const index of order) await deliver(index);
    await town.server().house.idle();
    const before = order.map((index) => wordsOf(openIdOf(index)));
    for (const index of order.toReversed()) await deliver(index);
    await town.restart();
    await Promise.all(order.toSorted((one, other) => ((one * 7) % 15) - ((other * 7) % 15)).map(deliver));
    await town.server().house.idle();
    for (const [index, [name, , { turns }]] of kinds.entries()) {
      expect(town.turnsOf(openIdOf(index)), name).toBe(turns);
      expect(wordsOf(openIdOf(index)), name).toBe(before[index]);
    }
    expect(town.host.seen).toEqual([]);
  });

  it("收下了、还没答就停了：重启以后答，答一次", async () => {
    const openId = "oInBetween";
    town.host.heard(openId);
    const from = { channel: "wechat", conversationId: openId, userId: openId } as const;
    const id = freshMsgId();
    await town.server().house.store.commitTurn({
      message: { id, from, sentAt: new Date(), content: { kind: "text", text: "你好" }, replyHandle: id },
      baseRevision: 0,
      state: { active: null, suspended: [], offered: [], citizen: {} },
      say: [
        { kind: "text", text: "一" },
        { kind: "text", text: "二" },
      ],
      effects: [],
    });
    await town.restart();
    const again = await town.platform.post({ FromUserName: openId, MsgType: "text", Content: "你好", MsgId: id });
    expect(await town.platform.words(again)).toBeUndefined();
    expect(await town.hears(openId, /二/)).toBe("一\n\n二");
    await town.server().house.idle();
    expect(town.heard(openId)).toEqual(["一\n\n二"]);
  });
});
