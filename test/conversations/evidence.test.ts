import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import type { GeoPoint, InboundContent, Media, MediaType } from "../../bots/model/index.ts";
import {
  bot,
  check,
  citizen,
  location,
  never,
  pickClassIfAsked,
  press,
  type Talk,
  transcript,
  withHouse,
} from "./transcript.ts";

withHouse();

const MIME: Record<MediaType, string> = {
  image: "image/jpeg",
  voice: "audio/amr",
  video: "video/mp4",
  file: "application/pdf",
};
const upload = (mediaType: MediaType, position?: GeoPoint): Media => ({
  id: randomUUID(),
  mediaType,
  mimeType: MIME[mediaType],
  sizeBytes: 1234,
  ...(position ? { position } : {}),
});
const sends = (media: Media | Media[], text?: string) =>
  citizen({ kind: "media", media: [media].flat(), ...(text ? { text } : {}) } satisfies InboundContent);

const WANGJING = { latitude: 39.9962, longitude: 116.4803 };
const taken = () => upload("image", WANGJING);
const GARBAGE = "楼下垃圾堆了三天没人清运，味道很大，希望尽快清运";
const WITH_PLACE = "朝阳区望京街道花家地北里小区的垃圾三天没人清了，希望尽快清运";

/** What the case worker gets of the citizen's only ticket. */
const ticket = (look: (body: NonNullable<ReturnType<NonNullable<Talk["house"]["desk"]>["ticket"]>>) => void) =>
  check(({ house, numbers }) => {
    const found = house.desk?.ticket(numbers.at(-1) ?? "");
    if (!found) expect.fail("there is no ticket");
    look(found);
  });

const anonymously = [press("匿名提交"), bot(/请核对您的诉求/), press("确认提交"), bot(/受理编号 \d{14}/)];

describe("照片里的拍摄位置", () => {
  const asked = [sends(taken()), bot(/请再用一句话说说/), citizen(GARBAGE), pickClassIfAsked];

  transcript("不知道地点时问一次，答“是”就记下", [
    ...asked,
    bot(/照片里带着拍摄位置（朝阳区望京街道附近）。这件事就发生在那里吗？[\s\S]*\[1\. 是\] \[2\. 不是，我来写\]/),
    citizen("是的"),
    bot(/称呼和电话/),
    ...anonymously,
    ticket(({ ticket: { body } }) => {
      expect(body.place?.point).toEqual(WANGJING);
      expect(body.place?.text).toMatch(/照片的拍摄位置/);
      expect(body.evidence).toHaveLength(1);
      expect(JSON.stringify(body.evidence)).not.toContain("39.99");
    }),
  ]);

  transcript("说不是，就问地点，再发照片也不再提", [
    ...asked,
    bot(/拍摄位置/),
    press("不是，我来写"),
    bot(/这件事发生在哪里/),
    sends(taken()),
    bot(/已附上（共 2 个）[\s\S]*这件事发生在哪里/),
    never(/拍摄位置/),
    citizen("望京西园四区"),
    bot(/称呼和电话/),
    ...anonymously,
    ticket(({ ticket: { body } }) => expect(body.place?.point).toBeUndefined()),
  ]);

  transcript("一句话里否认并写出地点，只记地点", [
    ...asked,
    bot(/拍摄位置/),
    citizen("不是，在朝阳区望京街道花家地北里"),
    bot(/称呼和电话/),
    ...anonymously,
    ticket(({ ticket: { body } }) => expect(body.place?.text).toBe("朝阳区望京街道花家地北里")),
  ]);

  transcript("只打“不是”，也就问地点", [
    ...asked,
    bot(/拍摄位置/),
    citizen("不是"),
    bot(/这件事发生在哪里/),
    never(/拍摄位置/),
  ]);

  transcript("直接发位置也是回答", [
    ...asked,
    bot(/拍摄位置/),
    citizen(location(39.9, 116.4, "朝阳区望京街道花家地北里")),
    bot(/称呼和电话/),
  ]);

  transcript("已经知道地点的，不问", [
    citizen(WITH_PLACE),
    pickClassIfAsked,
    bot(/称呼和电话/),
    sends(taken()),
    bot(/已附上（共 1 个）/),
    never(/拍摄位置/),
    ...anonymously,
    ticket(({ ticket: { body } }) => expect(JSON.stringify(body)).not.toContain("39.99")),
  ]);

  transcript("照片和写了地点的话一起到，也不问", [
    sends(taken(), WITH_PLACE),
    bot(/已附上（共 1 个）/),
    never(/拍摄位置/),
  ]);

  transcript("说不清地点的，发来带位置的照片再问", [
    citizen(GARBAGE),
    pickClassIfAsked,
    bot(/这件事发生在哪里/),
    press("说不清地点"),
    bot(/称呼和电话/),
    sends(taken()),
    bot(/已附上（共 1 个）[\s\S]*拍摄位置/),
    press("是"),
    bot(/称呼和电话/),
    ...anonymously,
    ticket(({ ticket: { body } }) => expect(body.place?.point).toEqual(WANGJING)),
  ]);

  transcript("视频里的也一样", [
    sends(upload("video", WANGJING), GARBAGE),
    pickClassIfAsked,
    bot(/视频里带着拍摄位置/),
  ]);

  transcript("表扬不需要地点，不问", [sends(taken(), "表扬望京医院的护士，特别耐心"), never(/拍摄位置/)]);
});

