import { request as httpRequest } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exifSegment, jpegWith, MAKER, movieWith } from "../../media/photographs.ts";
import * as samples from "../../media/samples.ts";
import { temporaryFolder } from "../../temporary.ts";
import { type Conversation, createClient } from "./client.ts";
import { startServer, type TestServer } from "./start-server.ts";

const activityPart = (activity: object) =>
  new Blob([JSON.stringify(activity)], { type: "application/vnd.microsoft.activity" });

function form(files: [Buffer, string][], activity?: object): FormData {
  const parts = new FormData();
  if (activity) parts.append("activity", activityPart(activity));
  for (const [bytes, name] of files)
    parts.append("file", new Blob([new Uint8Array(bytes)], { type: "image/png" }), name);
  return parts;
}

describe("Direct Line：上传", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let server: TestServer;
  let client: ReturnType<typeof createClient>;
  let conversation: Conversation;

  beforeEach(async () => {
    folder = temporaryFolder();
    server = await startServer({ dir: folder.path, limits: { filesPerUpload: 3 } });
    client = createClient(server.url);
    conversation = await client.start();
  });
  afterEach(async () => {
    await server.stop();
    folder.remove();
  });

  const message = { type: "message", text: "现场", from: { id: "me" }, channelData: { clientActivityID: "u-1" } };
  const onlyCommitted = () => [...server.committed.values()].map(({ content }) => content);

  it("照片和话一起到，中文文件名完整，回显里看得到", async () => {
    const reply = await client.upload(conversation, form([[samples.png, "东单路灯😀.png"]], message));
    expect(reply.status).toBe(200);
    expect(onlyCommitted()).toMatchObject([
      { kind: "media", text: "现场", media: [{ mediaType: "image", mimeType: "image/png", name: "东单路灯😀.png" }] },
    ]);
    const [echo] = (await client.read(conversation)).activities;
    expect(echo).toMatchObject({
      id: reply.body.id,
      text: "现场",
      channelData: { clientActivityID: "u-1" },
      attachments: [{ contentType: "image/png", name: "东单路灯😀.png" }],
    });
  });

  it("再传一次是同一条消息、同一个文件", async () => {
    const send = () => client.upload(conversation, form([[samples.png, "灯.png"]], message));
    const [first, second] = [await send(), await send()];
    expect(second.body.id).toBe(first.body.id);
    expect(server.committed.size).toBe(1);
  });

  it("没有活动部分也行，几个文件是一条消息", async () => {
    const files: [Buffer, string][] = [
      [samples.png, "a.png"],
      [samples.pdf, "b.pdf"],
    ];
    expect((await client.upload(conversation, form(files))).status).toBe(200);
    expect(onlyCommitted()).toMatchObject([{ kind: "media", media: [{ name: "a.png" }, { name: "b.pdf" }] }]);
  });

  it("正文就是文件的上传", async () => {
    const response = await fetch(`${server.url}/v3/directline/conversations/${conversation.id}/upload?userId=me`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${conversation.token}`,
        "content-type": "image/jpeg",
        "content-disposition": 'name="file"; filename="a.jpg"',
      },
      body: new Uint8Array(samples.jpeg),
    });
    expect(response.status).toBe(200);
    expect(onlyCommitted()).toMatchObject([{ kind: "media", media: [{ mimeType: "image/jpeg", name: "a.jpg" }] }]);
  });

  it.each([
    ["冒充照片的 HTML", [[samples.html, "照片.png"]], 415],
    ["SVG", [[samples.svg, "图.svg"]], 415],
    ["程序", [[samples.exe, "a.exe"]], 415],
    [
      "一真一假，都不收",
      [
        [samples.png, "a.png"],
        [samples.exe, "b.png"],
      ],
      415,
    ],
    ["太大", [[Buffer.alloc(100_001, "a"), "a.txt"]], 413],
    ["空文件", [[Buffer.alloc(0), "a.png"]], 400],
    ["打不开的照片", [[Buffer.from("ffd8ffe000104a46494600010100000100010000", "hex"), "a.jpg"]], 400],
    ["太多", [1, 2, 3, 4, 5].map((n) => [samples.png, `${n}.png`]), 400],
    ["没有文件", [], 400],
  ] as [string, [Buffer, string][], number][])("不收%s，带一句能看懂的话", async (_name, files, status) => {
    const reply = await client.upload(conversation, form(files, message));
    expect(reply.status).toBe(status);
    expect(reply.body.error?.message).toMatch(/[\u4e00-\u9fff]{4}/);
    expect(server.committed.size).toBe(0);
    expect((await client.read(conversation)).activities).toEqual([]);
  });

  it("断在半路的上传不留下消息，服务照常", async () => {
    await new Promise<void>((resolve) => {
      const half = httpRequest(`${server.url}/v3/directline/conversations/${conversation.id}/upload`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${conversation.token}`,
          "content-type": "multipart/form-data; boundary=x",
          "content-length": "5000",
        },
      });
      half.on("error", () => resolve());
      half.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nhalf');
      setTimeout(() => half.destroy(), 50);
    });
    expect(server.committed.size).toBe(0);
    expect((await client.upload(conversation, form([[samples.png, "a.png"]], message))).status).toBe(200);
  });

  it("照片里的位置交给对话，下载到的照片里没有位置、设备和时间", async () => {
    const taken = jpegWith([exifSegment({ latitude: 39.9962, longitude: 116.4803 })], `PK\x03\x04${MAKER}`);
    await client.upload(conversation, form([[taken, "现场.jpg"]], message));
    expect(onlyCommitted()).toMatchObject([{ media: [{ position: { latitude: 39.9962, longitude: 116.4803 } }] }]);
    const { activities } = await client.read(conversation);
    expect(JSON.stringify(activities)).not.toContain("39.99");
    const address = `${server.url}${activities[0]?.attachments?.[0]?.contentUrl}?t=${conversation.token}`;
    const bytes = Buffer.from(await (await fetch(address)).arrayBuffer());
    expect(bytes.equals(jpegWith([]))).toBe(true);
  });

  it("播放器要一段就给一段，要不存在的一段答 416", async () => {
    const { file } = movieWith("+39.9962+116.4803/");
    await client.upload(conversation, form([[file, "现场.mp4"]], message));
    const [echo] = (await client.read(conversation)).activities;
    const ask = (range: string) =>
      fetch(`${server.url}${echo?.attachments?.[0]?.contentUrl}?t=${conversation.token}`, { headers: { range } });
    const part = await ask("bytes=4-7");
    expect(part.status).toBe(206);
    expect(part.headers.get("content-range")).toBe(`bytes 4-7/${file.length}`);
    expect(await part.text()).toBe("ftyp");
    expect((await ask("bytes=999999-")).status).toBe(416);
    const whole = await ask("bytes=0-1,4-7");
    expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, file.length]);
  });

  it("只有上传的人看得到：令牌或 cookie；别人 404，没有身份 401", async () => {
    await client.upload(
      conversation,
      form(
        [
          [samples.png, "灯.png"],
          [samples.text, "记录.txt"],
        ],
        message,
      ),
    );
    const [picture, note] = (await client.read(conversation)).activities[0]?.attachments ?? [];
    const open = (path = "", cookie = "") => fetch(server.url + path, { headers: { cookie } });
    const shown = await open(`${picture?.contentUrl}?t=${conversation.token}`);
    expect(shown.status).toBe(200);
    expect(Buffer.from(await shown.arrayBuffer()).equals(samples.png)).toBe(true);
    expect(shown.headers.get("x-content-type-options")).toBe("nosniff");
    expect(shown.headers.get("content-disposition")).toBe("inline; filename*=UTF-8''%E7%81%AF.png");
    const saved = await open(note?.contentUrl, conversation.cookie);
    expect(saved.headers.get("content-disposition")).toMatch(/^attachment; /);
    expect(await saved.text()).toBe(samples.text.toString());
    const other = await client.start();
    expect((await open(`${picture?.contentUrl}?t=${other.token}`)).status).toBe(404);
    expect((await open(picture?.contentUrl, other.cookie)).status).toBe(404);
    expect((await open(picture?.contentUrl)).status).toBe(401);
    expect((await open(`/media/none?t=${conversation.token}`)).status).toBe(404);
  });
});
