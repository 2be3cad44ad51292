import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { Activity } from "../../../../adapters/web/index.ts";
import { temporaryFolder } from "../../temporary.ts";
import { type Conversation, createClient, eventually, wordsOf } from "./client.ts";
import { startServer, type TestServer } from "./start-server.ts";

describe("Direct Line：流", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let server: TestServer;
  let client: ReturnType<typeof createClient>;
  let conversation: Conversation;
  let now: () => Date;

  beforeEach(async () => {
    folder = temporaryFolder();
    now = () => new Date();
    server = await startServer({ dir: folder.path, clock: { now: () => now() }, limits: { streamsPerVisitor: 2 } });
    client = createClient(server.url);
    conversation = await client.start();
  });
  afterEach(async () => {
    await server.stop();
    folder.remove();
  });

  const streamUrl = ({ id, token }: Conversation, watermark = "") =>
    `ws://127.0.0.1:${server.port}/v3/directline/conversations/${id}/stream?t=${token}&watermark=${watermark}`;

  function openStream(watermark = "") {
    const activities: Activity[] = [];
    const marks: string[] = [];
    const socket = new WebSocket(streamUrl(conversation, watermark));
    socket.on("message", (data) => {
      const frame = String(data);
      if (frame === "") return;
      const page = JSON.parse(frame) as { activities: Activity[]; watermark: string };
      activities.push(...page.activities);
      marks.push(page.watermark);
    });
    const closed = new Promise<number>((resolve) => socket.on("close", resolve));
    const has = (count: number) => eventually(() => (activities.length >= count ? true : undefined));
    return { socket, activities, marks, closed, has };
  }

  /** The status with which an upgrade was refused. */
  const refused = (url: string) =>
    new Promise<number | undefined>((resolve) => {
      const socket = new WebSocket(url);
      socket.on("unexpected-response", (_request, response) => {
        resolve(response.statusCode);
        socket.terminate();
      });
      socket.on("error", () => {});
    });

  it("以前的和以后的都到，一条不多一条不少，水位跟着走", async () => {
    for (let index = 0; index < 150; index++) await server.say(conversation.id, `${index}`);
    const stream = openStream();
    for (let index = 150; index < 300; index++) await server.say(conversation.id, `${index}`);
    await stream.has(300);
    expect(wordsOf(stream.activities)).toEqual(Array.from({ length: 300 }, (_, index) => `${index}`));
    expect(stream.marks.at(-1)).toBe("300");
    stream.socket.close();
  });

  it("断开以后从自己的水位接着读", async () => {
    const first = openStream();
    await server.say(conversation.id, "一");
    await first.has(1);
    first.socket.close();
    await first.closed;
    await server.say(conversation.id, "二");
    const second = openStream(first.marks.at(-1));
    await second.has(1);
    await server.say(conversation.id, "三");
    await second.has(2);
    expect(wordsOf(second.activities)).toEqual(["二", "三"]);
    second.socket.close();
  });

  it("客户端自己的空帧和乱说都没有关系", async () => {
    const stream = openStream();
    await new Promise((resolve) => stream.socket.on("open", resolve));
    stream.socket.send("");
    stream.socket.send("{");
    await server.say(conversation.id, "还在");
    await stream.has(1);
    stream.socket.close();
  });

  it("令牌到期就断开", async () => {
    const issued = Date.now();
    now = () => new Date(issued + 30 * 60_000 - 1500);
    const stream = openStream();
    expect(await stream.closed).toBe(1008);
  });

  it("没有令牌 401，别人的会话、过期的令牌 403，乱写的水位 400", async () => {
    const other = await client.start();
    expect(await refused(streamUrl({ ...conversation, token: "" }))).toBe(401);
    expect(await refused(streamUrl({ ...conversation, token: "x" }))).toBe(403);
    expect(await refused(streamUrl({ ...conversation, token: other.token }))).toBe(403);
    expect(await refused(streamUrl(conversation, "abc"))).toBe(400);
    now = () => new Date(Date.now() + 3600_000);
    expect(await refused(streamUrl(conversation))).toBe(403);
  });

  it("一个人开的流有数，关掉就能再开", async () => {
    const [first, second] = [openStream(), openStream()];
    await Promise.all([first, second].map(({ socket }) => new Promise((resolve) => socket.on("open", resolve))));
    expect(await refused(streamUrl(conversation))).toBe(429);
    first.socket.close();
    await first.closed;
    const third = await eventually(async () =>
      (await refusedOrOpen(streamUrl(conversation))) === "open" ? true : undefined,
    );
    expect(third).toBe(true);
    second.socket.close();
  });

  const refusedOrOpen = (url: string) =>
    new Promise<"open" | "refused">((resolve) => {
      const socket = new WebSocket(url);
      socket.on("open", () => {
        resolve("open");
        socket.close();
      });
      socket.on("error", () => resolve("refused"));
    });

  it("停机时好好告别", async () => {
    const stream = openStream();
    await new Promise((resolve) => stream.socket.on("open", resolve));
    await server.stop();
    expect(await stream.closed).toBe(1001);
    server = await startServer({ dir: folder.path });
  });
});
