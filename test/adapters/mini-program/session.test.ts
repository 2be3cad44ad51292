import { describe, expect, it } from "vitest";
import { createOutbox } from "../../../adapters/mini-program/client/protocol/outbox.ts";
import { createSessions } from "../../../adapters/mini-program/client/protocol/session.ts";
import { CallError, type Reply, type Transport } from "../../../adapters/mini-program/client/protocol/transport.ts";

const HALF_AN_HOUR = 1_800;

/** A telephone whose server answers as told, and the calls it got. */
function phone(answer: (url: string) => Partial<Reply> | "no network") {
  const calls: string[] = [];
  let nowMs = 0;
  const transport = {
    async request({ url }: { url: string }) {
      calls.push(url.replace("https://server", ""));
      const reply = answer(url);
      if (reply === "no network") throw new Error("no network");
      return {
        status: 200,
        body: { token: `t-${calls.length}`, conversationId: "c", expires_in: HALF_AN_HOUR },
        ...reply,
      };
    },
    login: async () => "code",
    now: () => nowMs,
  } as unknown as Transport;
  const pass = (seconds: number) => {
    nowMs += seconds * 1000;
  };
  return { sessions: createSessions(transport, "https://server"), calls, pass };
}

const SIGN_IN = "/api/mini-program/session";
const REFRESH = "/v3/directline/tokens/refresh";

describe("小程序的登录状态", () => {
  it("几处同时要，只登录一次；快到期先换新的", async () => {
    const { sessions, calls, pass } = phone(() => ({}));
    const got = await Promise.all([sessions.get(), sessions.get()]);
    expect(new Set(got.map(({ token }) => token)).size).toBe(1);
    pass(HALF_AN_HOUR * 0.6);
    await sessions.get();
    expect(calls).toEqual([SIGN_IN]);
    pass(HALF_AN_HOUR * 0.2);
    expect((await sessions.get()).token).toBe("t-2");
    expect(calls).toEqual([SIGN_IN, REFRESH]);
  });

  it("换不了新的就重新登录，市民什么也不用做", async () => {
    const { sessions, calls, pass } = phone((url) => (url.endsWith("refresh") ? { status: 403, body: {} } : {}));
    await sessions.get();
    pass(HALF_AN_HOUR * 2);
    await sessions.get();
    expect(calls).toEqual([SIGN_IN, REFRESH, SIGN_IN]);
  });

  it("令牌被拒绝：换一个，再问一次；再拒绝就不再问", async () => {
    const { sessions, calls } = phone(() => ({}));
    const asked: string[] = [];
    const ask = async ({ token }: { token: string }) => {
      asked.push(token);
      throw new CallError(401);
    };
    await expect(sessions.authorized(ask)).rejects.toMatchObject({ status: 401 });
    expect(asked).toEqual(["t-1", "t-2"]);
    expect(calls).toEqual([SIGN_IN, SIGN_IN]);
  });

  it("没有网、回答里没有令牌：可以再试的错，带着服务器的话", async () => {
    await expect(phone(() => "no network").sessions.get()).rejects.toMatchObject({ status: 0, isPassing: true });
    await expect(phone(() => ({ body: "<html>" })).sessions.get()).rejects.toMatchObject({ isPassing: true });
    const busy = { status: 503, body: { error: { message: "请稍后再试。" } }, retryAfter: "2" };
    await expect(phone(() => busy).sessions.get()).rejects.toMatchObject({ told: "请稍后再试。", retryAfterMs: 2_000 });
  });
});

describe("待发的话", () => {
  const activity = (id: string) => ({ type: "message", text: id, channelData: { clientActivityID: id } }) as const;

  it("手机里存坏了的，不碍事；好的接着发", async () => {
    const kept = [{ activity: activity("good"), state: "waiting" }, { activity: {} }, null, 7, "x"];
    const sent: string[] = [];
    const outbox = createOutbox({
      storage: { get: () => kept, set: () => undefined },
      deliver: async (item) => void sent.push(item.activity.text ?? ""),
      hasEcho: () => true,
      onChange: () => undefined,
      firstRetryMs: 1,
      noReason: "",
    });
    outbox.wake();
    await expect.poll(() => outbox.items()).toEqual([]);
    expect(sent).toEqual(["good"]);
  });

  it("停下来就不再试，叫醒接着试；前一句没到，后一句不先走", async () => {
    let isUp = false;
    const sent: string[] = [];
    const outbox = createOutbox({
      storage: { get: () => undefined, set: () => undefined },
      async deliver(item) {
        if (!isUp) throw new CallError(0);
        sent.push(item.activity.text ?? "");
      },
      hasEcho: () => true,
      onChange: () => undefined,
      firstRetryMs: 5,
      noReason: "",
    });
    outbox.add(activity("一"));
    outbox.add(activity("二"));
    outbox.stop();
    isUp = true;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(sent).toEqual([]);
    outbox.wake();
    await expect.poll(() => sent).toEqual(["一", "二"]);
  });
});
