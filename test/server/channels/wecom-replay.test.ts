import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { amr, mp4, png } from "../media/samples.ts";
import { ACCOUNT, atKf, freshMsgId, kfItem, openWecomTown, type WecomTown } from "./wecom-town.ts";

type Fields = Record<string, string | number>;
const message = (MsgType: string, fields: Fields): Fields => ({ MsgType, MsgId: freshMsgId(), ...fields });
const event = (Event: string, EventKey = ""): Fields => ({ MsgType: "event", Event, EventKey });

/** One of every kind; each from a member of their own. */
const appKinds: [string, Fields, number][] = [
  ["文字", message("text", { Content: "你好" }), 1],
  ["图片", message("image", { MediaId: "picture", PicUrl: "http://x.qpic.cn/0" }), 1],
  ["语音", message("voice", { MediaId: "voice", Format: "amr" }), 1],
  ["视频", message("video", { MediaId: "film", ThumbMediaId: "t" }), 1],
  ["位置", message("location", { Location_X: "39.99", Location_Y: "116.48", Scale: 15, Label: "望京" }), 1],
  ["链接", message("link", { Title: "公示", Description: "改造", Url: "https://example.gov.cn" }), 1],
  ["没见过的", message("hologram", {}), 1],
  ["关注", event("subscribe"), 1],
  ["打开应用", event("enter_agent"), 1],
  ["菜单点击", event("click", "progress/mine"), 1],
  ["菜单跳转", event("view", "https://example.gov.cn"), 0],
  ["取消关注", event("unsubscribe"), 0],
];

/** Likewise in 微信客服; the items come again as they are. */
const kfKinds: [string, (who: string) => Record<string, unknown>, number][] = [
  ["文字", (who) => kfItem(who, "text", { content: "你好" }), 1],
  ["菜单点击", (who) => kfItem(who, "text", { content: "查进度", menu_id: "progress/mine" }), 1],
  ["图片", (who) => kfItem(who, "image", { media_id: "picture" }), 1],
  ["语音", (who) => kfItem(who, "voice", { media_id: "voice" }), 1],
  ["视频", (who) => kfItem(who, "video", { media_id: "film" }), 1],
  ["文件", (who) => kfItem(who, "file", { media_id: "picture" }), 1],
  ["位置", (who) => kfItem(who, "location", { latitude: 39.99, longitude: 116.48, name: "望京", address: "朝阳" }), 1],
  ["链接", (who) => kfItem(who, "link", { title: "公示", desc: "改造", url: "https://example.gov.cn" }), 1],
  ["名片", (who) => kfItem(who, "business_card", { userid: "lisi" }), 1],
  ["小程序", (who) => kfItem(who, "miniprogram", { title: "标题" }), 1],
  ["没见过的", (who) => kfItem(who, "hologram", {}), 1],
  ["接待人员的话", (who) => ({ ...kfItem(who, "text", { content: "您好" }), origin: 5 }), 0],
  ["撤回", (who) => ({ ...kfItem(who, "event", kfEvent(who, "user_recall_msg")), origin: 4 }), 0],
];
const kfEvent = (external_userid: string, event_type: string) => ({ event_type, open_kfid: ACCOUNT, external_userid });

let town: WecomTown;
beforeAll(async () => {
  town = await openWecomTown();
  town.host.media.set("picture", { type: "image/png", bytes: png });
  town.host.media.set("voice", { type: "audio/amr", bytes: amr });
  town.host.media.set("film", { type: "video/mp4", bytes: mp4 });
});
afterAll(() => town.close());
afterEach(() => {
  town.host.kf.pageSize = 1_000;
});

const DOWNLOAD = "/cgi-bin/media/get";
const shuffled = <T>(list: T[]): T[] => list.map((_, index) => list[(index * 7 + 3) % list.length] as T);

describe("每一种消息送达三次，次序打乱，中间重启", () => {
  it("自建应用：一个回合，一次回答", async () => {
    const members = appKinds.map((_, index) => `replay.${index}`);
    const deliver = async (index: number) => {
      const answer = await town.platform.post({ FromUserName: members[index] ?? "", ...appKinds[index]?.[1] });
      expect(answer.status).toBe(200);
    };
    const order = appKinds.map((_, index) => index);
    for (const index of order) await deliver(index);
    await town.idle();
    const before = members.map((member) => town.heard(member));
    for (const index of order.toReversed()) await deliver(index);
    await town.restart();
    await Promise.all(shuffled(order.concat(order)).map(deliver));
    await town.idle();
    for (const [index, [name, , turns]] of appKinds.entries()) {
      const member = members[index] ?? "";
      expect(town.turnsOf(`app:${member}`), name).toBe(turns);
      expect(town.heard(member), name).toEqual(before[index]);
      expect(town.heard(member).length > 0, name).toBe(turns > 0);
    }
  });

  it("微信客服：一个回合，一次回答，文件取一次", async () => {
    const citizens = kfKinds.map((_, index) => `wmReplay${index}`);
    const items = kfKinds.map(([, make], index) => make(citizens[index] ?? ""));
    const downloads = () => town.host.calls.get(DOWNLOAD) ?? 0;
    const already = downloads();
    for (const item of items) await town.tell("", item);
    await town.idle();
    const before = citizens.map((citizen) => town.heard(atKf(citizen)));
    expect(downloads() - already).toBe(4);
    for (const item of items.toReversed()) await town.tell("", item);
    await town.restart();
    for (const item of shuffled(items.concat(items))) await town.tell("", item);
    await town.idle();
    for (const [index, [name, , turns]] of kfKinds.entries()) {
      const citizen = citizens[index] ?? "";
      expect(town.turnsOf(`kf:${citizen}`), name).toBe(turns);
      expect(town.heard(atKf(citizen)), name).toEqual(before[index]);
      expect(town.heard(atKf(citizen)).length > 0, name).toBe(turns > 0);
    }
    expect(downloads() - already).toBe(4);
  });
});

