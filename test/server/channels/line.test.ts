import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { redelivered } from "../../fakes/line-platform.ts";
import { mp4, png } from "../media/samples.ts";
import { type LineTown, openLineTown } from "./line-town.ts";

const COMPLAINT = "朝阳区望京西园四区楼下餐馆油烟很大，每天晚上都呛人，希望尽快处理";

let town: LineTown;
beforeAll(async () => {
  town = await openLineTown();
});
afterAll(() => town.close());

let people = 0;
const someone = () => `U${String(++people).padStart(32, "c")}`;
const postback = (citizen: string, data: string) =>
  town.platform.event(citizen, { type: "postback", postback: { data } });
const message = (citizen: string, fields: object) => town.platform.event(citizen, { type: "message", message: fields });
const pressable = (citizen: string) => town.host.seen.flatMap((each) => (each.to === citizen ? each.buttons : []));

describe("LINE：从一句话到受理编号", () => {
  it("用回复和推送，走完一件诉求", async () => {
    const citizen = someone();
    await town.deliver(town.platform.event(citizen, { type: "follow", follow: { isUnblocked: false } }));
    await town.hears(citizen, /您好/);
    await town.say(citizen, COMPLAINT);
    await town.hears(citizen, /称呼和电话/);
    await town.say(citizen, "王女士 13912345678");
    await town.hears(citizen, /请核对您的诉求/);
    expect(town.host.seen.find(({ to, text }) => to === citizen && /请核对您的诉求/.test(text))?.type).toBe("flex");
    const confirm = pressable(citizen).find(({ label }) => label === "确认提交");
    await town.deliver(postback(citizen, confirm?.data ?? ""));
    const receipt = await town.hears(citizen, /受理编号 \d{14}/);
    const number = /受理编号 (\d{14})/.exec(receipt)?.[1] ?? "";
    expect(JSON.stringify(town.server().house.desk?.ticket(number)?.ticket)).toContain(COMPLAINT);
    await expect.poll(() => pressable(citizen).map(({ data }) => data)).toContain(`progress/show/${number}`);
    await town.deliver(postback(citizen, `progress/show/${number}`));
    await town.hears(citizen, new RegExp(`${number}.*油烟`, "s"));
    const ways = town.host.seen.filter(({ to }) => to === citizen).map(({ way, text }) => [way, text] as const);
    const ofReceipt = ways.find(([, text]) => text.includes(`受理编号 ${number}`));
    expect([ways[0]?.[0], ofReceipt?.[0]]).toEqual(["reply", "push"]);
  });

  it("没有私聊的话的事件，谁也不打扰；撤回在日志里有编号", async () => {
    const citizen = someone();
    const group = { type: "group", groupId: "Cgroup1", userId: citizen };
    const events = [
      { type: "unfollow" },
      { type: "unsend", unsend: { messageId: "325708" } },
      { type: "beacon" },
      { type: "never_heard_of" },
      { type: "join", source: group },
      { type: "leave", source: group },
      { type: "message", source: group, message: { id: "1", type: "text", text: COMPLAINT } },
    ];
    for (const fields of events) await town.deliver(town.platform.event(citizen, fields));
    await town.deliver();
    expect([town.turnsOf(citizen), town.heard(citizen), town.heard("Cgroup1")]).toEqual([0, [], []]);
    expect(town.logged()).toMatch(/line.event messageId=01EVENT\d+ event=unsend about=325708/);
  });

  it("贴图也有回话", async () => {
    const citizen = someone();
    await town.deliver(message(citizen, { id: "2", type: "sticker", packageId: "1", stickerId: "1" }));
    await town.hears(citizen, /看不懂这类消息/);
  });

  it("位置听得懂", async () => {
    const citizen = someone();
    await town.say(citizen, "路灯坏了，晚上很黑，请修一修");
    await town.hears(citizen, /发生在哪里/);
    expect(pressable(citizen)).toContainEqual(expect.objectContaining({ type: "location", label: "发送位置" }));
    const location = { id: "3", type: "location", title: "望京SOHO", latitude: 39.9965, longitude: 116.4805 };
    await town.deliver(message(citizen, location));
    await town.hears(citizen, /称呼和电话/);
  });
});

