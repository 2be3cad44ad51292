import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../temporary.ts";
import { type Conversation, createClient, eventually, wordsOf } from "./client.ts";
import { startServer, type TestServer } from "./start-server.ts";

describe("Direct Line：活动", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let server: TestServer;
  let client: ReturnType<typeof createClient>;
  let conversation: Conversation;
  let failures: number;

  beforeEach(async () => {
    folder = temporaryFolder();
    failures = 0;
    server = await startServer({
      dir: folder.path,
      beforeReceive() {
        if (failures-- > 0) throw new Error("the store is down");
      },
    });
    client = createClient(server.url);
    conversation = await client.start();
  });
  afterEach(async () => {
    await server.stop();
    folder.remove();
  });

  const readAll = (count: number) =>
    eventually(async () => {
      const page = await client.read(conversation);
      return page.activities.length >= count ? page : undefined;
    });

  it("说一句：先是自己的回显，再是回答，水位之后没有别的", async () => {
    const reply = await client.say(conversation, "路灯坏了", "c-1");
    expect(reply).toMatchObject({ status: 200, body: { id: `${conversation.id}|0000001` } });
    const { activities, watermark } = await readAll(2);
    expect(activities[0]).toMatchObject({
      id: reply.body.id,
      type: "message",
      text: "路灯坏了",
      from: { id: "me", role: "user" },
      channelData: { clientActivityID: "c-1" },
      conversation: { id: conversation.id },
    });
    expect(activities[1]).toMatchObject({
      text: "收到：路灯坏了",
      from: { id: "bot", role: "bot" },
      replyToId: reply.body.id,
    });
    expect(Date.parse(activities[0]?.timestamp ?? "")).not.toBeNaN();
    expect(await client.read(conversation, watermark)).toEqual({ activities: [], watermark });
  });

  it("引擎收到的编号以会话为界，身份是我们自己的", async () => {
    await client.say(conversation, "您好", "c-1");
    const [message] = server.committed.values();
    expect(message).toMatchObject({ id: `${conversation.id}|c-1`, content: { kind: "text", text: "您好" } });
    expect(message?.from).toMatchObject({ channel: "web", conversationId: conversation.id });
    expect(message?.from.userId).not.toBe("me");
  });

  it("同一条再送一次：同一个编号，只有一个回显、一个回答", async () => {
    const replies = await Promise.all([1, 2, 3].map(() => client.say(conversation, "路灯坏了", "c-1")));
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    await client.say(conversation, "完了", "c-2");
    expect(wordsOf((await readAll(4)).activities).toSorted()).toEqual([
      "完了",
      "收到：完了",
      "收到：路灯坏了",
      "路灯坏了",
    ]);
    expect(server.committed.size).toBe(2);
  });

  it("别的会话里同样的编号是别的消息", async () => {
    const other = await client.start();
    await client.say(conversation, "甲", "same");
    await client.say(other, "乙", "same");
    expect(server.committed.size).toBe(2);
  });

  it("同一个编号、不同的话：409，不会悄悄丢掉", async () => {
    await client.say(conversation, "甲", "c-1");
    expect(await client.say(conversation, "乙", "c-1")).toMatchObject({
      status: 409,
      body: { error: { code: "Conflict" } },
    });
  });

  it("没有收下就答 503 和一句实话；用同一个编号再送，收下一次", async () => {
    failures = 1;
    const refused = await client.say(conversation, "路灯坏了", "c-1");
    expect(refused.status).toBe(503);
    expect(refused.body.error?.message).toMatch(/没有收下/);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(server.committed.size).toBe(0);
    expect((await client.say(conversation, "路灯坏了", "c-1")).status).toBe(200);
    expect(wordsOf((await readAll(2)).activities)).toEqual(["路灯坏了", "收到：路灯坏了"]);
  });

  it("没有编号的消息各是各的", async () => {
    await client.say(conversation, "好");
    await client.say(conversation, "好");
    expect(server.committed.size).toBe(2);
  });

  it("一页一百条，凭水位一条不漏地读完", async () => {
    for (let index = 0; index < 230; index++) await server.say(conversation.id, `第${index}条`);
    const seen: (string | undefined)[] = [];
    for (let watermark = ""; ; ) {
      const page = await client.read(conversation, watermark);
      if (page.activities.length === 0) break;
      seen.push(...wordsOf(page.activities));
      watermark = page.watermark;
    }
    expect(seen).toEqual(Array.from({ length: 230 }, (_, index) => `第${index}条`));
  });

  it("正在输入等只答 200 和编号，不进日志；进入会话交给引擎", async () => {
    expect(await client.post(conversation, { type: "typing" })).toMatchObject({
      status: 200,
      body: { id: expect.any(String) },
    });
    expect((await client.read(conversation)).activities).toEqual([]);
    await client.post(conversation, { type: "event", name: "webchat/join" });
    await client.post(conversation, { type: "hologram" });
    expect([...server.committed.values()].map(({ content }) => content)).toEqual([
      { kind: "joined" },
      { kind: "unsupported", what: "activity:hologram" },
    ]);
  });

  it.each([
    ["不是 JSON", "{", 400],
    ["不是对象", "[]", 400],
    ["没有正文", undefined, 400],
    ["类型不对", { type: 7 }, 400],
    ["空话", { type: "message", text: "" }, 400],
    ["编号太长", { type: "message", text: "x", channelData: { clientActivityID: "x".repeat(201) } }, 400],
    ["文字太长", { type: "message", text: "长".repeat(20_001) }, 413],
    ["正文太大", { type: "message", text: "x", value: "x".repeat(300_000) }, 413],
  ])("%s：真实的状态码和一句中文", async (_name, body, status) => {
    const reply = await client.post(conversation, body);
    expect(reply.status).toBe(status);
    expect(reply.body.error?.code).toMatch(/^[A-Z]\w+$/);
    expect(reply.body.error?.message).toMatch(/[\u4e00-\u9fff]/);
    expect(server.committed.size).toBe(0);
    expect((await client.say(conversation, "还能说话")).status).toBe(200);
  });

  it("两万字整收得下", async () => {
    expect((await client.say(conversation, "长".repeat(20_000))).status).toBe(200);
  });

  it("__proto__ 伤不到任何人", async () => {
    const body = '{"type":"message","text":"x","__proto__":{"polluted":1},"channelData":{"__proto__":{"polluted":1}}}';
    expect((await client.post(conversation, body)).status).toBe(200);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("data: 附件存下来；假的照片答 415", async () => {
    const attachment = (bytes: Buffer) => ({
      contentUrl: `data:image/png;base64,${bytes.toString("base64")}`,
      name: "a.txt",
    });
    const good = { type: "message", text: "记录", attachments: [attachment(Buffer.from("现场记录"))] };
    expect((await client.post(conversation, good)).status).toBe(200);
    const [message] = server.committed.values();
    expect(message?.content).toMatchObject({
      kind: "media",
      text: "记录",
      media: [{ mimeType: "text/plain", name: "a.txt" }],
    });
    const bad = { type: "message", attachments: [attachment(Buffer.from("<svg></svg>"))] };
    expect((await client.post(conversation, bad)).status).toBe(415);
  });
});

describe("Direct Line：频率", () => {
  it("太快时答 429、Retry-After 和紧急电话；别人不受影响", async () => {
    const folder = temporaryFolder();
    const server = await startServer({ dir: folder.path, limits: { perMinute: { messagesPerVisitor: 2 } } });
    const client = createClient(server.url);
    const [hasty, calm] = [await client.start(), await client.start()];
    expect((await client.say(hasty, "一")).status).toBe(200);
    expect((await client.say(hasty, "二")).status).toBe(200);
    const third = await client.say(hasty, "三");
    expect(third).toMatchObject({ status: 429, body: { error: { code: "TooManyRequests" } } });
    expect(third.body.error?.message).toContain("119");
    expect(Number(third.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await client.say(calm, "一")).status).toBe(200);
    await server.stop();
    folder.remove();
  });
});
