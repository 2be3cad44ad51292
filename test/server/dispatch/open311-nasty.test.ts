import { afterEach, describe, expect, it } from "vitest";
import { DispatchError } from "../../../bots/errors.ts";
import { createOpen311Dispatch, type Open311DispatchOptions } from "../../../server/dispatch/open311/client.ts";
import { aRequest, movableClock, quiet } from "../desk/fixture.ts";
import { type Mood, openStandIn } from "./stand-in.ts";

let standIn: Awaited<ReturnType<typeof openStandIn>>;
afterEach(() => standIn.close());

async function meet(options: Parameters<typeof openStandIn>[0] = {}, client: Partial<Open311DispatchOptions> = {}) {
  standIn = await openStandIn(options);
  return newClient(client);
}

/** A client without any memory of earlier ones, as after a crash. */
const newClient = (over: Partial<Open311DispatchOptions> = {}) =>
  createOpen311Dispatch({
    baseUrl: standIn.url,
    apiKey: "k",
    clock: movableClock(),
    log: quiet,
    timeoutMs: 300,
    ...over,
  });

const failure = (promise: Promise<unknown>): Promise<DispatchError> =>
  promise.then(
    () => Promise.reject(new Error("it should have failed")),
    (error: unknown) => (error instanceof DispatchError ? error : Promise.reject(error)),
  );

const afterFiling: [string, Mood][] = [
  ["已经立单却答 500", { kind: "status-after-filing", status: 500 }],
  ["已经立单却答 503", { kind: "status-after-filing", status: 503 }],
  ["已经立单却不回答", { kind: "hang-after-filing" }],
  ["已经立单却断开", { kind: "hang-up-after-filing" }],
  ["已经立单却答网页", { kind: "garbage-after-filing" }],
  ["已经立单却答整张列表", { kind: "list-after-filing" }],
];

describe("对方不可靠时，一件诉求仍只有一张工单", () => {
  it.each(afterFiling)("%s：先说没成，再试时找到原来那张", async (_what, mood) => {
    const client = await meet();
    standIn.moods.push(mood);
    const request = aRequest();
    const error = await failure(client.submit(request, request.id));
    expect(error.retryable).toBe(true);
    expect(error.message).not.toContain("大门");
    expect(await client.submit(request, request.id)).toEqual({
      kind: "accepted",
      number: "T1",
      acceptedAt: "2026-03-01T12:00:01.000Z",
    });
    expect(standIn.filed).toHaveLength(1);
  });

  it.each(afterFiling)("%s，而且我们这边重启了", async (_what, mood) => {
    const client = await meet();
    standIn.moods.push(mood);
    const request = aRequest();
    await failure(client.submit(request, request.id));
    expect(await newClient().submit(request, request.id)).toMatchObject({ number: "T1" });
    expect(standIn.filed).toHaveLength(1);
  });

  it("没有立单就断开：再试时才立", async () => {
    const client = await meet();
    standIn.moods.push({ kind: "hang-up" }, { kind: "hang-up" });
    const request = aRequest();
    await failure(client.submit(request, request.id));
    await failure(client.submit(request, request.id));
    expect(await client.submit(request, request.id)).toMatchObject({ number: "T1" });
    expect(standIn.filed).toHaveLength(1);
  });

  it("429 按对方说的时间再试", async () => {
    const client = await meet();
    standIn.moods.push({ kind: "status", status: 429, headers: { "retry-after": "7" } });
    const request = aRequest();
    expect((await failure(client.submit(request, request.id))).retryAfterMs).toBe(7000);
    expect(await client.submit(request, request.id)).toMatchObject({ number: "T1" });
  });

  it("密钥不对是我们的事，不退诉求人的单", async () => {
    const client = await meet();
    standIn.moods.push({ kind: "status", status: 403, body: '[{"code":403,"description":"bad key"}]' });
    const request = aRequest();
    expect((await failure(client.submit(request, request.id))).message).toContain("DISPATCH_API_KEY");
    expect(await client.submit(request, request.id)).toMatchObject({ kind: "accepted" });
  });

  it("对方说明不收，就是不收，原因照转", async () => {
    const client = await meet();
    standIn.moods.push({ kind: "status", status: 400, body: '[{"code":400,"description":"不在受理范围"}]' });
    const request = aRequest();
    expect(await client.submit(request, request.id)).toEqual({ kind: "refused", reason: "不在受理范围" });
  });

  it("地址不对的 404 网页不当作拒收", async () => {
    const client = await meet();
    standIn.moods.push({ kind: "status", status: 404, body: "<h1>nginx</h1>" });
    const request = aRequest();
    expect((await failure(client.submit(request, request.id))).retryable).toBe(true);
  });

  it("同时提交两次同一个键，只发一次", async () => {
    const client = await meet();
    const request = aRequest();
    const [first, second] = await Promise.all([client.submit(request, request.id), client.submit(request, request.id)]);
    expect(first).toEqual(second);
    expect(standIn.filed).toHaveLength(1);
  });

  it("看不到对方有没有收到时，不冒险再发；知道对方认键时才再发", async () => {
    const client = await meet({ canLook: false });
    standIn.moods.push({ kind: "hang-up-after-filing" });
    const request = aRequest();
    await failure(client.submit(request, request.id));
    expect((await failure(client.submit(request, request.id))).retryable).toBe(true);
    expect(standIn.filed).toHaveLength(1);
    const trusting = newClient({ honoursIdempotencyKey: true });
    standIn.moods.push({ kind: "hang-up" });
    await failure(trusting.submit(request, request.id));
    expect(await trusting.submit(request, request.id)).toMatchObject({ kind: "accepted" });
  });

  it("看不到对方的列表，第一次照样能立单", async () => {
    const client = await meet({ canLook: false });
    const request = aRequest();
    expect(await client.submit(request, request.id)).toMatchObject({ kind: "accepted", number: "T1" });
  });
});