describe("群和多人聊天", () => {
  const mention = { mentionees: [{ index: 0, length: 3, type: "user", isSelf: true }] };
  it.each(["group", "room"])("%s：被提到时只说一句，请到私聊；再送来也不再说", async (type) => {
    const citizen = someone();
    const place = `C${type}${people}`;
    const event = {
      ...town.platform.event(citizen, {
        type: "message",
        source: { type, [`${type}Id`]: place, userId: citizen },
        message: { id: "5", type: "text", text: "@接诉 你好", mention },
      }),
      replyToken: town.host.replyToken(place),
    };
    await town.deliver(event);
    await town.deliver(redelivered({ ...event, replyToken: town.host.replyToken(place) }));
    expect(town.heard(place)).toEqual([expect.stringMatching(/私聊/)]);
    expect([town.turnsOf(citizen), town.heard(citizen)]).toEqual([0, []]);
  });

  it("平台不让回时照样收下，日志里有原因", async () => {
    const source = { type: "group", groupId: "Cgroup9" };
    town.host.fail("reply", 500);
    await town.deliver(
      town.platform.event("Cgroup9", {
        type: "message",
        source,
        message: { id: "6", type: "text", text: "@", mention },
      }),
    );
    expect(town.heard("Cgroup9")).toEqual([]);
    expect(town.logged()).toMatch(/line.group-not-answered .*500/);
  });
});

describe("市民发来的文件", () => {
  const PDF = Buffer.from("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n");
  const M4A = Buffer.concat([Buffer.from("00000018667479704d344120000000004d34412069736f6d", "hex"), Buffer.alloc(64)]);
  const file = (citizen: string, type: string, id: string) =>
    message(citizen, {
      id,
      type,
      fileName: type === "file" ? "合同.pdf" : undefined,
      contentProvider: { type: "line" },
    });

  it("图片、视频、语音、文件都存成附件，三次送达存一份", async () => {
    const citizen = someone();
    town.host.media.set("image1", { type: "image/png", bytes: png });
    town.host.media.set("video1", { type: "video/mp4", bytes: mp4 });
    town.host.media.set("audio1", { type: "audio/x-m4a", bytes: M4A });
    town.host.media.set("file1", { type: "application/pdf", bytes: PDF });
    for (const type of ["image", "video", "audio", "file"]) {
      const event = file(citizen, type, `${type}1`);
      await Promise.all([event, redelivered(event), redelivered(event)].map((each) => town.deliver(each)));
    }
    expect(town.filesOf(citizen)).toEqual(["file", "image", "video", "voice"]);
    expect(town.turnsOf(citizen)).toBe(4);
    await town.hears(citizen, /照片|图片|附件/);
  });

  it("还没准备好的、一时取不到的，再取", async () => {
    const citizen = someone();
    town.host.media.set("image2", { type: "image/png", bytes: png, notReady: 1 });
    town.host.fail("content", 500);
    await town.deliver(file(citizen, "image", "image2"));
    expect(town.filesOf(citizen)).toEqual(["image"]);
  });

  it("取不到的、太大的、不收的，告诉市民，话不断", async () => {
    const citizens = [someone(), someone(), someone()];
    town.host.media.set("big", { type: "image/png", bytes: Buffer.concat([png, Buffer.alloc(11 * 1024 * 1024)]) });
    town.host.media.set("script", { type: "image/png", bytes: Buffer.from("<svg onload=alert(1)>") });
    for (const [index, id] of ["gone", "big", "script"].entries()) {
      await town.deliver(file(citizens[index] ?? "", "image", id));
      await town.hears(citizens[index] ?? "", /没有收到/);
    }
    expect(citizens.flatMap(town.filesOf)).toEqual([]);
  });
});

describe("推不出去的话", () => {
  it("这个月的条数用完：任务带着原因结束，下次来时随回复先说", async () => {
    const citizen = someone();
    await town.say(citizen, COMPLAINT);
    await town.hears(citizen, /称呼和电话/);
    await town.say(citizen, "王女士 13912345678");
    await town.hears(citizen, /请核对您的诉求/);
    const limit = { status: 429, message: "You have reached your monthly limit." };
    town.host.fail("push", ...Array.from({ length: 4 }, () => limit));
    await town.say(citizen, "1");
    await expect.poll(() => town.logged(), { timeout: 10_000 }).toMatch(/job-dead .*this month.*next visit/);
    await town.server().house.idle();
    await town.say(citizen, "你好");
    await town.hears(citizen, /您不在的时候.*受理编号 \d{14}/s);
  });
});
