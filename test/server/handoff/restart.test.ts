import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compose } from "../../../server/compose.ts";
import type { House } from "../../../server/house.ts";
import { createLogger } from "../../../server/log.ts";
import { atAllHours } from "../../conversations/transcript.ts";

const from = { channel: "terminal", conversationId: "c", userId: "u" } as const;
const wang = { username: "wang", name: "王芳", role: "operator" } as const;
const MINUTE = 60_000;

describe("程序重启以后", () => {
  let dataDir: string;
  let ahead = 0;
  const said: string[] = [];
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), "jiesu-restart-"));
    ahead = 0;
    said.length = 0;
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  async function open(): Promise<House> {
    const house = await compose({
      dataDir,
      secretKey: "k".repeat(40),
      log: createLogger("silent"),
      handoff: atAllHours,
      clock: { now: () => new Date(Date.now() + ahead) },
      channels: () => [
        {
          channel: "terminal",
          capabilities: {
            maxTextLength: 9_999,
            maxChoices: 9,
            canAskLocation: true,
            canShowCards: true,
            push: "anytime",
          },
          send: async (_to, { text }) => {
            said.push(text);
          },
        },
      ],
    });
    house.start();
    return house;
  }

  async function say(house: House, text: string): Promise<void> {
    await house.receive({ id: randomUUID(), from, sentAt: new Date(), content: { kind: "text", text } });
    await house.idle();
  }

  const first = async (house: House) => (await house.reception.queue(wang)).open[0]?.handoff;

  it("到点的事照样做，只做一次", async () => {
    const before = await open();
    await say(before, "转人工");
    await before.close();
    ahead = 6 * MINUTE;
    const house = await open();
    const other = await open();
    await Promise.all([house.reception.sweep(), other.reception.sweep()]);
    await Promise.all([house.idle(), other.idle()]);
    expect(said.filter((text) => text.includes("都在忙"))).toHaveLength(1);
    await Promise.all([house.close(), other.close()]);
  });

  it("接待接着进行：机器人仍不插话，称呼不变，没人答就收回", async () => {
    const before = await open();
    await say(before, "转人工");
    const id = (await first(before))?.id ?? "";
    await before.reception.take(wang, id);
    await before.reception.say(wang, id, { key: "one", text: "您好" });
    await before.close();
    const house = await open();
    await house.idle();
    const heard = said.length;
    await say(house, "在吗");
    expect(said).toHaveLength(heard);
    expect((await first(house))?.takenBy?.label).toBe("工作人员 1 号");
    ahead = 6 * MINUTE;
    await house.reception.sweep();
    await house.idle();
    expect(said.at(-1)).toMatch(/工作人员暂时没能回复/);
    await say(house, "你好");
    expect(said.at(-1)).toMatch(/您好/);
    await house.close();
  });

  it("旧的对话到期删除时，接待也一起删除，往后还能再找人", async () => {
    const house = await open();
    await say(house, "转人工");
    await house.store.pruneTranscripts(new Date(Date.now() + MINUTE));
    expect(await house.store.openHandoffs(10)).toEqual([]);
    await say(house, "转人工");
    expect(await house.store.openHandoffs(10)).toHaveLength(1);
    await house.close();
  });
});
