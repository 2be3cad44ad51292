import { afterEach, describe, expect, it } from "vitest";
import type { Memory } from "../../../../server/web/chat/direct-line/session.ts";
import type { DirectLine } from "../../../../server/web/chat/direct-line.ts";
import { createMapMemory, openClient, textsOf, until } from "./client-harness.ts";
import { type StandIn, startStandIn } from "./direct-line-stand-in.ts";

const running: { standIn?: StandIn; lines: DirectLine[] } = { lines: [] };

/** A bot that greets and says every message back. */
async function server(options: { expiresInSeconds?: number } = {}): Promise<StandIn> {
  running.standIn = await startStandIn({
    ...options,
    answer: (activity, say) => say({ text: activity.type === "event" ? "您好" : `收到：${activity.text}` }),
  });
  return running.standIn;
}

function client(
  standIn: StandIn,
  options: { memory?: Memory; streams?: boolean; now?: () => number } = {},
): DirectLine {
  const line = openClient({ baseUrl: standIn.baseUrl, ...options });
  running.lines.push(line);
  return line;
}

function close(line: DirectLine): void {
  line.stop();
}

const conversation = (standIn: StandIn) => [...standIn.conversations.values()].at(-1)?.activities ?? [];
const settled = (line: DirectLine) => line.snapshot().outgoing.length === 0;

afterEach(async () => {
  for (const line of running.lines.splice(0)) line.stop();
  await running.standIn?.close();
  running.standIn = undefined;
});

describe("the first visit", () => {
  it("joins once and is greeted", async () => {
    const standIn = await server();
    const line = client(standIn);
    await until("the greeting", () => textsOf(line).includes("您好"));
    expect(conversation(standIn)[0]).toMatchObject({ type: "event", name: "webchat/join" });
    expect(conversation(standIn)).toHaveLength(2);
  });

  it("joins once even when the answer to the join is lost", async () => {
    const standIn = await server();
    standIn.faults.loseAnswers = 3;
    const line = client(standIn);
    await until("the join is acknowledged", () => settled(line) && textsOf(line).length > 0);
    expect(standIn.attempts.length).toBeGreaterThan(1);
    expect(new Set(standIn.attempts).size).toBe(1);
    expect(textsOf(line)).toEqual(["您好"]);
  });
});

describe.each([
  { way: "a stream", streams: true },
  { way: "polling", streams: false },
])("over $way", ({ streams }) => {
  it("says everything once and in order through 503, lost answers, repeats and delays", async () => {
    const standIn = await server();
    const line = client(standIn, { streams });
    await until("the greeting", () => textsOf(line).length === 1);
    Object.assign(standIn.faults, { loseAnswers: 4, repeat: 3, delayMs: 20 });
    standIn.faults.refuseNext.push({ status: 503 }, { status: 500 }, { status: 429 }, { status: 503 });
    const said = Array.from({ length: 12 }, (_, index) => `第 ${index} 句`);
    for (const [index, text] of said.entries()) {
      line.sendText(text);
      if (index % 4 === 3) {
        standIn.dropStreams();
        await until("half of it arrives", () => textsOf(line).includes(`收到：${said[index - 2]}`));
      }
    }
    await until("all is answered", () => textsOf(line).length === 25 && settled(line));
    const mine = textsOf(line).filter((text) => text.startsWith("第"));
    expect(mine).toEqual(said);
    expect(textsOf(line)).toEqual(conversation(standIn).flatMap((activity) => activity.text ?? []));
  });

  it("goes on after the token has ended", async () => {
    const standIn = await server();
    const line = client(standIn, { streams });
    await until("the greeting", () => textsOf(line).length === 1);
    standIn.expireTokens();
    standIn.dropStreams();
    line.sendText("还在吗");
    await until("the answer", () => textsOf(line).includes("收到：还在吗"));
    expect(standIn.conversations.size).toBe(1);
  });

  it("brings news that nobody asked for", async () => {
    const standIn = await server();
    const line = client(standIn, { streams });
    await until("the greeting", () => textsOf(line).length === 1);
    const [id] = standIn.conversations.keys();
    standIn.say(id ?? "", { text: "您的工单已办结" });
    await until("the news", () => textsOf(line).includes("您的工单已办结"));
  });
});

