import { createRequire } from "node:module";
import { type Activity, ConnectionStatus, DirectLine } from "botframework-directlinejs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { temporaryFolder } from "../../temporary.ts";
import { createClient, eventually } from "./client.ts";
import { type Committed, startServer, type TestServer } from "./start-server.ts";

/** The client library that Microsoft's Web Chat uses, in Node: it takes its network from the browser's globals. */
const XMLHttpRequest: unknown = createRequire(import.meta.url)("xhr2");

type Options = NonNullable<ConstructorParameters<typeof DirectLine>[0]>;
const textOf = (activity: Activity) => ("text" in activity ? activity.text : undefined);

describe("botframework-directlinejs 认我们的服务", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let server: TestServer;
  let committed: Committed;
  const lines: DirectLine[] = [];

  beforeEach(async () => {
    vi.stubGlobal("XMLHttpRequest", XMLHttpRequest);
    vi.stubGlobal("WebSocket", WebSocket);
    folder = temporaryFolder();
    committed = new Map();
    server = await startServer({ dir: folder.path, committed });
  });
  afterEach(async () => {
    for (const line of lines.splice(0)) line.end();
    await server.stop();
    folder.remove();
    vi.unstubAllGlobals();
  });

  /** A client that keeps everything it is given. The shortest pauses the library allows. */
  function open(options: Partial<Options>) {
    const unhurried = { random: () => 0, timeout: 1000, pollingInterval: 200 };
    const line = new DirectLine({ domain: `${server.url}/v3/directline`, ...unhurried, ...options } as Options);
    lines.push(line);
    const seen: Activity[] = [];
    line.activity$.subscribe(
      (activity) => seen.push(activity),
      () => {},
    );
    const has = (count: number) => eventually(() => (seen.length >= count ? true : undefined));
    const post = (text: string, clientActivityID: string) =>
      new Promise<string>((resolve, reject) => {
        const channelData = { clientActivityID };
        line
          .postActivity({ type: "message", text, from: { id: "me" }, channelData } as Activity)
          .subscribe(resolve, reject);
      });
    return { line, seen, has, post };
  }

  const restart = async () => {
    const { port } = server;
    await server.stop();
    server = await startServer({ dir: folder.path, port, committed });
  };

  for (const webSocket of [true, false]) {
    const way = webSocket ? "流" : "轮询";

    it(`${way}：匿名开始，说的和听的都到`, async () => {
      const { seen, has, post } = open({ webSocket });
      const id = await post("路灯坏了", "c-1");
      await has(2);
      expect(seen.map(textOf)).toEqual(["路灯坏了", "收到：路灯坏了"]);
      expect(seen[0]).toMatchObject({ id, channelData: { clientActivityID: "c-1" }, from: { id: "me" } });
      await post("谢谢", "c-2");
      await has(4);
      expect(seen.map(textOf)).toEqual(["路灯坏了", "收到：路灯坏了", "谢谢", "收到：谢谢"]);
    });

    it(`${way}：凭令牌开始令牌里的会话，从头读到以前的话`, async () => {
      const conversation = await createClient(server.url).start();
      await server.say(conversation.id, "您好");
      const { line, seen, has } = open({ webSocket, token: conversation.token });
      await has(1);
      expect(seen.map(textOf)).toEqual(["您好"]);
      expect(line.connectionStatus$.getValue()).toBe(ConnectionStatus.Online);
    });
  }

  it("流：服务重启，客户端自己连回来，不丢一条、不重一条", async () => {
    const conversation = await createClient(server.url).start();
    const { seen, has, post } = open({ webSocket: true, token: conversation.token });
    await post("重启前", "c-1");
    await has(2);
    await restart();
    await server.say(conversation.id, "重启后马上说的");
    await post("重启后", "c-2");
    // Said again with its old id, as a client does that never saw the answer.
    await post("重启前", "c-1");
    await has(5);
    await server.say(conversation.id, "最后一条");
    await has(6);
    expect(seen.map(textOf)).toEqual([
      "重启前",
      "收到：重启前",
      "重启后马上说的",
      "重启后",
      "收到：重启后",
      "最后一条",
    ]);
    expect(committed.size).toBe(2);
  });

  it("轮询：服务重启、页面重载，从水位接着读，不丢一条、不重一条", async () => {
    const { id: conversationId, token } = await createClient(server.url).start();
    const before = open({ webSocket: false, token });
    await before.post("重启前", "c-1");
    await before.has(2);
    const watermark = String(before.seen.length);
    before.line.end();
    await restart();
    await server.say(conversationId, "重启后");
    const after = open({ webSocket: false, token, conversationId, watermark });
    await after.has(1);
    await after.post("我回来了", "c-2");
    await after.has(3);
    expect([...before.seen, ...after.seen].map(textOf)).toEqual([
      "重启前",
      "收到：重启前",
      "重启后",
      "我回来了",
      "收到：我回来了",
    ]);
  });

  it("没有收下时客户端知道，再发一次就收下", async () => {
    let failures = 1;
    await server.stop();
    server = await startServer({
      dir: folder.path,
      committed,
      beforeReceive() {
        if (failures-- > 0) throw new Error("the store is down");
      },
    });
    const { post, has, seen } = open({ webSocket: true });
    expect(await post("路灯坏了", "c-1")).toBe("retry");
    expect(await post("路灯坏了", "c-1")).toMatch(/\|0000001$/);
    await has(2);
    expect(seen.map(textOf)).toEqual(["路灯坏了", "收到：路灯坏了"]);
  });
});
