import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChannelName } from "../../bots/model/index.ts";
import { compose } from "../../server/compose.ts";
import type { House } from "../../server/house.ts";
import { createLogger } from "../../server/log.ts";
import { createListeningChannel, type ListeningChannel } from "../../server/simulation/listening-channel.ts";
import { platforms } from "../contracts/platforms/index.ts";
import { play, type Record, type Step, type Told } from "../contracts/same-transcript.ts";
import { atAllHours } from "./transcript.ts";

const INTAKE: Step[] = [
  { say: "你好" },
  { choose: /我要反映问题/ },
  { say: "邻居家的狗太吓人了" },
  { choose: /遛狗不牵绳/ },
  { say: "朝阳区望京街道南湖中园" },
  { say: "王女士 13912345678" },
  { say: "时间改成昨天晚上十点" },
  { say: "电话写错了，是13912345679" },
  { choose: /确认提交/ },
  { choose: /查看进度/ },
  { choose: /催办/ },
];
const BY_POINT: Step[] = [
  { say: "路灯坏了半个月，晚上一片漆黑" },
  { place: { latitude: 39.9965, longitude: 116.4705 } },
  { choose: /匿名/ },
  { choose: /确认提交/ },
];

let house: House;
let dataDir: string;
const channels = new Map<ChannelName, ListeningChannel>();
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "jiesu-same-"));
  for (const { channel } of platforms) channels.set(channel, { ...createListeningChannel(), channel });
  house = await compose({
    dataDir,
    secretKey: "k".repeat(40),
    log: createLogger("silent"),
    channels: () => [...channels.values()],
    handoff: atAllHours,
  });
  house.start();
});
afterAll(async () => {
  await house.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const over = (parts: Pick<Told, "platform" | "way">): Told => ({
  ...parts,
  house,
  saidIn: ({ channel, conversationId }) => channels.get(channel)?.said(conversationId) ?? [],
});

describe("同一段对话走每个渠道，意思一样", () => {
  let first: Record | undefined;

  for (const platform of platforms) {
    it.each(["press", "number", "words"] as const)(`${platform.name}：登记到催办（%s）`, async (way) => {
      const record = await play(INTAKE, over({ platform, way }));
      first ??= record;
      expect(record.request).toMatchObject({
        description: expect.stringContaining("邻居家的狗"),
        contact: { phone: "13912345679" },
      });
      expect(record).toEqual(first);
    });
  }

  it("能发位置的渠道：同一个点，同一张工单", async () => {
    const point = { latitude: 39.9965, longitude: 116.4705 };
    const able = platforms.filter((platform) => platform.read({ kind: "place", point }, []) !== undefined);
    expect(able.length).toBeGreaterThan(5);
    const records: Record[] = [];
    for (const platform of able) records.push(await play(BY_POINT, over({ platform, way: "press" })));
    expect(JSON.stringify(records[0]?.request)).toContain("望京");
    for (const [index, record] of records.entries()) expect(record, able[index]?.name).toEqual(records[0]);
  });
});
