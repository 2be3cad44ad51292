import { describe, expect, it } from "vitest";
import { dayInBeijing } from "../../../knowledge/policies/validity.ts";
import {
  auditView,
  conflictView,
  diffView,
  entryList,
  entryView,
  versionList,
} from "../../../server/http/knowledge/schemas.ts";
import { knowledgeCity, SAUNA, type Who } from "./knowledge-city.ts";

const city = knowledgeCity();
const { get, post, put, call, entry, advance, publish, ask } = city;

const QUESTION = "公共桑拿房几点开门？";

describe("谁可以", () => {
  it("没有登录是 401，接待员是 403，编辑可以看", async () => {
    expect((await call("GET", "/knowledge/entries")).status).toBe(401);
    expect((await get("/entries", "wang")).status).toBe(403);
    expect((await get("/entries", "ed")).status).toBe(200);
  });

  it("编辑不能审核，审核员不能发布；回答里说得出谁可以", async () => {
    const id = await entry("review");
    const approve = await post(`/entries/${id}/versions/1/approve`, "ed2");
    expect(approve.status).toBe(403);
    expect(approve.body.error.message).toBe("审核要由审核员来做。可以做的有：管理员、潘发布、裴发布、任审核。");
    const published = await publish(id, 1, "rev");
    expect(published.status).toBe(403);
    expect(published.body.error.message).toContain("发布要由发布员来做。可以做的有：管理员、潘发布、裴发布");
    expect((await post(`/entries/${id}/withdraw`, "rev", { note: "错" })).status).toBe(403);
  });

  it("谁也不能审核、发布自己写的，管理员也不行；在别人的稿子上改过一句也算写过", async () => {
    for (const who of ["pub", "admin"] as Who[]) {
      const made = await post("/entries", who, { ...SAUNA, id: `of-${who}` });
      await post(`/entries/of-${who}/versions/1/submit`, who);
      expect(made.status).toBe(201);
      const own = await post(`/entries/of-${who}/versions/1/approve`, who);
      expect(own).toMatchObject({ status: 403, body: { error: { code: "own-version" } } });
      expect(own.body.error.message).toMatch(/这一版您自己写过，要由另一个人来审核。可以做的有：/);
      expect(own.body.error.message).not.toContain(who === "pub" ? "潘发布" : "管理员");
      expect((await publish(`of-${who}`, 1, who)).body.error.code).toBe("own-version");
    }
    const id = await entry("draft");
    await put(`/entries/${id}`, "rev", { base: 1, content: { ...SAUNA, text: "早上九点。" } });
    await put(`/entries/${id}`, "ed2", { base: 2, content: { ...SAUNA, text: "早上九点开门。" } });
    await post(`/entries/${id}/versions/3/submit`, "ed2");
    expect((await post(`/entries/${id}/versions/3/approve`, "rev")).body.error.code).toBe("own-version");
    expect((await post(`/entries/${id}/versions/3/approve`, "pub")).status).toBe(200);
  });

  it("说得出登录的人现在能做什么", async () => {
    const id = await entry("review");
    const may = async (who: Who) => (await get(`/entries/${id}`, who)).body.may;
    expect(await may("ed")).toEqual(["save"]);
    expect(await may("rev")).toEqual(["save", "approve", "reject"]);
    expect(await may("pub")).toEqual(["save", "approve", "reject", "publish", "schedule"]);
  });
});