describe("听不懂的语音", () => {
  transcript("开头就是语音：留作附件，请写一句；接着的几条不再重复", [
    sends(upload("voice")),
    bot(/^语音收到了，已作为附件保存。我还听不懂语音，请用一句话写一下是什么事。$/),
    sends(upload("voice")),
    bot(/^收到，已附上（共 2 个）。$/),
    sends([upload("voice"), upload("voice")]),
    bot(/^收到，已附上（共 4 个）。$/),
    citizen(WITH_PLACE),
    pickClassIfAsked,
    bot(/称呼和电话/),
    ...anonymously,
    ticket(({ ticket: { body } }) => expect(body.evidence).toHaveLength(4)),
  ]);

  transcript("填到一半：请用文字回答，再问一遍；核对时请写要补充的", [
    citizen(WITH_PLACE),
    pickClassIfAsked,
    bot(/称呼和电话/),
    sends(upload("voice")),
    bot(/已作为附件保存。我还听不懂语音，请用文字回答。[\s\S]*称呼和电话/),
    sends(upload("voice")),
    bot(/^收到，已附上（共 2 个）。$/),
    press("匿名提交"),
    bot(/请核对您的诉求[\s\S]*附件：2 个/),
    sends(upload("voice")),
    bot(/里面如果有要补充的，请用文字写一句/),
    bot(/附件：3 个/),
    sends(upload("voice")),
    bot(/^收到，已附上（共 4 个）。$/),
  ]);

  transcript("旁边写了字，就用这些字", [
    sends(upload("voice"), WITH_PLACE),
    never(/听不懂/),
    pickClassIfAsked,
    bot(/称呼和电话/),
  ]);
});

describe("附件的份数", () => {
  const twice = upload("image");

  transcript("同一个文件只附一次", [
    sends(twice),
    bot(/请再用一句话/),
    sends([twice, twice]),
    bot(/这些文件已经附过了[\s\S]*请再用一句话/),
    citizen(WITH_PLACE),
    pickClassIfAsked,
    ...anonymously,
    ticket(({ ticket: { body } }) => expect(body.evidence).toHaveLength(1)),
  ]);

  transcript("最多二十个，多出来的说明白，前面的都在", [
    sends(
      Array.from({ length: 18 }, () => upload("image")),
      WITH_PLACE,
    ),
    bot(/共 18 个/),
    pickClassIfAsked,
    sends(Array.from({ length: 5 }, () => upload("image"))),
    bot(/已附上（共 20 个）。一次最多附 20 个，还有 3 个没有附上，前面的都在/),
    sends(upload("voice")),
    bot(/还有 1 个没有附上/),
    never(/已作为附件保存/),
    ...anonymously,
    ticket(({ ticket: { body } }) => expect(body.evidence).toHaveLength(20)),
  ]);

  transcript("文档按原样保存，说在前头", [sends(upload("file"), WITH_PLACE), bot(/文档按原样保存/)]);
});