it("falls back to polling where streams are refused", async () => {
  const standIn = await server();
  standIn.faults.streams = false;
  const line = client(standIn);
  line.sendText("你好");
  await until("the answer", () => textsOf(line).includes("收到：你好"));
  expect(standIn.streamsOpened).toBe(0);
});

it("fetches a long history page by page", async () => {
  const standIn = await server();
  const memory = createMapMemory();
  const first = client(standIn, { memory });
  await until("the greeting", () => textsOf(first).length === 1);
  close(first);
  const [id] = standIn.conversations.keys();
  for (let index = 0; index < 57; index += 1) standIn.say(id ?? "", { text: `旧话 ${index}` });
  standIn.faults.pageSize = 10;
  const second = client(standIn, { memory, streams: false });
  await until("the whole history", () => textsOf(second).length === 58);
  expect(textsOf(second).at(-1)).toBe("旧话 56");
});

describe("a reload", () => {
  it("shows the old conversation and does not join again", async () => {
    const standIn = await server();
    const memory = createMapMemory();
    const first = client(standIn, { memory });
    first.sendText("路灯坏了");
    await until("the answer", () => textsOf(first).includes("收到：路灯坏了"));
    close(first);
    const before = conversation(standIn).length;
    const second = client(standIn, { memory });
    await until("the history", () => textsOf(second).includes("收到：路灯坏了"));
    expect(textsOf(second)).toEqual(textsOf(first));
    expect(conversation(standIn)).toHaveLength(before);
  });

  it("sends what could not be sent before, with the same id, once", async () => {
    const standIn = await server();
    const memory = createMapMemory();
    const first = client(standIn, { memory });
    await until("the greeting", () => textsOf(first).length === 1 && settled(first));
    standIn.faults.refuseNext = Array.from({ length: 1_000 }, () => ({ status: 503 }));
    first.sendText("一");
    first.sendText("二");
    await until("two attempts", () => standIn.attempts.length >= 3);
    close(first);
    const attempted = standIn.attempts.at(-1);
    standIn.faults.refuseNext = [];
    const second = client(standIn, { memory });
    await until("both are answered", () => textsOf(second).includes("收到：二") && settled(second));
    expect(textsOf(second)).toEqual(["您好", "一", "收到：一", "二", "收到：二"]);
    expect(conversation(standIn).some((activity) => activity.channelData.clientActivityID === attempted)).toBe(true);
    expect([...memory.map.keys()].filter((key) => key.startsWith("jiesu.out."))).toEqual([]);
  });

  it("does not double what was committed while the answer was lost", async () => {
    const standIn = await server();
    const memory = createMapMemory();
    const first = client(standIn, { memory });
    await until("the greeting", () => textsOf(first).length === 1 && settled(first));
    standIn.faults.loseAnswers = 1_000;
    first.sendText("只说一次");
    await until("it is committed", () => conversation(standIn).some((activity) => activity.text === "只说一次"));
    close(first);
    standIn.faults.loseAnswers = 0;
    const second = client(standIn, { memory });
    await until("it is settled", () => settled(second) && textsOf(second).length === 3);
    expect(textsOf(second)).toEqual(["您好", "只说一次", "收到：只说一次"]);
  });
});

it("starts anew, and still delivers, when the old conversation is gone", async () => {
  const standIn = await server();
  const memory = createMapMemory();
  const line = client(standIn, { memory });
  await until("the greeting", () => textsOf(line).length === 1 && settled(line));
  const [old] = standIn.conversations.keys();
  standIn.forgetConversations();
  standIn.dropStreams();
  line.sendText("换了会话也要送到");
  await until("the answer", () => textsOf(line).includes("收到：换了会话也要送到"));
  expect(memory.get("jiesu.conversation")).not.toBe(old);
  expect(textsOf(line).filter((text) => text === "换了会话也要送到")).toHaveLength(1);
});

