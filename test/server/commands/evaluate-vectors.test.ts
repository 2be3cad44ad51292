import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { evaluatePolicies, type PolicyTask } from "../../../server/commands/evaluate-policies.ts";
import { readConfig } from "../../../server/config.ts";
import { openEmbedder } from "../../../server/language-model.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { type ModelServer, openModelServer, type VectorMood } from "../../fakes/model-server.ts";
import { meaningOf, noiseOf } from "../../fakes/vectors.ts";

const THINGS =
  "口罩 农药 渔船 茶叶 校车 电梯 煤炭 旅馆 影院 药店 书店 温室 码头 果园 奶牛 机床 纺织 陶瓷 快递 路灯".split(" ");
const DEEDS = ["补贴发放", "登记办法"];
const documents = THINGS.flatMap((thing) =>
  DEEDS.map((deed) => ({
    id: `${thing}${deed}`,
    text: `关于${thing}${deed}的通知。各单位按照本通知做好${thing}经营者的${deed}工作，${thing}的申请材料由窗口当场受理。办理${thing}${deed}的期限为十个工作日，逾期的由主管部门说明理由并告知${thing}经营者。`,
  })),
);
/** What people call things, and what papers call them. */
const CALLED: [string, string][] = [
  ["遮脸布", "口罩"],
  ["杀虫水", "农药"],
  ["打鱼船", "渔船"],
  ["学生班车", "校车"],
  ["升降梯", "电梯"],
  ["歇脚店", "旅馆"],
  ["看片场", "影院"],
  ["抓药铺", "药店"],
  ["照明杆", "路灯"],
  ["产奶牲口", "奶牛"],
];
const SAME: [string, string][] = [...CALLED, ["上户", "登记"], ["的钱", "补贴"]];
const questions = CALLED.map(([called, thing], i) => ({
  id: `q${i}`,
  query: `${called}${i % 2 === 0 ? "的钱怎么发放" : "怎么上户登记"}`,
  doc: `${thing}${DEEDS[i % 2]}`,
  answer: "十个工作日",
}));

let dir: string;
let server: ModelServer;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "jiesu-vectors-"));
  const lines = (all: object[]) => all.map((one) => JSON.stringify(one)).join("\n");
  writeFileSync(join(dir, "docs.jsonl"), lines(documents));
  writeFileSync(join(dir, "questions.jsonl"), lines(questions));
});
afterAll(() => rmSync(dir, { recursive: true }));
beforeEach(async () => {
  server = await openModelServer();
});
afterEach(() => server.close());

const log = { debug() {}, info() {}, warn() {}, error() {} };
const segmenter = createSegmenter();

async function figures(task: PolicyTask, vectors?: VectorMood): Promise<Record<string, unknown>> {
  if (vectors) server.vectors = vectors;
  const config = readConfig(vectors ? { OPENAI_BASE_URL: server.baseUrl, OPENAI_EMBEDDING_MODEL: "vectors" } : {});
  const embedder = await openEmbedder(config, { clock: createFakeClock(), log });
  const options = { data: join(dir, "questions.jsonl"), docs: join(dir, "docs.jsonl"), segmenter, embedder };
  for await (const found of evaluatePolicies(task, options)) {
    const { msPerQuestion: _, ...rest } = found as Record<string, unknown>;
    return rest;
  }
  throw new Error("figures were expected");
}

const tasks: PolicyTask[] = ["policy", "policy-answer", "policy-refuse"];

describe("evaluate policy… with vectors", () => {
  it("uses a model that helps, and finds more", async () => {
    const helpful: VectorMood = {
      kind: "vectors",
      vectorOf: (text) => meaningOf(text, SAME),
    };
    const words = await figures("policy");
    const meaning = await figures("policy", helpful);
    expect(meaning.vectors).toBe("used");
    for (const figure of ["R@1", "R@5", "MRR@10", "answerInFirst"]) {
      expect(Number(meaning[figure])).toBeGreaterThanOrEqual(Number(words[figure]));
    }
    expect(Number(meaning["MRR@10"])).toBeGreaterThan(Number(words["MRR@10"]));
  });

  const bad: [string, VectorMood, string][] = [
    ["noise", { kind: "vectors", vectorOf: noiseOf }, "not trusted"],
    ["the same for all", { kind: "vectors", vectorOf: () => [1, 2, 3] }, "not trusted"],
    ["garbage", { kind: "body", body: { data: "?" } }, "failed"],
    ["an error", { kind: "status", status: 500 }, "failed"],
  ];
  it.each(bad)("gives the figures of words alone when the model gives %s", async (_what, mood, vectors) => {
    for (const task of tasks) expect(await figures(task, mood)).toEqual({ ...(await figures(task)), vectors });
  });
});