describe("微信客服：读到哪里", () => {
  const crowd = (name: string) => Array.from({ length: 12 }, (_, index) => `wm${name}${index}`);
  const saying = (citizens: string[]) =>
    Promise.all(
      citizens.flatMap((citizen) => ["你好", "帮助"].map((words) => town.tell(citizen, words, { silently: true }))),
    );
  const turns = (citizens: string[]) => citizens.map((citizen) => town.turnsOf(`kf:${citizen}`));
  const repliesTwice = (citizens: string[]) =>
    citizens.filter((citizen) => {
      const shown = town.seenBy(atKf(citizen)).map(({ msgid }) => msgid);
      return new Set(shown).size !== shown.length;
    });

  it("一页一页读完；平台只叫了一次", async () => {
    town.host.kf.pageSize = 5;
    const citizens = crowd("Pages");
    await saying(citizens);
    await town.call();
    await town.idle();
    expect(turns(citizens)).toEqual(citizens.map(() => 2));
  });

  it("读到一半停了：再开张自己接着读，不用平台再叫，不丢不重", async () => {
    town.host.kf.pageSize = 3;
    town.host.delay("/cgi-bin/kf/sync_msg", 40);
    const citizens = crowd("Restart");
    await saying(citizens);
    await town.call();
    await expect.poll(() => turns(citizens).reduce((sum, each) => sum + each, 0)).toBeGreaterThan(2);
    await town.restart();
    expect(turns(citizens)).not.toEqual(citizens.map(() => 2));
    await town.idle();
    town.host.delay("/cgi-bin/kf/sync_msg", 0);
    expect([turns(citizens), repliesTwice(citizens)]).toEqual([citizens.map(() => 2), []]);
  });

  it("两个进程同时被叫：每句话一个回合，每个文件取一次", async () => {
    const other = await town.another();
    const theirs = town.platformOf(other);
    try {
      town.host.kf.pageSize = 4;
      const citizens = crowd("Twins");
      const already = town.host.calls.get(DOWNLOAD) ?? 0;
      await saying(citizens);
      for (const citizen of citizens) {
        await town.tell(citizen, kfItem(citizen, "image", { media_id: "picture" }), { silently: true });
      }
      await Promise.all([town.call(), theirs.call(ACCOUNT), town.call(), theirs.call(ACCOUNT)]);
      await town.idle();
      await other.house.idle();
      expect([turns(citizens), repliesTwice(citizens)]).toEqual([citizens.map(() => 3), []]);
      expect((town.host.calls.get(DOWNLOAD) ?? 0) - already).toBe(citizens.length);
    } finally {
      await other.close();
    }
  });

  it("平台一时不理（忙、断线、令牌旧了）：过一会儿接着读", async () => {
    town.host.fail("/cgi-bin/kf/sync_msg", -1, "hang-up", 95_007);
    await town.tell("wmBusy", "你好");
    await town.hears(atKf("wmBusy"), /您好/);
    await town.idle();
    expect(town.turnsOf("kf:wmBusy")).toBe(1);
  });
});

describe("微信客服：48 小时以外", () => {
  const COMPLAINT = "朝阳区望京西园四区楼下餐馆油烟很大，每天晚上都呛人，希望尽快处理";

  it("受理编号发不出：留着，带着原因；下次来时先说，只说一次", async () => {
    const citizen = "wmWindow";
    await town.tell(citizen, COMPLAINT);
    await town.hears(atKf(citizen), /称呼和电话/);
    await town.tell(citizen, "王女士 13912345678");
    await town.hears(atKf(citizen), /请核对您的诉求/);
    town.host.fail("/cgi-bin/kf/send_msg", 95_002, 95_002, 95_002);
    await town.tell(citizen, "1");
    await expect.poll(() => town.logged(), { timeout: 10_000 }).toMatch(/job-dead .*48 hours.*next visit/);
    await town.idle();
    town.host.recover("/cgi-bin/kf/send_msg");
    await town.tell(citizen, "帮助");
    expect(await town.hears(atKf(citizen), /您不在的时候/)).toMatch(/受理编号 \d{14}[\s\S]*\/t\/\d{14}/);
    await town.tell(citizen, "帮助");
    await town.idle();
    expect(town.heard(atKf(citizen)).filter((words) => /您不在的时候/.test(words))).toHaveLength(1);
  });
});
