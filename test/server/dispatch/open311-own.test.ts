import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DispatchClient } from "../../../bots/ports.ts";
import { createOpen311Dispatch } from "../../../server/dispatch/open311/client.ts";
import { createOpen311Router } from "../../../server/http/open311/router.ts";
import { admin, aRequest, openTestDesk, quiet, type TestDesk } from "../desk/fixture.ts";
import { serve } from "../desk/serve.ts";

describe.each(["json", "xml"] as const)("两个安装之间，用 %s", (format) => {
  let city: TestDesk;
  let server: Awaited<ReturnType<typeof serve>>;
  let client: DispatchClient;

  beforeEach(async () => {
    city = openTestDesk();
    const { desk, clock } = city;
    server = await serve({ "/open311/v2": createOpen311Router({ desk, apiKeys: ["k"], clock, log: quiet }) });
    client = createOpen311Dispatch({ baseUrl: `${server.url}/open311/v2/`, apiKey: "k", clock, log: quiet, format });
  });
  afterEach(() => server.close());

  const submit = async (over: Parameters<typeof aRequest>[0] = {}) => {
    const request = aRequest(over);
    const submission = await client.submit(request, request.id);
    if (submission.kind !== "accepted") throw new Error(JSON.stringify(submission));
    return submission.number;
  };

  it("诉求原样到达，派到同样的单位", async () => {
    const number = await submit({ description: '门<坏>了 & "没人"修\n第二行' });
    const ticket = city.desk.ticket(number)?.ticket;
    expect(ticket).toMatchObject({
      kind: "complaint",
      unit: { id: "110105026" },
      second: { id: "110105-zhujian" },
      contact: { name: "张小明", phone: "13800138000" },
      body: { occurredAt: "一个月前", wants: "尽快修好大门" },
    });
    expect(ticket?.body.description).toContain('门<坏>了 & "没人"修\n第二行\n来源编号：');
  });

  it("举报人的身份到了对方仍然保密", async () => {
    const number = await submit({ kind: "report" });
    expect(city.desk.ticket(number)?.ticket).toMatchObject({ confidential: true, contact: { phone: "13800138000" } });
  });

  it("同一件再提交，还是那张", async () => {
    const request = aRequest();
    const first = await client.submit(request, request.id);
    expect(await client.submit(request, "another key")).toMatchObject({ number: (first as { number: string }).number });
    expect(city.desk.lists.tickets(admin, { state: "all", page: 1, pageSize: 1 }).total).toBe(1);
  });

  it("几千张里也找得到自己那张", async () => {
    const request = aRequest();
    const first = await client.submit(request, request.id);
    for (let index = 0; index < 1100; index += 1) {
      if (index % 100 === 0) city.clock.forward(60_000);
      await city.desk.submit(aRequest(), `k${index}`);
    }
    expect(await client.submit(request, "another key")).toMatchObject({ number: (first as { number: string }).number });
  });

  it("进展一条一条回来，读过的不再来", async () => {
    const number = await submit();
    const first = await client.updatesSince(null);
    expect(first.updates.map((update) => update.status)).toEqual(["accepted", "dispatched"]);
    expect(first.updates[1]).toMatchObject({ number, unit: "望京街道办事处", dueAt: "2026-03-08T12:00:00.000Z" });
    city.clock.forward(30_000);
    await city.desk.handle(admin, number, "accept");
    await city.desk.handle(admin, number, "reply", "正在修 <大门>");
    const second = await client.updatesSince(first.cursor);
    expect(second.updates).toMatchObject([{ status: "in-progress" }, { status: "replied", text: "正在修 <大门>" }]);
    expect((await client.updatesSince(second.cursor)).updates).toEqual([]);
  });

  it("停了半年再来，也不漏", async () => {
    const number = await submit();
    const { cursor } = await client.updatesSince(null);
    city.clock.forward(10 * 86_400_000);
    await city.desk.handle(admin, number, "accept");
    city.clock.forward(170 * 86_400_000);
    await city.desk.handle(admin, number, "close", "好");
    expect((await client.updatesSince(cursor)).updates.map((update) => update.status)).toEqual([
      "in-progress",
      "closed",
    ]);
  });

  it("催办、长补充、撤回都到，重复的不算；办结以后说明原因", async () => {
    const number = await submit();
    await client.act(number, { kind: "urge", text: "快" }, "a");
    await client.act(number, { kind: "urge", text: "快" }, "a");
    await client.act(number, { kind: "supplement", text: "补".repeat(9000) }, "b");
    expect(city.desk.ticket(number)?.ticket.urges).toBe(1);
    const supplements = city.desk.ticket(number)?.events.filter((event) => event.kind === "supplemented") ?? [];
    expect(supplements.map((event) => event.text?.match(/补/g)?.length ?? 0).reduce((sum, one) => sum + one, 0)).toBe(
      9000,
    );
    expect(await client.act(number, { kind: "withdraw", reason: "已解决" }, "c")).toEqual({ kind: "accepted" });
    expect(await client.act(number, { kind: "urge" }, "d")).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("撤回"),
    });
  });

  it("补充的附件以链接到达，每个一次，长短都不截断", async () => {
    const number = await submit();
    const media = Array.from({ length: 20 }, (_, index) => ({
      id: `m${index}`,
      mediaType: "image" as const,
      mimeType: "image/jpeg",
      sizeBytes: 1,
    }));
    const linking = createOpen311Dispatch({
      baseUrl: `${server.url}/open311/v2/`,
      apiKey: "k",
      clock: city.clock,
      log: quiet,
      format,
      mediaUrl: ({ id }) => `https://city.example/media/${id}?k=${"s".repeat(60)}-${id}.`,
    });
    await linking.act(number, { kind: "supplement", text: "又堆高了", media: media.slice(0, 2) }, "short");
    await linking.act(number, { kind: "supplement", text: "补".repeat(3800), media }, "long");
    await client.act(number, { kind: "supplement", text: "", media }, "no address");
    const texts = city.desk.ticket(number)?.events.flatMap((event) => event.text ?? []) ?? [];
    const addresses = (text: string) => text.match(/https:\S+\.(?=\s|$)/g) ?? [];
    const short = texts.find((text) => text.startsWith("又堆高了")) ?? "";
    expect(addresses(short)).toHaveLength(2);
    const long = texts.filter((text) => text !== short).flatMap(addresses);
    expect(new Set(long).size).toBe(20);
    expect(long).toHaveLength(20);
    expect(texts.at(-1)).toBe("附件：20个，保存在来源系统");
  });

  it("长诉求分开到达，合起来不少一字", async () => {
    const number = await submit({ description: "长".repeat(10_000) });
    const found = city.desk.ticket(number);
    const texts = [found?.ticket.body.description, ...(found?.events.map((event) => event.text) ?? [])].join("");
    expect(texts.match(/长{3,}/g)?.join("").length).toBe(10_000);
  });
});
