import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createReplyWindows, type Seat } from "../../../adapters/shared/reply-window.ts";

interface SeenSeat extends Seat {
  given: (string | undefined)[];
  refused: boolean;
  hungUp: boolean;
}

function seat(): SeenSeat {
  const seen: SeenSeat = {
    given: [],
    refused: false,
    hungUp: false,
    async give(words) {
      seen.given.push(words);
      return !seen.hungUp;
    },
    refuse() {
      seen.refused = true;
    },
  };
  return seen;
}

const committed = async () => "committed" as const;
const words = (text: string) => async () => text;
/** Work that ends when it is told to. */
function slowWork() {
  let end = (_result: "committed" | "duplicate") => {};
  let fail = (_error: Error) => {};
  const work = vi.fn(
    () =>
      new Promise<"committed" | "duplicate">((resolve, reject) => {
        end = resolve;
        fail = reject;
      }),
  );
  return { work, end: (result: "committed" | "duplicate") => end(result), fail: (error: Error) => fail(error) };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const open = () => createReplyWindows({ holdMs: 4_200, rememberMs: 30_000 });

describe("一问一答的窗口", () => {
  it("回复在窗口里到，就随着应答走", async () => {
    const windows = open();
    const one = seat();
    const attending = windows.attend({ messageId: "1", userId: "u", seat: one, work: committed });
    await settle();
    expect(await windows.reply("u", words("您好"))).toBe(true);
    await attending;
    expect(one.given).toEqual(["您好"]);
  });

  it("没有回复就到点空着应答，之后的回复走别的路", async () => {
    const windows = open();
    const one = seat();
    const attending = windows.attend({ messageId: "1", userId: "u", seat: one, work: committed });
    await vi.advanceTimersByTimeAsync(4_199);
    expect(one.given).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await attending;
    expect(one.given).toEqual([undefined]);
    expect(await windows.reply("u", words("您好"))).toBe(false);
  });

  it("还没落盘，到点也不应答；平台再来问，问的是同一件事", async () => {
    const windows = open();
    const { work, end } = slowWork();
    const [first, second] = [seat(), seat()];
    const attending = [windows.attend({ messageId: "1", userId: "u", seat: first, work })];
    await vi.advanceTimersByTimeAsync(5_000);
    expect(first.given).toEqual([]);
    first.hungUp = true;
    attending.push(windows.attend({ messageId: "1", userId: "u", seat: second, work }));
    await vi.advanceTimersByTimeAsync(1_000);
    const replying = windows.reply("u", words("您好"));
    end("committed");
    expect(await replying).toBe(true);
    await Promise.all(attending);
    expect(work).toHaveBeenCalledTimes(1);
    expect(second.given).toEqual(["您好"]);
  });

  it("过了时间才落盘：那一头可能没人听了，话走别的路", async () => {
    const windows = open();
    const { work, end } = slowWork();
    const one = seat();
    const attending = windows.attend({ messageId: "1", userId: "u", seat: one, work });
    const replying = windows.reply("u", words("您好"));
    await vi.advanceTimersByTimeAsync(5_000);
    end("committed");
    expect(await replying).toBe(false);
    await attending;
    expect(one.given).toEqual([undefined]);
  });

  it("答过以后平台又来问：同样的话", async () => {
    const windows = open();
    const [first, second] = [seat(), seat()];
    const work = vi.fn(committed);
    const attending = windows.attend({ messageId: "1", userId: "u", seat: first, work });
    await settle();
    await windows.reply("u", words("您好"));
    await attending;
    await windows.attend({ messageId: "1", userId: "u", seat: second, work });
    expect(second.given).toEqual(["您好"]);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it("应答没送出去：告诉说话的人改走别的路，迟来的请求得到空应答", async () => {
    const windows = open();
    const [first, second] = [seat(), seat()];
    first.hungUp = true;
    const attending = windows.attend({ messageId: "1", userId: "u", seat: first, work: committed });
    await settle();
    expect(await windows.reply("u", words("您好"))).toBe(false);
    await attending;
    await windows.attend({ messageId: "1", userId: "u", seat: second, work: committed });
    expect(second.given).toEqual([undefined]);
  });

  it("没收下就拒绝，让平台再送；再送时从头来", async () => {
    const windows = open();
    const { work, fail } = slowWork();
    const [first, second] = [seat(), seat()];
    const attending = windows.attend({ messageId: "1", userId: "u", seat: first, work });
    const replying = windows.reply("u", words("您好"));
    fail(new Error("disk full"));
    await attending;
    expect(await replying).toBe(false);
    expect(first.refused).toBe(true);
    void windows.attend({ messageId: "1", userId: "u", seat: second, work: committed });
    await settle();
    expect(await windows.reply("u", words("您好"))).toBe(true);
    expect(second.given).toEqual(["您好"]);
  });

  it("重复送达的消息马上空着应答", async () => {
    const windows = open();
    const one = seat();
    await windows.attend({ messageId: "1", userId: "u", seat: one, work: async () => "duplicate" as const });
    expect(one.given).toEqual([undefined]);
  });

  it("两条消息各有各的应答，别人的话不会走到这里", async () => {
    const windows = open();
    const [first, second, other] = [seat(), seat(), seat()];
    void windows.attend({ messageId: "1", userId: "u", seat: first, work: committed });
    void windows.attend({ messageId: "2", userId: "u", seat: second, work: committed });
    void windows.attend({ messageId: "3", userId: "v", seat: other, work: committed });
    await settle();
    expect(await windows.reply("u", words("一"))).toBe(true);
    expect(await windows.reply("u", words("二"))).toBe(true);
    expect(await windows.reply("u", words("三"))).toBe(false);
    expect([first.given, second.given, other.given]).toEqual([["一"], ["二"], []]);
  });

  it("没有要说的，窗口还开着", async () => {
    const windows = open();
    const one = seat();
    void windows.attend({ messageId: "1", userId: "u", seat: one, work: committed });
    await settle();
    expect(await windows.reply("u", async () => undefined)).toBe(false);
    expect(await windows.reply("u", words("您好"))).toBe(true);
  });

  it("关门时全部应答，之后来的也不等", async () => {
    const windows = open();
    const { work, end } = slowWork();
    const [first, second] = [seat(), seat()];
    const attending = [
      windows.attend({ messageId: "1", userId: "u", seat: first, work: committed }),
      windows.attend({ messageId: "2", userId: "v", seat: second, work }),
    ];
    await settle();
    windows.close();
    end("committed");
    await Promise.all(attending);
    expect([first.given, second.given]).toEqual([[undefined], [undefined]]);
  });
});