describe("先给凭证、后给编号的系统", () => {
  it("凭证换成编号之前一直等着；长内容的后半在有了编号以后补上", async () => {
    const request = aRequest({ description: "长".repeat(6000) });
    const client = await meet({}, { loadRequest: async (id) => (id === request.id ? request : undefined) });
    standIn.moods.push({ kind: "token", ready: false });
    const submission = await client.submit(request, request.id);
    if (submission.kind !== "pending") throw new Error("expected a token");
    expect(await client.numberOf(submission.token)).toEqual(submission);
    standIn.tokens.ready = true;
    expect(await client.numberOf(submission.token)).toMatchObject({ kind: "accepted", number: "T1" });
    expect(standIn.updates).toHaveLength(1);
    expect(standIn.filed).toHaveLength(1);
  });
});

describe("内容一字不丢", () => {
  it("超过四千字的后半作为补充跟上，拼起来就是原文", async () => {
    const client = await meet();
    const text = Array.from({ length: 9000 }, (_, index) =>
      String.fromCodePoint(index % 7 === 0 ? 0x20000 + index : 0x4e00 + index),
    ).join("");
    const request = aRequest({ description: text, wants: undefined, occurredAt: undefined });
    await client.submit(request, request.id);
    const [first] = standIn.filed;
    expect(first?.description.length).toBeLessThanOrEqual(4000);
    expect(first?.description.endsWith(`来源编号：${request.id}`)).toBe(true);
    const start = first?.description.split("\n（内容较长")[0] ?? "";
    const rest = standIn.updates.map((update) =>
      (update.get("description") ?? "").replace(/^【补充】（续\d+\/\d+）/, ""),
    );
    for (const update of standIn.updates) expect(update.get("description")?.length).toBeLessThanOrEqual(4000);
    expect(start + rest.join("")).toBe(`${text}\n诉求类型：投诉`);
  });

  it("发了前半就断开：再试时找到工单，把后半补齐", async () => {
    const client = await meet();
    standIn.moods.push({ kind: "hang-up-after-filing" });
    const request = aRequest({ description: "长".repeat(6000) });
    await failure(client.submit(request, request.id));
    await client.submit(request, request.id);
    expect(standIn.filed).toHaveLength(1);
    expect(standIn.updates).toHaveLength(1);
  });

  it("先给受理凭据、后给编号的，附件链接随后半补齐，一个不少", async () => {
    const evidence = [1, 2, 3].map((n) => ({
      id: `m${n}`,
      mediaType: "image" as const,
      mimeType: "image/png",
      sizeBytes: 1,
    }));
    const request = aRequest({ description: "长".repeat(6000), evidence });
    const client = await meet(
      {},
      {
        mediaUrl: ({ id }) => `https://city.example/media/${id}?k=1`,
        loadRequest: async () => request,
      },
    );
    standIn.moods.push({ kind: "token", ready: true });
    const pending = await client.submit(request, request.id);
    if (pending.kind !== "pending") throw new Error(JSON.stringify(pending));
    expect(standIn.updates).toHaveLength(0);
    await client.numberOf(pending.token);
    const said = standIn.updates.map((update) => update.get("description") ?? "").join("\n");
    for (const id of ["m2", "m3"]) expect(said).toContain(`附件链接：https://city.example/media/${id}?k=1`);
  });

  it("对方没有的属性写进内容里，没有地点也说明", async () => {
    const client = await meet();
    const request = aRequest({ place: undefined });
    await client.submit(request, request.id);
    expect(standIn.filed[0]?.description.split("\n")).toEqual([
      "小区大门坏了一个月，物业一直不修",
      "诉求类型：投诉",
      "发生时间：一个月前",
      "诉求目的：尽快修好大门",
      `来源编号：${request.id}`,
    ]);
    expect(standIn.filed[0]?.fields.get("address_string")).toBe("未提供地点");
    expect(standIn.filed[0]?.fields.get("phone")).toBe("13800138000");
  });

  it("同一件事的原编号写进内容里；对方不会加入，单独立单并照实说", async () => {
    const client = await meet();
    expect(client.joins).toBe(false);
    const again = aRequest({ follows: "GD-1" });
    expect(await client.submit(again, again.id)).not.toHaveProperty("joining");
    const joining = aRequest({ joins: "GD-2" });
    expect(await client.submit(joining, joining.id)).toMatchObject({ kind: "accepted", joining: { kind: "apart" } });
    expect(standIn.filed.map(({ description }) => /相关工单：(.+)/.exec(description)?.[1])).toEqual(["GD-1", "GD-2"]);
  });

  it("对方不懂保密时，不给姓名和电话", async () => {
    const client = await meet();
    const request = aRequest({ kind: "report" });
    await client.submit(request, request.id);
    expect(standIn.filed[0]?.fields.toString()).not.toMatch(/13800138000/);
    expect(standIn.filed[0]?.fields.get("first_name")).toBeNull();
    expect(standIn.filed[0]?.description).toContain("身份保密");
  });

  it("对方没有这个类别时，归到它的其他类", async () => {
    const client = await meet({ services: ["A", "other"] });
    const request = aRequest();
    await client.submit(request, request.id);
    expect(standIn.filed[0]?.service_code).toBe("other");
  });

  it("对方不收补充时如实告知", async () => {
    const client = await meet({ takesUpdates: false });
    expect(await client.act("T1", { kind: "urge" }, "a1")).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("12345"),
    });
  });
});

describe("没有进展接口的系统", () => {
  it("逐张问状态，同样的状态是同一条进展", async () => {
    const client = await meet({}, { openNumbers: async () => ["T1"] });
    const request = aRequest();
    await client.submit(request, request.id);
    const first = await client.updatesSince(null);
    expect(first.updates).toMatchObject([{ number: "T1", status: "accepted" }]);
    expect((await client.updatesSince(first.cursor)).updates.map((update) => update.id)).toEqual(
      first.updates.map((update) => update.id),
    );
    const [row] = standIn.filed;
    if (row) row.status = "closed";
    expect((await client.updatesSince(first.cursor)).updates).toMatchObject([{ number: "T1", status: "closed" }]);
  });
});