it("renews the token before it ends", async () => {
  const standIn = await server({ expiresInSeconds: 100 });
  let skippedMs = 0;
  const line = client(standIn, { now: () => Date.now() + skippedMs });
  await until("the greeting", () => textsOf(line).length === 1 && settled(line));
  skippedMs = 80_000;
  line.sendText("继续");
  await until("the answer", () => textsOf(line).includes("收到：继续"));
  expect(standIn.conversations.size).toBe(1);
});

describe("a message that the server refuses", () => {
  it("is shown with the server's sentence, can be taken back, and holds nothing up", async () => {
    const standIn = await server();
    const memory = createMapMemory();
    const line = client(standIn, { memory });
    await until("the greeting", () => textsOf(line).length === 1 && settled(line));
    standIn.faults.refuseNext.push({ status: 413, message: "内容太长，请分几条发送。" });
    line.sendText("很长的话");
    line.sendText("短的话");
    await until("the second is answered", () => textsOf(line).includes("收到：短的话"));
    const [refused] = line.snapshot().outgoing;
    expect(refused).toMatchObject({ state: "refused", reason: "内容太长，请分几条发送。" });
    const id = refused?.activity.channelData.clientActivityID ?? "";
    expect(line.takeBack(id)?.activity.text).toBe("很长的话");
    expect(line.snapshot().outgoing).toEqual([]);
  });

  it("survives a reload as refused and is sent again only when asked", async () => {
    const standIn = await server();
    const memory = createMapMemory();
    const first = client(standIn, { memory });
    await until("the greeting", () => textsOf(first).length === 1 && settled(first));
    standIn.faults.refuseNext.push({ status: 400 });
    first.sendText("被退回的话");
    await until("the refusal", () => first.snapshot().outgoing[0]?.state === "refused");
    close(first);
    const second = client(standIn, { memory });
    await until("the history", () => textsOf(second).length === 1);
    const [kept] = second.snapshot().outgoing;
    expect(kept?.state).toBe("refused");
    second.retry(kept?.activity.channelData.clientActivityID ?? "");
    await until("the answer", () => textsOf(second).includes("收到：被退回的话"));
  });
});

it("uploads a picture with its name and id, again after a failure, once", async () => {
  const standIn = await server();
  const line = client(standIn);
  await until("the greeting", () => textsOf(line).length === 1 && settled(line));
  standIn.faults.refuseNext.push({ status: 503 });
  standIn.faults.loseAnswers = 1;
  line.sendFile(new File([new Uint8Array([1, 2, 3])], "积水照片.png", { type: "image/png" }));
  await until("the upload is settled", () => settled(line));
  const pictures = line.snapshot().activities.flatMap((activity) => activity.attachments);
  expect(pictures).toEqual([{ kind: "image", url: "data:image/png;base64,AQID", name: "积水照片.png" }]);
});

it("names the choice that a button stands for, and sends a place", async () => {
  const standIn = await server();
  const line = client(standIn);
  line.sendChoice({ choiceId: "intake/confirm", title: "确认提交" });
  line.sendLocation({ latitude: 39.9, longitude: 116.4 });
  await until("both are there", () => settled(line));
  const kept = conversation(standIn);
  expect(kept.find((activity) => activity.text === "确认提交")?.channelData.choiceId).toBe("intake/confirm");
  expect(kept.some((activity) => activity.channelData.location !== undefined)).toBe(true);
});

it("tells that the line is down, and works on when the server is back", async () => {
  const standIn = await server();
  const memory = createMapMemory();
  const line = client(standIn, { memory });
  await until("the greeting", () => textsOf(line).length === 1 && settled(line));
  const { port } = new URL(standIn.baseUrl);
  await standIn.close();
  line.sendText("断网时说的话");
  await until("the line is down", () => line.snapshot().connection === "offline");
  running.standIn = await startStandIn({
    port: Number(port),
    answer: (activity, say) => say({ text: `收到：${activity.text}` }),
  });
  await until("the answer", () => textsOf(line).includes("收到：断网时说的话"));
  expect(line.snapshot().connection).toBe("online");
});