describe("给已有的工单补充附件", () => {
  const filed = [
    citizen(WITH_PLACE),
    pickClassIfAsked,
    ...anonymously,
    press("查看进度"),
    press("补充内容"),
    bot(/也可以发照片/),
  ];

  transcript("照片和一句话一起送到承办单位", [
    ...filed,
    sends([upload("image"), upload("video")]),
    bot(/已附上（共 2 个）[\s\S]*\[1\. 提交补充\]/),
    citizen("今天早上又堆高了"),
    bot(/补充已经保存/),
    bot(/补充已经送到承办单位/),
    ticket(({ ticket: { body }, events }) => {
      expect(body.evidence.map(({ mediaType }) => mediaType)).toEqual(["image", "video"]);
      expect(events.at(-1)?.text).toBe("今天早上又堆高了\n（附件 2 个）");
    }),
  ]);

  transcript("不写话也行，按“提交补充”", [
    ...filed,
    sends(taken()),
    bot(/提交补充/),
    press("提交补充"),
    bot(/补充已经送到承办单位/),
    ticket(({ ticket: { body }, events }) => {
      expect(body.evidence).toHaveLength(1);
      expect(JSON.stringify(body)).not.toContain("39.99");
      expect(events.at(-1)?.text).toBe("（附件 1 个）");
    }),
  ]);

  const filedBefore = [citizen(WITH_PLACE), pickClassIfAsked, ...anonymously];

  transcript("登记完接着发来照片：可以补充到刚才那件，不另外登记", [
    ...filedBefore,
    sends(upload("image")),
    bot(/请再用一句话说说是什么事[\s\S]*\[1\. 补充到 \d{14}\]/),
    citizen("1"),
    bot(/补充已经保存/),
    bot(/补充已经送到承办单位/),
    ticket(({ ticket: { body } }) => expect(body.evidence).toHaveLength(1)),
    citizen("我的工单"),
    bot(/承办单位/),
    check(({ numbers }) => expect(numbers).toHaveLength(1)),
  ]);

  transcript("写了新的事，就是新的诉求，原来那件不动", [
    ...filedBefore,
    sends(upload("image")),
    bot(/补充到/),
    citizen("朝阳区安贞街道安贞里小区路灯坏了，晚上看不清路"),
    pickClassIfAsked,
    press("匿名提交"),
    citizen("确认提交"),
    bot(/受理编号/),
    check(({ house, numbers }) => {
      const [first, second] = numbers.map((number) => house.desk?.ticket(number)?.ticket.body);
      expect(first?.evidence).toHaveLength(0);
      expect(second?.evidence).toHaveLength(1);
    }),
  ]);

  transcript("照片旁边写着话，直接送出", [
    ...filed,
    sends(upload("image"), "这是今天的照片"),
    bot(/补充已经送到承办单位/),
    ticket(({ events }) => expect(events.at(-1)?.text).toBe("这是今天的照片\n（附件 1 个）")),
  ]);

  transcript("语音留着，只请写一次", [
    ...filed,
    sends(upload("voice")),
    bot(/已作为附件保存。我还听不懂语音，请用一句话写一下要补充什么/),
    sends(upload("voice")),
    bot(/^收到，已附上（共 2 个）/),
    never(/听不懂/),
    citizen("没有了"),
    bot(/补充已经送到承办单位/),
    ticket(({ ticket: { body } }) => expect(body.evidence).toHaveLength(2)),
  ]);

  transcript("中途问别的，附件还在，回来接着问", [
    ...filed,
    sends(upload("image")),
    citizen("帮助"),
    bot(/要补充到 \d{14} 的附件有 1 个，还没有提交/),
    citizen("提交"),
    bot(/补充已经送到承办单位/),
    ticket(({ ticket: { body } }) => expect(body.evidence).toHaveLength(1)),
  ]);

  transcript("发来位置，作为一句话送出", [
    ...filed,
    citizen(location(39.9, 116.4, "花家地北里南门")),
    bot(/补充已经送到承办单位/),
    ticket(({ events }) => expect(events.at(-1)?.text).toBe("位置：花家地北里南门")),
  ]);

  transcript("取消了，什么也不送", [
    ...filed,
    sends(upload("image")),
    citizen("取消"),
    bot(/没有改动您的工单/),
    ticket(({ ticket: { body } }) => expect(body.evidence).toEqual([])),
  ]);
});

transcript("照片旁边的话说到危险，先给电话", [sends(upload("image"), "三楼着火了，浓烟很大"), bot(/119/)]);

transcript("报了险情再发照片，照片和前面的话一起登记，不再问是什么事", [
  citizen("朝阳区望京街道花家地北里三号楼着火了，浓烟很大"),
  bot(/119/),
  sends(upload("image")),
  never(/是什么事/),
  citizen("有什么"),
  check(async ({ house, from }) => {
    const { state } = await house.store.loadConversation(from);
    expect(JSON.stringify(state)).toMatch(/着火了[\s\S]*image\/jpeg|image\/jpeg[\s\S]*着火了/);
  }),
]);