describe("从草稿到停用", () => {
  it("草稿答不到市民，发布后答得到，停用后马上答不到", async () => {
    const id = await entry("approved");
    expect(await ask(QUESTION)).not.toContain("早上八点");
    const published = await publish(id, 1);
    expect(entryView.strict().safeParse(published.body).error).toBeUndefined();
    expect(published.body).toMatchObject({
      status: "published",
      shown: { version: 1 },
      may: ["save", "withdraw", "correct"],
    });
    expect(await ask(QUESTION)).toContain("早上八点");
    expect((await post(`/entries/${id}/withdraw`, "pub", { note: "  " })).status).toBe(400);
    expect((await post(`/entries/${id}/withdraw`, "pub", { note: "桑拿房关了" })).body.status).toBe("withdrawn");
    expect(await ask(QUESTION)).not.toContain("早上八点");
    expect((await post(`/entries/${id}/withdraw`, "pub", { note: "再停一次" })).body.error.message).toBe(
      "现在是“已停用”，不能停用。",
    );
  });

  it("已发布的旁边可以有新草稿；发布新版以后按新版答，旧版还在", async () => {
    const id = await entry("published");
    const changed = { ...SAUNA, text: "公共桑拿房每天上午十点开门。" };
    expect((await put(`/entries/${id}`, "ed", { base: 1, content: changed })).body).toMatchObject({
      status: "published",
      shown: { version: 1, state: "published" },
      head: { version: 2, state: "draft", base: 1 },
    });
    expect(await ask(QUESTION)).toContain("早上八点");
    await advance(id, 2, "published");
    expect(await ask(QUESTION)).toContain("上午十点");
    const versions = await get(`/entries/${id}/versions`);
    expect(versionList.safeParse(versions.body).error).toBeUndefined();
    expect(
      versions.body.versions.map((one: { version: number; state: string }) => `${one.version} ${one.state}`),
    ).toEqual(["2 published", "1 superseded"]);
    expect((await get(`/entries/${id}/versions/1`)).body.content.text).toContain("早上八点");
    const diff = await get(`/entries/${id}/diff?from=1&to=2`);
    expect(diffView.safeParse(diff.body).error).toBeUndefined();
    expect(diff.body.changes).toHaveLength(1);
    expect(diff.body.changes[0].pieces.filter((piece: { kind: string }) => piece.kind === "added")).toHaveLength(1);
  });

  it("退回要写理由，退回后又是草稿，可以改了再交", async () => {
    const id = await entry("review");
    expect((await post(`/entries/${id}/versions/1/reject`, "rev")).body.error.message).toContain("理由");
    expect((await post(`/entries/${id}/versions/1/reject`, "rev", { note: "缺周末的时间" })).body.head.state).toBe(
      "draft",
    );
    await put(`/entries/${id}`, "ed", { base: 1, content: { ...SAUNA, text: "周末上午九点。" } });
    await advance(id, 2, "approved");
    expect((await get(`/entries/${id}`)).body.head).toMatchObject({ version: 2, state: "approved" });
  });

  it("缺依据、缺正文的草稿可以存，交不了", async () => {
    const { body } = await post("/entries", "ed", { question: "几点开门" });
    const submitted = await post(`/entries/${body.id}/versions/1/submit`, "ed");
    expect(submitted.status).toBe(400);
    expect(submitted.body.error.message).toBe("还不能提交：正文没有填；没有写依据，没有依据的内容不能答复市民。");
  });

  it("每一步都留下谁、何时、从什么到什么", async () => {
    const id = await entry("published");
    await post(`/entries/${id}/withdraw`, "pub", { note: "关了" });
    const audit = await get(`/entries/${id}/audit`);
    expect(auditView.safeParse(audit.body).error).toBeUndefined();
    const lines = audit.body.lines.map(
      (line: { by: { name: string }; deed: string; from?: string; to?: string }) =>
        `${line.by.name} ${line.deed} ${line.from ?? ""}>${line.to}`,
    );
    expect(lines).toEqual([
      "潘发布 withdraw published>withdrawn",
      "潘发布 publish approved>published",
      "任审核 approve review>approved",
      "艾编辑 submit draft>review",
      "艾编辑 save >draft",
    ]);
    expect(audit.body.lines[0].note).toBe("关了");
    expect((await get(`/entries/${id}/audit?by=rev`)).body.lines).toHaveLength(1);
    expect((await get("/audit?by=pub&limit=1")).body.lines).toMatchObject([{ entryId: id, deed: "withdraw" }]);
    expect((await get(`/entries/${id}/audit?limit=2`)).body.lines).toHaveLength(2);
    const [, second] = (await get(`/entries/${id}/audit?limit=2`)).body.lines;
    expect((await get(`/entries/${id}/audit?before=${second.seq}`)).body.lines[0].deed).toBe("approve");
  });

  it("导入的条目是第 1 版，有一条导入的记录", async () => {
    const { body } = await get("/entries?q=失业金");
    const { id } = body.entries[0];
    expect((await get(`/entries/${id}`)).body).toMatchObject({ shown: { version: 1, author: { name: "导入" } } });
    expect((await get(`/entries/${id}/audit`)).body.lines).toMatchObject([{ deed: "import", to: "published" }]);
  });
});

