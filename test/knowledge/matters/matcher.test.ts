import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { beforeAll, describe, expect, it } from "vitest";
import type { Matter, Place } from "../../../bots/model/index.ts";
import type { MatterMatcher } from "../../../bots/ports.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { evaluateMatters } from "../../../server/commands/matters.ts";
import { openCity } from "../../../server/understanding.ts";

const city = openCity({ segmenter: createSegmenter(), dataDir: "nowhere" });
let matcher: MatterMatcher;
beforeAll(() => {
  matcher = city.matcher;
});

const wangjing = {
  district: { code: "110105", name: "朝阳区" },
  subdistrict: { code: "110105026", name: "望京街道" },
  confidence: 1,
};

function matter(description: string, place: Partial<Place> & { text: string }, over: Partial<Matter> = {}): Matter {
  const category = "060401";
  return { description, category, place: { ...wangjing, ...place }, at: "2026-11-20T08:00:00+08:00", ...over };
}

const pool = matter("北门外路面积水好几天了", { text: "望京西园四区北门" });
const beside = (other: Matter) => matcher.compare(pool, [other])[0] ?? expect.fail("nothing was compared");

describe("同一件事", () => {
  it("不同的人说的同一处积水，分数够请人加入", () => {
    const like = beside(matter("门口一下雨全是水，没人抽", { text: "朝阳区望京街道望京西园四区北门外" }));
    expect(like.score).toBeGreaterThanOrEqual(matcher.threshold.neighbours);
    expect(like.reasons).toEqual(expect.arrayContaining(["same-leaf", "same-name"]));
  });

  it.each<[string, Matter, string]>([
    ["另一个区", matter(pool.description, { text: "望京西园三区北门" }), "other-number"],
    ["另一栋楼", matter("12号楼前积水", { text: "望京西园四区12号楼" }, { category: "060404" }), "other-leaf"],
    [
      "另一个街道",
      matter(pool.description, { text: "西园四区北门", subdistrict: { code: "110105030", name: "将台地区" } }),
      "other-place",
    ],
    ["另一条路", matter(pool.description, { text: "广顺北大街" }), "other-name"],
    ["一个多月以后", { ...pool, at: "2026-12-28T08:00:00+08:00" }, "other-time"],
    [
      "同一个地方的另一件事",
      matter("有人占道卖早点", { text: "望京西园四区北门" }, { category: "030601" }),
      "other-leaf",
    ],
  ])("%s不算", (_what, other, reason) => {
    const like = beside(other);
    expect(like.score).toBeLessThan(matcher.threshold.neighbours);
    expect(like.reasons).toContain(reason);
  });

  it("两个定位近就算一处，远就不算", () => {
    const here = (latitude: number) =>
      matter("路面积水", { text: "经度116.47，纬度40.0", point: { latitude, longitude: 116.47 } });
    const [near, far] = matcher.compare(here(40), [here(40.0005), here(40.02)]);
    expect(near?.reasons).toContain("near-point");
    expect(far?.reasons).toContain("far-point");
    expect(near?.score).toBeGreaterThan((far?.score ?? 1) * 2);
  });

  it("没有地点时，词也要对得上", () => {
    const bare = (description: string): Matter => ({ description, category: "060401", at: pool.at });
    const [other] = matcher.compare(bare("路上积水"), [bare("我们单位楼下水很深")]);
    expect(other?.score).toBeLessThan(matcher.threshold.own);
  });

  it("空的、很长的、奇怪的文字都不出错，分数在 0 和 1 之间", () => {
    const odd = ["", "。。。", "🚧".repeat(500), "水".repeat(30_000), "(a+)+$[\\", "\u200b\ud800"];
    const scores = matcher.compare(
      pool,
      odd.map((text) => matter(text, { text })),
    );
    expect(scores).toHaveLength(odd.length);
    for (const { score } of scores) {
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }
    expect(matcher.compare(pool, [])).toEqual([]);
  });
});

describe("谁都会遇到的事和自己的事", () => {
  it.each(["060401", "060201", "030101", "040103", "020101", "130501"])("%s 可以一起反映", (code) => {
    expect(matcher.isShared(code)).toBe(true);
  });

  it.each(["110101", "110301", "100104", "140401", "130103", "010401", "020105", "999999", "000000"])(
    "%s 只和自己有关",
    (code) => expect(matcher.isShared(code)).toBe(false),
  );
});

it("自编的五百多对里，请人加入的至少 97% 是同一件事（没用来调过参数的一半也是）", async () => {
  const data = createInterface({ input: createReadStream(join(import.meta.dirname, "pairs.jsonl")) });
  const { value: measured } = await evaluateMatters({ data, ...city }).next();
  expect(measured).toMatchObject({ task: "matters", pairs: 540 });
  const { splits } = measured as { splits: Record<string, { precision: number; recall: number }> };
  for (const split of ["tune", "held-out"]) {
    expect(splits[split]?.precision).toBeGreaterThanOrEqual(0.97);
    expect(splits[split]?.recall).toBeGreaterThanOrEqual(0.6);
  }
});

it("一行写错了，说出是第几行", async () => {
  async function* lines() {
    yield '{"a": {"text": "积水"}, "b": {}, "same": true}';
  }
  await expect(evaluateMatters({ data: lines(), ...city }).next()).rejects.toThrow(/line 1/);
});
