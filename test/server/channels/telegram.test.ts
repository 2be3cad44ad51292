import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { png } from "../media/samples.ts";
import { messageOf, openTelegramTown, pressOf, type TelegramTown } from "./telegram-town.ts";

const COMPLAINT = "朝阳区望京西园四区楼下餐馆油烟很大，每天晚上都呛人，希望尽快处理";

let people = 1_000;
const someone = () => ++people;

async function fileComplaint(town: TelegramTown, citizen: number): Promise<string> {
  await town.say(citizen, "/start");
  await town.hears(citizen, /您好/);
  await town.say(citizen, COMPLAINT);
  await town.hears(citizen, /称呼和电话/);
  const contact = { phone_number: "+8613912345678", first_name: "女士", last_name: "王", user_id: citizen };
  await town.say(citizen, { contact });
  await town.hears(citizen, /请核对您的诉求.*王女士/s);
  await town.press(citizen, /确认提交/);
  return /受理编号 (\d{14})/.exec(await town.hears(citizen, /受理编号 \d{14}/))?.[1] ?? "";
}

describe.each([
  ["webhook", false],
  ["长轮询", true],
])("Telegram（%s）", (_name, polling) => {
  let town: TelegramTown;
  beforeAll(async () => {
    town = await openTelegramTown({ polling });
  });
  afterAll(() => town.close());

  it("从一句话到受理编号：按钮交出电话，按钮确认，按钮看进度", async () => {
    const citizen = someone();
    const number = await fileComplaint(town, citizen);
    expect(JSON.stringify(town.server().house.desk?.ticket(number)?.ticket)).toContain(COMPLAINT);
    const asked = town.host.seen.find(({ text }) => /称呼和电话/.test(text));
    expect(asked?.keyboard).toContainEqual({ text: "发送我的电话号码", request_contact: true });
    await town.press(citizen, /查看进度/);
    await town.hears(citizen, new RegExp(`${number}.*油烟`, "s"));
    await expect.poll(() => town.host.pressesAnswered.length).toBe(2);
  });

  it("每个更新送达三次，次序打乱，中间重启：一个回合，一次回答", async () => {
    const updates = [
      messageOf(someone(), { text: "/start" }),
      messageOf(someone(), { text: "你好" }),
      messageOf(someone(), { location: { latitude: 39.99, longitude: 116.48 } }),
      messageOf(someone(), { sticker: { file_id: "s", file_unique_id: "s" } }),
      pressOf(someone(), { text: "查进度", callback_data: "progress/mine" }),
      { update_id: 799_000_001, edited_message: { ...(messageOf(someone(), { text: "在三单元" }).message as object) } },
    ];
    const citizens = updates.map((update) => JSON.stringify(update).match(/"chat":\{"id":(\d+)/)?.[1]).map(Number);
    for (const update of updates) await town.deliver(update);
    for (const citizen of citizens)
      await expect.poll(() => town.heard(citizen).length, { timeout: 10_000 }).toBeGreaterThan(0);
    await town.server().house.idle();
    const before = citizens.map((citizen) => town.heard(citizen));
    for (const update of updates.toReversed()) await town.deliver(update);
    // As after a crash between taking updates and keeping the offset.
    if (polling) await town.server().house.store.saveCursor("telegram 424242", `1 ${Date.now()}`);
    await town.restart();
    for (const update of [3, 0, 5, 1, 4, 2].flatMap((index) => updates[index] ?? [])) await town.deliver(update);
    await expect.poll(() => town.host.waiting).toEqual([]);
    await town.server().house.idle();
    expect(citizens.map((citizen) => town.turnsOf(citizen))).toEqual(citizens.map(() => 1));
    expect(citizens.map((citizen) => town.heard(citizen))).toEqual(before);
  });

  it("登记以后改了原来那句话：当作更正，写进工单", async () => {
    const citizen = someone();
    const original = messageOf(citizen, { text: COMPLAINT });
    await town.deliver(original);
    await town.hears(citizen, /称呼和电话/);
    await town.say(citizen, "王女士 13912345678");
    await town.hears(citizen, /请核对您的诉求/);
    const { update_id } = messageOf(citizen, {});
    const edited = { ...(original.message as object), text: "是三单元楼下的餐馆", edit_date: 1_800_000_000 };
    await town.deliver({ update_id, edited_message: edited });
    await town.hears(citizen, /三单元/);
    await town.press(citizen, /确认提交/);
    const number = /受理编号 (\d{14})/.exec(await town.hears(citizen, /受理编号 \d{14}/))?.[1] ?? "";
    expect(JSON.stringify(town.server().house.desk?.ticket(number)?.ticket)).toContain("三单元");
  });

  it("群里不说事：被点名、被回复时指路到私聊，一分钟一次；没叫它就不作声", async () => {
    const [group, chatty] = [-100_200_300 - someone(), someone()];
    const inGroup = (fields: object) =>
      messageOf(chatty, { chat: { id: group, type: "supergroup", title: "望京邻里" }, date: 1_800_000_000, ...fields });
    await town.deliver(inGroup({ text: "楼道灯坏了" }));
    const entities = [{ type: "mention", offset: 0, length: 14 }];
    await town.deliver(inGroup({ text: "@jiesu12345bot 我叫张小明，电话13912345678", entities, message_id: 77 }));
    await town.hears(group, /单独说.*https:\/\/t\.me\/Jiesu12345Bot/);
    await town.deliver(
      inGroup({ text: "嗯", reply_to_message: { message_id: 1, from: { id: 424_242, is_bot: true } } }),
    );
    await expect.poll(() => town.host.waiting.length).toBe(0);
    await town.server().house.idle();
    expect([town.heard(group).length, town.turnsOf(chatty)]).toEqual([1, 0]);
    expect(town.host.seen.find(({ chatId }) => chatId === String(group))?.replyTo).toBe(77);
  });

  it("图片存成附件，说明文字不丢；太大的、取不到的告诉市民", async () => {
    const citizen = someone();
    town.host.files.set("files/large", png);
    const photo = [
      { file_id: "small", file_unique_id: "a", width: 1, height: 1 },
      { file_id: "large", file_unique_id: "b", width: 2, height: 2, file_size: png.length },
    ];
    await town.say(citizen, { photo, caption: COMPLAINT });
    await town.hears(citizen, /称呼和电话/);
    expect(town.filesOf(String(citizen))).toEqual(["image"]);
    const other = someone();
    await town.say(other, {
      document: { file_id: "big", file_unique_id: "c", file_size: 11 * 1024 * 1024, file_name: "a.pdf" },
    });
    await town.hears(other, /没有收到/);
    const third = someone();
    await town.say(third, { voice: { file_id: "gone", file_unique_id: "d", duration: 1 } });
    await town.hears(third, /没有收到/);
    const fourth = someone();
    await town.say(fourth, { video: { file_id: "gone", file_unique_id: "d", duration: 1 }, caption: COMPLAINT });
    await town.hears(fourth, /称呼和电话/);
    await town.say(fourth, "王女士 13912345678");
    await town.hears(fourth, /请核对您的诉求.*餐馆.*另附的文件没有收到/s);
  });

  it("取文件一时断线就再取", async () => {
    const citizen = someone();
    town.host.files.set("files/again", png);
    town.host.fail("getFile", "hang-up", { code: 500, description: "Internal Server Error" });
    await town.say(citizen, { photo: [{ file_id: "again", file_unique_id: "b", width: 2, height: 2 }] });
    await town.hears(citizen, /照片|图片|附件/);
  });

  it("市民停用了机器人：话留着，回来时先说，只说一次", async () => {
    const citizen = someone();
    await town.say(citizen, "你好");
    await town.hears(citizen, /您好/);
    town.host.blockedBy.add(String(citizen));
    await town.say(citizen, "我的工单");
    await expect.poll(() => town.logged(), { timeout: 10_000 }).toMatch(/job-dead .*blocked the bot.*next visit/);
    town.host.blockedBy.delete(String(citizen));
    await town.say(citizen, "/start");
    await town.hears(citizen, /您不在的时候.*工单|您不在的时候.*诉求/s);
    await town.server().house.idle();
    expect(town.heard(citizen).filter((words) => /您不在的时候/.test(words))).toHaveLength(1);
  });

  it("日志里没有市民的话、电话、名字、编号和令牌", () => {
    for (const secret of ["望京", "13912345678", "张", "王女士", town.host.token, "AAEstandIn", "secret-of-the"]) {
      expect(town.logged()).not.toContain(secret);
    }
  });
});
