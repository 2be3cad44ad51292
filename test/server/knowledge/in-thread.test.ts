import { describe, expect, it } from "vitest";
import { UnreadableFile } from "../../../knowledge/import/fault.ts";
import { inThread, type ThreadLimits } from "../../../server/knowledge/import/in-thread.ts";
import type { Said } from "../../../server/knowledge/import/task.ts";
import { pdf } from "../../knowledge/import/office-files.ts";

const generous: ThreadLimits = { timeoutMs: 60_000, memoryMb: 512 };

async function said(
  bytes: Uint8Array | string,
  name: string,
  limits = generous,
  signal?: AbortSignal,
): Promise<Said[]> {
  const all: Said[] = [];
  for await (const each of inThread({ kind: "check", bytes: Buffer.from(bytes), name, defaults: {} }, limits, signal))
    all.push(each);
  return all;
}
const rows = (count: number) =>
  `问题,答案,来源\n${Array.from({ length: count }, (_, i) => `第${i}问？,${"答".repeat(50)}${i},办法`).join("\n")}\n`;
/** Nested so deeply that reading it takes many seconds. */
const DEEP = "<div>".repeat(200_000);

describe("a file that is read in a thread", () => {
  it("comes in pieces", async () => {
    const all = await said(rows(1_200), "a.csv");
    expect(all.map(({ kind }) => kind)).toEqual(["summary", "rows", "rows", "rows"]);
    expect(all.flatMap((each) => (each.kind === "rows" ? each.rows : [])).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 1_200 }, (_, i) => i),
    );
  });

  it("and cannot be read says why", async () => {
    await expect(said("", "a.csv")).rejects.toThrow("空的");
  });

  it("and is a PDF whose damage its library reports to nobody is refused all the same", async () => {
    const lines = ["云梯管理办法", "第一条 一。", "第二条 二。"];
    const bytes = Buffer.from(pdf([lines, lines]));
    // Found by changing bytes at random: the library leaves rejected promises behind.
    for (const [at, to] of [
      [70, 61],
      [1347, 176],
      [1115, 141],
      [1054, 60],
    ] as const)
      bytes[at] = to;
    await expect(said(bytes, "a.pdf")).rejects.toBeInstanceOf(UnreadableFile);
  });

  it("and takes too long is given up, while this thread goes on", async () => {
    let beats = 0;
    const heart = setInterval(() => beats++, 20);
    await expect(said(DEEP, "a.html", { ...generous, timeoutMs: 700 })).rejects.toThrow("还没有读完");
    clearInterval(heart);
    expect(beats).toBeGreaterThan(5);
  });

  it("and takes too much memory is given up, while the process lives on", async () => {
    await expect(said(rows(49_000), "a.csv", { ...generous, memoryMb: 24 })).rejects.toThrow("内存太多");
  });

  it("is left at once when nobody wants it any more", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("cancelled")), 200);
    await expect(said(DEEP, "a.html", generous, controller.signal)).rejects.toThrow("cancelled");
  });
});
