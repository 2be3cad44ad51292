import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DispatchError } from "../../../bots/errors.ts";
import { emptyState, type Job, type OutboundMessage, type Request, type Work } from "../../../bots/model/index.ts";
import type { DispatchClient } from "../../../bots/ports.ts";
import { createDelivery } from "../../../server/delivery/deliver.ts";
import { createFakeDispatch } from "../../fakes/dispatch.ts";
import { openSqlite } from "../store/open-sqlite.ts";

const from = { channel: "terminal", conversationId: "c", userId: "u" } as const;
const request: Request = {
  id: "r-1",
  from,
  kind: "complaint",
  description: "路面积水",
  confidential: false,
  evidence: [],
  createdAt: "2026-11-22T10:00:00+08:00",
};

let opened: ReturnType<typeof openSqlite>;
let sent: { message: OutboundMessage; key: string }[];

beforeEach(async () => {
  opened = openSqlite(":memory:");
  sent = [];
  await opened.store.commitTurn({
    message: { id: "m-1", from, sentAt: new Date(), content: { kind: "text", text: "确认" } },
    baseRevision: 0,
    state: emptyState(),
    say: [],
    effects: [{ kind: "file", request }],
  });
});
afterEach(() => opened.close());

const capabilities = {
  maxTextLength: 4000,
  maxChoices: 9,
  canAskLocation: true,
  canShowCards: true,
  push: "anytime",
} as const;
const channel = {
  channel: "terminal",
  capabilities,
  async send(_to: unknown, message: OutboundMessage, { idempotencyKey }: { idempotencyKey: string }) {
    sent.push({ message, key: idempotencyKey });
  },
} as const;

const handlersOver = (dispatch: DispatchClient) =>
  createDelivery({
    store: opened.store,
    dispatch,
    channels: [channel],
    clock: { now: () => new Date() },
    onDispatched() {},
  });
const job = (work: Work): Job => ({ id: "job-1", laneId: "lane", attempts: 1, createdAt: new Date(), work });
const fileWork = { kind: "file", requestId: "r-1" } as const;

describe("carrying out committed work", () => {
  it("filing twice, as after a crash, makes one ticket and one receipt", async () => {
    const dispatch = createFakeDispatch();
    const handlers = handlersOver(dispatch);
    await handlers.file(fileWork, job(fileWork));
    await handlers.file(fileWork, job(fileWork));
    expect(dispatch.filed.size).toBe(1);
    const receipts = (await opened.store.claimJobs(10, new Date(), 1000)).filter(
      ({ work }) => work.kind === "tell-filing",
    );
    expect(receipts).toHaveLength(1);
  });

  it("what no second try can mend becomes a refusal that the citizen hears of", async () => {
    const broken: DispatchClient = {
      ...createFakeDispatch(),
      submit: () => Promise.reject(new DispatchError("the catalogue has no service for it", { retryable: false })),
    };
    await handlersOver(broken).file(fileWork, job(fileWork));
    const tell = { kind: "tell-filing", requestId: "r-1" } as const;
    await handlersOver(broken)["tell-filing"](tell, job(tell));
    expect(sent[0]?.message.text).toMatch(/没能登记/);
  });

  it("an unreachable dispatch system leaves the request as it was", async () => {
    const dispatch = createFakeDispatch();
    dispatch.mood = "down";
    await expect(handlersOver(dispatch).file(fileWork, job(fileWork))).rejects.toMatchObject({ retryable: true });
    expect((await opened.store.loadTicket("r-1"))?.filing).toEqual({ kind: "saved" });
  });

  it("words get a last look before they leave, those that a channel would merge with them too", async () => {
    const behind: string[] = [];
    const handlers = createDelivery({
      store: opened.store,
      dispatch: createFakeDispatch(),
      channels: [
        {
          ...channel,
          async send(to, message, options) {
            await channel.send(to, message, options);
            for (const each of (await options.behind?.()) ?? []) behind.push(each.message.text);
          },
        },
      ],
      clock: { now: () => new Date() },
      lastLook: (message) => (message.text.includes("旧") ? { kind: "text", text: "请再问一次" } : message),
      onDispatched() {},
    });
    const { revision } = await opened.store.loadConversation(from);
    const say = ["旧的答复", "还在的话", "旧的提醒"].map((text) => ({ kind: "text" as const, text }));
    const message = { id: "m-2", from, sentAt: new Date(), content: { kind: "text" as const, text: "问" } };
    await opened.store.commitTurn({ message, baseRevision: revision, state: emptyState(), say, effects: [] });
    const [first] = (await opened.store.claimJobs(10, new Date(), 1000)).filter(({ work }) => work.kind === "say");
    if (first?.work.kind !== "say") throw new Error("no words to send");
    await handlers.say(first.work, first);
    expect(sent.map((each) => each.message.text)).toEqual(["请再问一次"]);
    expect(behind).toEqual(["还在的话", "请再问一次"]);
  });

  it("a refused action is told as it is", async () => {
    const dispatch: DispatchClient = {
      ...createFakeDispatch(),
      act: async () => ({ kind: "refused", reason: "工单已办结" }),
    };
    const work = { kind: "act", actionId: "a", number: "GD-1", action: { kind: "urge" }, to: from } as const;
    const [next] = await handlersOver(dispatch).act(work, job(work));
    expect(next?.work).toMatchObject({
      kind: "say",
      message: { text: expect.stringMatching(/催办没有成功：工单已办结/) },
    });
  });

  it("words carry the job's id, so that a second sending can be recognised", async () => {
    const work = { kind: "say", to: from, message: { kind: "text", text: "您好" } } as const;
    await handlersOver(createFakeDispatch()).say(work, job(work));
    expect(sent).toEqual([{ message: { kind: "text", text: "您好" }, key: "job-1" }]);
  });

  it("a channel that is switched off keeps its words for later", async () => {
    const work = { kind: "say", to: { ...from, channel: "web" }, message: { kind: "text", text: "您好" } } as const;
    await expect(handlersOver(createFakeDispatch()).say(work, job(work))).rejects.toMatchObject({ retryable: true });
  });
});
