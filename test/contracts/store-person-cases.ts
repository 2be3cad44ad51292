import { expect, it } from "vitest";
import type { AccountDeed, ConversationRef } from "../../bots/model/index.ts";
import type { Store } from "../../bots/ports.ts";
import { drain, filed, freshId, li, request, text, turn, update, zhang } from "./samples.ts";

const onTelegram: ConversationRef = { channel: "telegram", conversationId: "t-zhang", userId: "t-zhang" };
const onLine: ConversationRef = { channel: "line", conversationId: "l-zhang", userId: "l-zhang" };
const onWechat: ConversationRef = { channel: "wechat", conversationId: "w-zhang", userId: "w-zhang" };
const accountOf = ({ channel, userId }: ConversationRef) => ({ channel, userId });

const MINUTE_MS = 60_000;

export function personCases(store: () => Store): void {
  const now = () => new Date();
  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS);

  async function deeds(from: ConversationRef, ...all: AccountDeed[]) {
    const { revision } = await store().loadConversation(from);
    const effects = all.map((deed) => ({ kind: "account" as const, deed }));
    return store().commitTurn(turn(from, revision, { effects }));
  }
  const offer = (from: ConversationRef, code: string, until = inMinutes(10)) =>
    deeds(from, { kind: "offer", code, until: until.toISOString() });
  const look = (by: ConversationRef, typed: string, at = now()) => store().lookAtCode(by, { typed }, at);
  async function link(by: ConversationRef, code: string) {
    const found = await look(by, code);
    if (found.kind !== "good") throw new Error(`the code is ${found.kind}`);
    return deeds(by, { kind: "link", codeId: found.codeId, tell: text("已关联") });
  }
  async function linked(one: ConversationRef, other: ConversationRef) {
    const code = freshId("CODE");
    await offer(one, code);
    expect(await link(other, code)).toBe("committed");
    await drain(store());
  }

  it("an account that was never linked is a person by itself", async () => {
    expect(await store().accountsOf(zhang)).toEqual([accountOf(zhang)]);
    expect(await store().accountActs(zhang)).toEqual([]);
  });

  it("a code that is brought by another account names its channel, and makes both one person", async () => {
    await offer(zhang, "K7QM3XPD");
    expect(await look(onTelegram, "K7QM3XPD")).toEqual({ kind: "good", codeId: expect.any(String), channel: "web" });
    expect(await link(onTelegram, "K7QM3XPD")).toBe("committed");
    expect(await store().accountsOf(zhang)).toEqual([accountOf(zhang), accountOf(onTelegram)]);
    expect(await store().accountsOf(onTelegram)).toEqual([accountOf(onTelegram), accountOf(zhang)]);
    expect(await store().accountsOf(li)).toEqual([accountOf(li)]);
  });

  it("only the digest of a code is kept: the id that stands for it is not the code", async () => {
    await offer(zhang, "K7QM3XPD");
    const found = await look(onTelegram, "K7QM3XPD");
    expect(found.kind === "good" && found.codeId).not.toContain("K7QM3XPD");
    expect(await store().lookAtCode(onTelegram, { codeId: "K7QM3XPD" }, now())).toEqual({ kind: "unknown" });
  });

  it("the account that offered the code hears of the link, once", async () => {
    await offer(zhang, "K7QM3XPD");
    await link(onTelegram, "K7QM3XPD");
    expect(await drain(store())).toMatchObject([
      { laneId: "conversation:web:c-zhang", work: { kind: "say", to: zhang, message: text("已关联") } },
    ]);
  });

  it("wrong, used, replaced and expired codes look the same", async () => {
    await offer(zhang, "OLD");
    await offer(zhang, "NEW");
    await offer(li, "SHORT", inMinutes(10));
    expect(await look(onTelegram, "OLD")).toEqual({ kind: "unknown" });
    expect(await look(onTelegram, "SHORT", inMinutes(11))).toEqual({ kind: "unknown" });
    await link(onTelegram, "NEW");
    expect(await look(onLine, "NEW")).toEqual({ kind: "unknown" });
    expect(await look(onLine, "NEVER")).toEqual({ kind: "unknown" });
  });

  it("one's own code links nothing, and neither does one of an account that is linked already", async () => {
    await offer(zhang, "FIRST");
    expect(await look(zhang, "FIRST")).toEqual({ kind: "own" });
    await link(onTelegram, "FIRST");
    await offer(zhang, "SECOND");
    expect(await look(onTelegram, "SECOND")).toEqual({ kind: "linked", channel: "web" });
  });

  it("of two accounts that bring the same code at the same time one wins, the other's turn is stale", async () => {
    await offer(zhang, "K7QM3XPD");
    const results = await Promise.all([link(onTelegram, "K7QM3XPD"), link(onLine, "K7QM3XPD")]);
    expect(results.toSorted()).toEqual(["committed", "stale"]);
    expect(await store().accountsOf(zhang)).toHaveLength(2);
  });

  it("a turn that comes twice links once", async () => {
    await offer(zhang, "K7QM3XPD");
    const found = await look(onTelegram, "K7QM3XPD");
    const deed = { kind: "link" as const, codeId: found.kind === "good" ? found.codeId : "", tell: text("已关联") };
    const same = turn(onTelegram, 0, { effects: [{ kind: "account", deed }] });
    expect(await store().commitTurn(same)).toBe("committed");
    expect(await store().commitTurn(same)).toBe("duplicate");
    expect(await drain(store())).toHaveLength(1);
  });

  it("persons that each have several accounts become one", async () => {
    await linked(zhang, onTelegram);
    await linked(onLine, onWechat);
    await linked(onTelegram, onWechat);
    const all = [zhang, onTelegram, onLine, onWechat].map(accountOf);
    expect(await store().accountsOf(onLine)).toEqual(expect.arrayContaining(all));
    expect(await store().accountsOf(zhang)).toHaveLength(4);
  });

  it("who leaves is alone again and the others stay together; a person of one account is none any more", async () => {
    await linked(zhang, onTelegram);
    await linked(zhang, onLine);
    expect(await deeds(zhang, { kind: "unlink", tell: text("已解除") })).toBe("committed");
    expect((await drain(store())).map(({ laneId }) => laneId).toSorted()).toEqual([
      "conversation:line:l-zhang",
      "conversation:telegram:t-zhang",
    ]);
    expect(await store().accountsOf(zhang)).toEqual([accountOf(zhang)]);
    expect(await store().accountsOf(onLine)).toHaveLength(2);
    await deeds(onLine, { kind: "unlink", tell: text("已解除") });
    expect(await store().accountsOf(onTelegram)).toEqual([accountOf(onTelegram)]);
    expect(await deeds(onTelegram, { kind: "unlink", tell: text("已解除") })).toBe("stale");
  });

  it("an account may have five codes an hour", async () => {
    for (let index = 0; index < 5; index += 1) {
      expect(await store().mayOfferCode(zhang, now())).toBe(true);
      expect(await offer(zhang, `CODE${index}`)).toBe("committed");
    }
    expect(await store().mayOfferCode(zhang, now())).toBe(false);
    expect(await offer(zhang, "CODE6")).toBe("stale");
    expect(await store().mayOfferCode(li, now())).toBe(true);
    expect(await store().mayOfferCode(zhang, inMinutes(61))).toBe(true);
  });

  it("after five wrong codes the right one is not looked at either, for an hour", async () => {
    await offer(zhang, "K7QM3XPD", inMinutes(120));
    for (let index = 0; index < 5; index += 1) expect(await deeds(onTelegram, { kind: "miss" })).toBe("committed");
    expect(await deeds(onTelegram, { kind: "miss" })).toBe("stale");
    expect(await look(onTelegram, "K7QM3XPD")).toEqual({ kind: "too-many" });
    expect(await look(onTelegram, "WRONG")).toEqual({ kind: "too-many" });
    expect(await look(onLine, "K7QM3XPD")).toMatchObject({ kind: "good" });
    expect(await look(onTelegram, "K7QM3XPD", inMinutes(61))).toMatchObject({ kind: "good" });
  });

  it("so many wrong codes from everybody together close the door for all", async () => {
    await offer(zhang, "K7QM3XPD", inMinutes(120));
    for (let index = 0; index < 200; index += 1) {
      const guest: ConversationRef = { channel: "web", conversationId: `g-${index}`, userId: `g-${index}` };
      await deeds(guest, { kind: "miss" });
    }
    expect(await look(onTelegram, "K7QM3XPD")).toEqual({ kind: "too-many" });
  });

  it("tickets, numbers and matters of all accounts are the person's, newest first, and nobody else's", async () => {
    await filed(store(), zhang, "GD-1");
    await filed(store(), onTelegram, "GD-2");
    expect(await store().findTicket("GD-1", onTelegram)).toBeUndefined();
    await linked(zhang, onTelegram);
    for (const account of [zhang, onTelegram]) {
      const numbers = (await store().ticketsOf(account, 5)).map(
        ({ filing }) => filing.kind === "filed" && filing.number,
      );
      expect(numbers).toEqual(["GD-2", "GD-1"]);
      expect((await store().mattersOf(account, new Date(0), 5)).map(({ number }) => number)).toEqual(["GD-2", "GD-1"]);
      expect(await store().findTicket("GD-1", account)).toMatchObject({ owner: zhang });
    }
    expect(await store().ticketsOf(onTelegram, 1)).toHaveLength(1);
    expect(await store().findTicket("GD-1", li)).toBeUndefined();
    await deeds(onTelegram, { kind: "unlink", tell: text("已解除") });
    expect(await store().findTicket("GD-1", onTelegram)).toBeUndefined();
    expect(await store().ticketsOf(zhang, 5)).toHaveLength(1);
  });

  it("number and news go to the account that brought the request and to the latest private conversation of the others, once each", async () => {
    await linked(zhang, onTelegram);
    await store().commitTurn(turn({ ...zhang, conversationId: "c-newer" }, 0));
    await store().commitTurn(turn({ ...onTelegram, conversationId: "t-group", group: true }, 0));
    const one = await filed(store(), onTelegram, "GD-1");
    const told = async () => (await drain(store())).filter(({ work }) => work.kind !== "file").map((job) => job.laneId);
    const lanes = ["conversation:telegram:t-zhang", "conversation:web:c-newer"];
    expect(await told()).toEqual(lanes);
    const news = update("GD-1");
    expect(await store().recordUpdate(news)).toBe("recorded");
    expect(await store().recordUpdate(news)).toBe("duplicate");
    expect(await told()).toEqual(lanes);
    expect((await store().loadTicket(one.id))?.updates).toHaveLength(1);
  });

  it("two requests of one person behind one ticket: each account hears the news once", async () => {
    await linked(zhang, onTelegram);
    await filed(store(), zhang, "GD-1");
    await filed(store(), onTelegram, "GD-1");
    await drain(store());
    await store().recordUpdate(update("GD-1"));
    expect((await drain(store())).map(({ laneId }) => laneId).toSorted()).toEqual([
      "conversation:telegram:t-zhang",
      "conversation:web:c-zhang",
    ]);
  });

  it("a refusal is told to both as well", async () => {
    await linked(zhang, onTelegram);
    const one = request(zhang);
    const { revision } = await store().loadConversation(zhang);
    await store().commitTurn(turn(zhang, revision, { effects: [{ kind: "file", request: one }] }));
    await store().recordSubmission(one.id, { kind: "refused", reason: "范围外" });
    const told = (await drain(store())).filter(({ work }) => work.kind === "tell-filing");
    expect(told).toHaveLength(2);
  });

  it("every deed leaves a record that outlives it, with both accounts and without the code", async () => {
    await linked(zhang, onTelegram);
    await deeds(onTelegram, { kind: "miss" });
    await deeds(zhang, { kind: "unlink", tell: text("已解除") });
    expect(await store().accountActs(zhang)).toMatchObject([
      { deed: "offer", by: accountOf(zhang) },
      { deed: "link", by: accountOf(onTelegram), with: accountOf(zhang) },
      { deed: "unlink", by: accountOf(zhang) },
    ]);
    expect((await store().accountActs(onTelegram)).map(({ deed }) => deed)).toEqual(["link", "miss"]);
  });
}