describe("两个人同时改", () => {
  it("后保存的人得到 409，看得到别人改了什么，自己写的没有丢，接着保存就成", async () => {
    const id = await entry("draft");
    const theirs = { ...SAUNA, text: "公共桑拿房每天早上七点开门。" };
    const mine = { ...SAUNA, similar: ["桑拿几点开"] };
    await put(`/entries/${id}`, "ed2", { base: 1, content: theirs });
    const late = await put(`/entries/${id}`, "ed", { base: 1, content: mine });
    expect(late.status).toBe(409);
    expect(conflictView.safeParse(late.body).error).toBeUndefined();
    expect(late.body.error.message).toMatch(/毕编辑在您编辑期间保存了第 2 版。您的内容已另存为第 3 版，没有丢失/);
    expect(late.body.changed).toMatchObject([{ field: "text" }]);
    expect((await get(`/entries/${id}/versions/3`)).body).toMatchObject({
      state: "aside",
      content: { similar: ["桑拿几点开"] },
    });
    expect((await get(`/entries/${id}`)).body.head.version).toBe(2);
    expect((await put(`/entries/${id}`, "ed", { base: 1, content: mine })).body.yours).toBe(3);
    const again = await put(`/entries/${id}`, "ed", { base: 2, content: { ...theirs, ...mine, text: theirs.text } });
    expect(again.body.head).toMatchObject({ version: 4, base: 2, writers: [{ name: "艾编辑" }, { name: "毕编辑" }] });
  });

  it("真的同时：一个成，一个 409，两份内容都在", async () => {
    const id = await entry("draft");
    const texts = ["甲说七点。", "乙说八点。"];
    const answers = await Promise.all(
      texts.map((text, i) => put(`/entries/${id}`, i === 0 ? "ed" : "ed2", { base: 1, content: { ...SAUNA, text } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { versions } = (await get(`/entries/${id}/versions`)).body;
    const kept = await Promise.all(
      versions.map(
        async ({ version }: { version: number }) => (await get(`/entries/${id}/versions/${version}`)).body.content.text,
      ),
    );
    expect(kept).toEqual(expect.arrayContaining(texts));
  });

  it("同一个保存发了两次，只算一次", async () => {
    const id = await entry("draft");
    const save = { base: 1, content: { ...SAUNA, text: "改了。" } };
    const answers = await Promise.all([put(`/entries/${id}`, "ed", save), put(`/entries/${id}`, "ed", save)]);
    expect(answers.map(({ status, body }) => `${status} ${body.head?.version}`)).toEqual(["200 2", "200 2"]);
    expect((await get(`/entries/${id}/versions`)).body.versions).toHaveLength(2);
  });

  it("两个发布员同时发布：一个成，一个 409", async () => {
    const id = await entry("approved");
    const { edit } = (await get(`/entries/${id}`)).body;
    const answers = await Promise.all(
      (["pub", "pub2"] as const).map((who) => post(`/entries/${id}/versions/1/publish`, who, { edit })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lines = (await get(`/entries/${id}/audit`)).body.lines.filter(
      (line: { deed: string }) => line.deed === "publish",
    );
    expect(lines).toHaveLength(1);
  });

  it("一个停用、一个发布新版同时来：看到的是停用以前的，发布就不做", async () => {
    const id = await entry("published");
    await put(`/entries/${id}`, "ed", { base: 1, content: { ...SAUNA, text: "新的说法。" } });
    await advance(id, 2, "approved");
    const { edit } = (await get(`/entries/${id}`)).body;
    const [withdrawn, published] = await Promise.all([
      post(`/entries/${id}/withdraw`, "pub", { note: "先停" }),
      post(`/entries/${id}/versions/2/publish`, "pub2", { edit }),
    ]);
    const { status } = (await get(`/entries/${id}`)).body;
    expect(withdrawn.status).toBe(200);
    expect([200, 409]).toContain(published.status);
    expect(status).toBe("withdrawn");
    expect(await ask(QUESTION)).not.toMatch(/新的说法|早上八点/);
  });
});

describe("定时发布和到期", () => {
  const HOUR_MS = 3_600_000;
  const inHours = (hours: number) => new Date(city.clock().now().getTime() + hours * HOUR_MS).toISOString();
  const today = () => dayInBeijing(city.clock().now());

  it("到时自动发布，重启以后也一样，只发布一次", async () => {
    const id = await entry("approved");
    const scheduled = await publish(id, 1, "pub", { publishAt: inHours(2) });
    expect(scheduled.body).toMatchObject({ status: "draft", head: { state: "scheduled" }, scheduled: { version: 1 } });
    const { life } = city.house().knowledgeRooms;
    expect(await life.sweep()).toBe(0);
    await city.reopen();
    expect(await city.house().knowledgeRooms.life.sweep()).toBe(0);
    city.pass(2 * HOUR_MS);
    const rooms = city.house().knowledgeRooms;
    expect((await Promise.all([rooms.life.sweep(), rooms.life.sweep()])).sort()).toEqual([0, 1]);
    expect((await get(`/entries/${id}`)).body).toMatchObject({ status: "published", shown: { version: 1 } });
    expect((await get(`/entries/${id}/audit`)).body.lines[0]).toMatchObject({
      by: { name: "系统定时" },
      deed: "publish",
    });
    expect(await ask(QUESTION)).toContain("早上八点");
  });

  it("取消了的、停用时停下的，到时不发布；过去的时间不收", async () => {
    const id = await entry("approved");
    expect((await publish(id, 1, "pub", { publishAt: inHours(-1) })).body.error.message).toContain("晚于现在");
    await publish(id, 1, "pub", { publishAt: inHours(2) });
    expect((await post(`/entries/${id}/versions/1/unschedule`, "pub2")).body.head.state).toBe("approved");
    await publish(id, 1);
    await put(`/entries/${id}`, "ed", { base: 1, content: { ...SAUNA, text: "新的说法。" } });
    await advance(id, 2, "approved");
    await publish(id, 2, "pub", { publishAt: inHours(2) });
    await post(`/entries/${id}/withdraw`, "pub", { note: "错了" });
    city.pass(3 * HOUR_MS);
    expect(await city.house().knowledgeRooms.life.sweep()).toBe(0);
    expect((await get(`/entries/${id}`)).body).toMatchObject({ status: "withdrawn", head: { state: "approved" } });
  });

  it("定时以后有了更新的草稿，定时的照发，草稿留着；更新的先发布了，定时的就不发", async () => {
    const id = await entry("approved");
    await publish(id, 1, "pub", { publishAt: inHours(2) });
    await put(`/entries/${id}`, "ed", { base: 1, content: { ...SAUNA, text: "更新的。" } });
    expect((await get(`/entries/${id}`)).body).toMatchObject({ scheduled: { version: 1 }, head: { version: 2 } });
    await advance(id, 2, "published");
    city.pass(3 * HOUR_MS);
    expect(await city.house().knowledgeRooms.life.sweep()).toBe(0);
    expect((await get(`/entries/${id}`)).body.shown.version).toBe(2);
  });

  it("过了最后一天就到期，当天还能答", async () => {
    const id = await entry("published", { validTo: today() });
    expect(await ask(QUESTION)).toContain("早上八点");
    city.pass(24 * HOUR_MS);
    expect(await ask(QUESTION)).not.toContain("早上八点");
    await city.house().knowledgeRooms.life.sweep();
    expect((await get(`/entries/${id}`)).body).toMatchObject({ status: "expired", shown: { state: "expired" } });
    expect((await get("/entries?status=expired")).body.entries.map((one: { id: string }) => one.id)).toEqual([id]);
  });

  it("有效期已经过了的发布不了", async () => {
    const id = await entry("approved", { validTo: today() });
    city.pass(48 * HOUR_MS);
    expect((await publish(id, 1)).body.error.message).toContain("有效期到那时已经过了");
  });
});

describe("查条目", () => {
  it("草稿也查得到，按状态、部门、地区、复核日期筛", async () => {
    const id = await entry("draft", { owner: "市商务局", region: "朝阳区", audience: "个人", reviewOn: "2026-12-01" });
    const found = await get("/entries?q=桑拿房 八点");
    expect(entryList.safeParse(found.body).error).toBeUndefined();
    expect(found.body.entries[0]).toMatchObject({ id, status: "draft", author: { name: "艾编辑" } });
    const ids = async (query: string) =>
      (await get(`/entries?${query}`)).body.entries.map((one: { id: string }) => one.id);
    expect(await ids("owner=市商务局")).toEqual([id]);
    expect(await ids("region=朝阳区&audience=个人&status=draft")).toEqual([id]);
    expect(await ids("reviewBy=2026-12-31")).toEqual([]);
    await advance(id, 1, "published");
    expect(await ids("reviewBy=2026-12-31")).toEqual([id]);
    expect(await ids("reviewBy=2026-11-30")).toEqual([]);
    expect(await ids("status=published&q=桑拿")).toEqual([id]);
    expect((await get("/entries?pageSize=5&page=2")).body.entries).toHaveLength(5);
  });
});

describe("坏的输入", () => {
  it("说得出哪里不对，什么也不改", async () => {
    const id = await entry("draft");
    const bad: [Promise<{ status: number; body: { error: { message: string } } }>, number, RegExp][] = [
      [put(`/entries/${id}`, "ed", { base: 0, content: SAUNA }), 400, /base/],
      [put(`/entries/${id}`, "ed", { base: 1, content: { ...SAUNA, validTo: "明年" } }), 400, /日期要写成/],
      [
        put(`/entries/${id}`, "ed", { base: 1, content: { ...SAUNA, source: { title: "a", url: "javascript:x" } } }),
        400,
        /网址/,
      ],
      [put("/entries/nothing", "ed", { base: 1, content: SAUNA }), 404, /没有找到/],
      [post("/entries", "ed", { ...SAUNA, id }), 409, /已经有条目/],
      [post(`/entries/${id}/versions/9/submit`, "ed"), 404, /没有找到/],
      [post(`/entries/${id}/versions/1e1/submit`, "ed"), 404, /没有找到/],
      [post(`/entries/${id}/versions/1/publish`, "pub"), 400, /edit/],
      [post(`/entries/${id}/versions/1/publish`, "pub", { edit: 1, publishAt: "明天" }), 400, /发布时间/],
      [get(`/entries/${id}/diff?from=1&to=7`), 404, /没有找到/],
      [get(`/entries/${id}/diff?from=1`), 400, /to/],
      [get("/entries?page=-1"), 400, /page/],
      [get("/entries?status=abc"), 400, /status/],
      [call("GET", "/knowledge/entries/nothing", "ed"), 404, /没有找到/],
    ];
    for (const [answer, status, message] of bad) {
      const given = await answer;
      expect(given.status).toBe(status);
      expect(given.body.error.message).toMatch(message);
    }
    expect((await call("PUT", `/knowledge/entries/${id}`, "ed", "{")).status).toBe(400);
    expect((await get(`/entries/${id}/versions`)).body.versions).toHaveLength(1);
  });
});
