import { describe, expect, it } from "vitest";
import { learnRanking } from "../../../../knowledge/policies/ranking/learn.ts";
import { writeLearnedRanking } from "../../../../knowledge/policies/ranking/learned.ts";
import { refusalArea, retrievalFigures } from "../../../../knowledge/policies/ranking/measure-ranking.ts";
import { SIGNS } from "../../../../knowledge/policies/ranking/signs.ts";
import { createSegmenter } from "../../../../knowledge/text/segment.ts";
import { papers, replies } from "./papers.ts";

const questions = [
  { id: "1", query: "河北省稳岗返还比例是多少？", doc: "hebei-subsidy", answer: "百分之五十" },
  { id: "2", query: "山西省稳岗返还比例是多少？", doc: "shanxi-subsidy", answer: "百分之七十" },
  { id: "3", query: "口罩日产量目标是多少？", doc: "mask-goal", answer: "两千万只" },
  { id: "4", query: "校车多久检验一次？", doc: "school-bus", answer: "每半年检验一次" },
];
const letters = [
  { id: "1", query: "B3县东街停车难", doc: "reply-parking" },
  { id: "2", query: "C5县东街停车难", doc: "reply-parking-elsewhere" },
  { id: "3", query: "广场舞太吵", doc: "reply-noise" },
];

describe("learning to rank documents", () => {
  const book = {
    papers: { documents: papers, questions },
    replies: { documents: replies, questions: letters },
    segmenter: createSegmenter(),
  };

  it("gives every sign a weight, the same ones every time, and a report by cross-validation", () => {
    const { learned, report } = learnRanking(book);
    const file = writeLearnedRanking(learned);
    expect(Object.keys(JSON.parse(file).papers)).toEqual([...SIGNS]);
    expect(writeLearnedRanking(learnRanking(book).learned)).toBe(file);
    expect(Object.keys(report.papers)).toEqual(["R@1", "R@5", "MRR@10", "answerInFirst", "quoted", "refusalAUROC"]);
    expect(report.replies["R@5"]).toBe(1);
  });
});

describe("figures", () => {
  it("count ranks as they are defined", () => {
    expect(retrievalFigures([{ rank: 0 }, { rank: 4 }, { rank: 12 }, { rank: -1 }])).toEqual({
      "R@1": 0.25,
      "R@5": 0.5,
      "MRR@10": (1 + 1 / 5) / 4,
    });
  });

  it("take the area of confidence over all pairs, ties as half", () => {
    expect(refusalArea([{ confidence: 0.9, without: 0.1 }])).toBe(1);
    expect(refusalArea([{ confidence: 0.5, without: 0.5 }])).toBe(0.5);
    expect(
      refusalArea([
        { confidence: 0.9, without: 0.6 },
        { confidence: 0.4, without: 0.1 },
      ]),
    ).toBe(0.75);
  });
});
