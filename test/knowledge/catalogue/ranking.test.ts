import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../../knowledge/catalogue/catalogue.ts";
import { loadEverydayWords } from "../../../knowledge/catalogue/everyday-words.ts";
import { DOUBTS, type Evidence, SIGNALS } from "../../../knowledge/catalogue/evidence.ts";
import { createKeywordsIn } from "../../../knowledge/catalogue/keywords-in.ts";
import { learnRanking } from "../../../knowledge/catalogue/learn.ts";
import { createLikelihood } from "../../../knowledge/catalogue/likelihood.ts";
import { type Leaf, loadCatalogue } from "../../../knowledge/catalogue/load.ts";
import { probabilities } from "../../../knowledge/catalogue/ranking.ts";
import { loadRanking, writeRanking } from "../../../knowledge/catalogue/ranking-file.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";

const segmenter = createSegmenter();
const { leaves } = loadCatalogue();
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

const leaf = (code: string, path: Leaf["path"], keywords: string[], examples: string[]): Leaf => ({
  ...{ code, path, keywords, examples },
  ...{ unit: { type: "subdistrict" }, dispatch: "single", grade: "7d" },
});
const elsewhere = [
  leaf("010101", ["港口", "码头", "泊位拥挤"], ["泊位", "靠港"], ["等了三天没有泊位"]),
  leaf("010102", ["港口", "码头", "吊机故障"], ["吊机", "起重机"], ["吊机坏了卸不了货"]),
  leaf("020101", ["渔业", "渔船", "禁渔期捕捞"], ["禁渔期", "偷捕"], ["禁渔期还有人下网"]),
];

describe("ranking the leaves", () => {
  const catalogue = createCatalogue({ leaves, segmenter });

  it("says of a neighbour's noise at night that it is not a building site's", () => {
    const [first, second] = catalogue.rank("楼上邻居半夜跳绳", 3);
    expect(first?.path[2]).toBe("邻里纠纷调解");
    expect(first?.confidence).toBeGreaterThan(3 * (second?.confidence ?? 1));
  });

  it.each(["小区停水一天了", "啊", "说不上是什么问题", "，。！", "水".repeat(5000)])(
    "gives “%.9s…” confidences that sum to at most 1, best first",
    (text) => {
      const confidences = catalogue.rank(text, 16).map((guess) => guess.confidence);
      expect(sum(confidences)).toBeLessThanOrEqual(1 + 1e-9);
      expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
    },
  );

  it("knows another city's catalogue without having learned from it", () => {
    const harbour = createCatalogue({ leaves: elsewhere, segmenter });
    expect(harbour.rank("码头的吊机停了没人修", 3)[0]?.path[2]).toBe("吊机故障");
    expect(harbour.rank("有人禁渔期偷偷捕鱼", 3)[0]?.path[2]).toBe("禁渔期捕捞");
  });

  it("hears the opinion of another classifier, about leaves or about a 类, without letting it rule any out", () => {
    const confidence = (prior?: ReadonlyMap<string, number>) => {
      const asked = createCatalogue({ leaves, segmenter, ...(prior ? { prior: () => prior } : {}) });
      return asked.rank("漏水了", 16).find(({ code }) => code === "010703")?.confidence ?? 0;
    };
    expect(confidence(new Map([["010703", 1]]))).toBeGreaterThan(confidence());
    expect(confidence(new Map([["住房", 1]]))).toBeGreaterThan(confidence());
    const against = confidence(new Map([["公用服务", 1]]));
    expect(against).toBeLessThan(confidence());
    expect(against).toBeGreaterThan(0);
  });
});

describe("learning to rank", () => {
  const told = (score: number): number[] => SIGNALS.map((name) => (name === "score" ? score : 0));
  const evidence = (scores: readonly number[], words: number): Evidence => ({
    candidates: scores.map((score, i) => ({ leaf: elsewhere[i] as Leaf, signals: told(score) })),
    doubts: DOUBTS.map((name) => (name === "always" ? 1 : name === "words" ? words : 0)),
  });
  const lessons = Array.from({ length: 60 }, (_, i) => {
    const nothing = i % 3 === 0;
    return {
      evidence: evidence(nothing ? [0.1, 0.1] : [2, 1], nothing ? 0 : 2),
      right: [!nothing && i % 10 !== 1, !nothing && i % 10 === 1],
    };
  });

  it("makes probabilities of how often a signal was right, and of none where nothing was", () => {
    const ranking = learnRanking(lessons);
    const [first = 0, second = 0, none = 0] = probabilities(ranking, evidence([2, 1], 2));
    expect(first).toBeGreaterThan(0.75);
    expect(second).toBeGreaterThan(0.03);
    expect(none).toBeLessThan(0.1);
    expect(probabilities(ranking, evidence([0.1, 0.1], 0))[2]).toBeGreaterThan(0.8);
  });

  it("learns the same from the same, and the file keeps it", () => {
    const ranking = learnRanking(lessons);
    expect(learnRanking(lessons)).toEqual(ranking);
    const dir = mkdtempSync(join(tmpdir(), "ranking-"));
    writeFileSync(join(dir, "ranking.json"), writeRanking(ranking));
    expect(loadRanking(dir)).toEqual(ranking);
  });

  it("uses the shipped weights where a city has none, and refuses those that do not fit", () => {
    const dir = mkdtempSync(join(tmpdir(), "ranking-"));
    expect(loadRanking(dir)).toEqual(loadRanking());
    writeFileSync(join(dir, "ranking.json"), '{"signals":{},"doubts":{}}');
    expect(() => loadRanking(dir)).toThrow(/catalogue train/);
  });
});

describe("what is measured", () => {
  it("counts the longest everyday word, once, under every name it has", () => {
    const concepts = loadEverydayWords();
    expect(concepts("邻居的藏獒和狗").filter((one) => one.endsWith("狗"))).toHaveLength(1);
    expect(concepts("zzz")).toEqual([]);
  });

  it("counts keywords that stand in the text, less where leaves share them", () => {
    const keywordsIn = createKeywordsIn([["停水", "没水"], ["停水"], ["路灯"]]);
    const [both = 0, shared = 0, other] = keywordsIn("我家停水停水没水");
    expect(both).toBeCloseTo(shared + 2);
    expect(shared).toBeCloseTo(2 / Math.SQRT2);
    expect(other).toBe(0);
  });

  it("finds a text likelier in the words of its own group, and as likely everywhere when nobody knows its words", () => {
    const likelihood = createLikelihood([
      new Map([["水", 5]]),
      new Map([
        ["电", 4],
        ["水", 1],
      ]),
    ]);
    const [water = 0, power = 0] = likelihood(new Map([["水", 1]]));
    expect(water).toBeGreaterThan(power);
    expect([...likelihood(new Map([["火", 1]]))]).toEqual([0, 0]);
  });
});
