import { describe, expect, it } from "vitest";
import { answeredView, correctionView } from "../../../server/http/knowledge/schemas.ts";
import { knowledgeCity, SAUNA } from "./knowledge-city.ts";

const city = knowledgeCity();
const { get, post, put, entry, advance, ask, press, heard } = city;

const QUESTION = "公共桑拿房几点开门？";
let citizens = 0;
const citizen = () => `answered-${++citizens}`;
const key = () => crypto.randomUUID();

/** Published twice: who asked before the second time was told of eight o'clock. */
async function corrected(asked: string[]): Promise<string> {
  const id = await entry("published");
  for (const each of asked) expect(await ask(QUESTION, each)).toContain("早上八点");
  await put(`/entries/${id}`, "ed", { base: 1, content: { ...SAUNA, text: "公共桑拿房每天上午十点开门。" } });
  await advance(id, 2, "published");
  return id;
}

describe("停用的答不出来", () => {
  it("别的进程停用、这里还不知道时算出的答复，提交时重新算", async () => {
    const id = await entry("published");
    expect(await ask(QUESTION)).toContain("早上八点");
    await city.house().knowledgeStore.withdraw(id);
    // The clock stands still, so this process would not look again by itself.
    expect((await city.house().knowledge.answer(QUESTION, city.clock().now())).kind).toBe("answered");
    const said = await ask(QUESTION);
    expect(said).not.toContain("早上八点");
    expect(said).toContain("不敢随便答");
  });

  it("后来才按的按钮、再说一遍，都不再说停用的内容", async () => {
    const id = await entry("published");
    const from = citizen();
    expect(await ask(QUESTION, from)).toContain("早上八点");
    expect(await ask("再说一遍", from)).toContain("早上八点");
    await post(`/entries/${id}/withdraw`, "pub", { note: "关了" });
    expect(await ask("再说一遍", from)).toMatch(/刚刚修改或停用.*请把问题再写一次/);
    expect(await press(`question/show/${id}`, from)).toContain("这条内容已经停用或过期");
  });

  it("改了版，再说一遍也不说旧的", async () => {
    const from = citizen();
    await corrected([from]);
    expect(await ask("再说一遍", from)).toContain("刚刚修改或停用");
    expect(await ask(QUESTION, from)).toContain("上午十点");
  });
});

describe("谁按哪一版得到的答复", () => {
  it("数得出各版的次数和对话数，看不到是谁", async () => {
    const [first, second] = [citizen(), citizen()];
    const id = await corrected([first, first, second]);
    await ask(QUESTION, citizen());
    const answered = await get(`/entries/${id}/answered`);
    expect(answeredView.strict().safeParse(answered.body).error).toBeUndefined();
    expect(answered.body.counts).toEqual([
      { version: 2, channel: "terminal", answers: 1, conversations: 1 },
      { version: 1, channel: "terminal", answers: 3, conversations: 2 },
    ]);
    expect((await get(`/entries/${id}/answered?version=2`)).body.counts).toHaveLength(1);
    expect(JSON.stringify(answered.body)).not.toContain(first);
  });
});

describe("更正", () => {
  const words = "开门时间已改为上午十点。";
  const told = (from: string) => heard(from).filter(({ text }) => text.includes(words));

  it("按旧版答复过的每个对话得到一次，带标题和依据；按新版答复过的没有", async () => {
    const [old, both, other] = [citizen(), citizen(), citizen()];
    const id = await corrected([old, old, both]);
    expect(await ask(QUESTION, both)).toContain("上午十点");
    await ask("公积金怎么提取", other);
    const wish = { key: key(), text: words };
    const pushed = await post(`/entries/${id}/corrections`, "pub", wish);
    expect(correctionView.safeParse(pushed.body).error).toBeUndefined();
    expect(pushed).toMatchObject({ status: 200, body: { conversations: 1 } });
    await city.house().idle();
    expect(told(old)).toHaveLength(1);
    expect(told(old)[0]?.text).toMatch(/公共桑拿房几点开门[\s\S]*更正[\s\S]*依据：《桑拿房管理办法》第三条/);
    expect([told(both), told(other)]).toEqual([[], []]);
    await post(`/entries/${id}/corrections`, "pub", wish);
    await Promise.all([1, 2].map(() => post(`/entries/${id}/corrections`, "pub2", { key: key(), text: words })));
    await city.house().idle();
    expect(told(old)).toHaveLength(1);
    const audit = await get(`/entries/${id}/audit`);
    expect(audit.body.lines.filter((line: { deed: string }) => line.deed === "correct")[0].note).toContain("个对话");
  });

  it("进程在中间停了，起来以后接着告诉，一个也不少、不多", async () => {
    const all = Array.from({ length: 5 }, citizen);
    const id = await corrected(all);
    const { corrections } = city.house().store;
    const which = { id: `${id}:half`, entryId: id, version: 2, oldest: 1, newest: 1, words, by: "pub" };
    await city.house().database.write(() => {
      corrections.begin(which, city.clock().now());
      corrections.carryOn(which, { kind: "text", text: words }, 2);
    });
    await city.house().knowledgeRooms.sweep();
    await city.house().idle();
    expect(all.map((each) => told(each).length)).toEqual([1, 1, 1, 1, 1]);
    await city.house().knowledgeRooms.sweep();
    await city.house().idle();
    expect(all.map((each) => told(each).length)).toEqual([1, 1, 1, 1, 1]);
  });

  it("只有发布员可以；停用的条目、空的内容不行", async () => {
    const id = await corrected([citizen()]);
    const wish = { key: key(), text: words };
    expect((await post(`/entries/${id}/corrections`, "rev", wish)).status).toBe(403);
    expect((await post(`/entries/${id}/corrections`, "pub", { key: key(), text: " " })).status).toBe(400);
    expect((await post("/entries/nothing/corrections", "pub", wish)).status).toBe(404);
    await post(`/entries/${id}/withdraw`, "pub", { note: "关了" });
    expect((await post(`/entries/${id}/corrections`, "pub", wish)).body.error.message).toBe(
      "现在是“已停用”，不能推送更正。",
    );
  });
});

describe("问过的问题", () => {
  it("留一个月，封存，看不出是谁问的；每天的次数一直留着", async () => {
    await entry("published");
    const { asked } = city.house().store;
    const { database } = city.house();
    const now = city.clock().now();
    const from = citizen();
    await ask(QUESTION, from);
    await press(`question/unhelpful/whatever`, from);
    await ask("火星移民的户口怎么迁", from);
    const kept = asked.since(now, ["answered", "unsure", "unhelpful"], 3);
    expect(kept.map(({ outcome, question }) => `${outcome} ${question}`).sort()).toEqual([
      `answered ${QUESTION}`,
      `unhelpful ${QUESTION}`,
      "unsure 火星移民的户口怎么迁",
    ]);
    expect(kept.find(({ outcome }) => outcome === "answered")?.from?.version).toBe(1);
    const rows = database.raw.prepare("SELECT * FROM knowledge_questions").all();
    expect(JSON.stringify(rows)).not.toContain(from);
    expect(
      Buffer.concat(
        database.raw.prepare<[], Buffer>("SELECT question FROM knowledge_questions").pluck().all(),
      ).includes("桑拿"),
    ).toBe(false);
    city.pass(31 * 24 * 3_600_000);
    await city.house().knowledgeRooms.sweep();
    expect(asked.since(new Date(0), ["answered", "unsure", "unhelpful"], 9)).toEqual([]);
    expect(asked.days("2026-01-01", "2027-12-31")[0]).toMatchObject({ unsure: expect.any(Number) });
  });
});
