import { describe, expect, it } from "vitest";
import type { Entry } from "../../../../knowledge/policies/entry.ts";
import { createEntryIndex } from "../../../../knowledge/policies/entry-index.ts";
import { judge } from "../../../../knowledge/policies/judge.ts";
import { measureOf } from "../../../../knowledge/policies/measure.ts";
import { namedPlaces, placeNames } from "../../../../knowledge/policies/ranking/named-places.ts";
import { measureDocuments, readForRanking } from "../../../../knowledge/policies/ranking/rank-documents.ts";
import { SIGNS, type Sign } from "../../../../knowledge/policies/ranking/signs.ts";
import { createSegmenter } from "../../../../knowledge/text/segment.ts";
import { papers, replies } from "./papers.ts";

const segmenter = createSegmenter();

function baseOf(documents: readonly { id: string; text: string }[]) {
  const index = createEntryIndex({ segmenter });
  for (const { id, text } of documents) index.put({ id, text, similar: [], status: "published" });
  const accept = (left: (entry: Entry) => boolean = () => true) => left;
  return {
    ask: (query: string, left?: (entry: Entry) => boolean) => judge({ query, index, segmenter, accept: accept(left) }),
    signs(query: string): Map<string, Record<Sign, number>> {
      const measure = measureOf(index, segmenter);
      const candidates = index.search(query, 10, () => true);
      const { signs } = measureDocuments(readForRanking(query, measure), candidates, measure);
      return new Map(
        candidates.map(({ entry }, i) => [
          entry.id,
          Object.fromEntries(SIGNS.map((sign, at) => [sign, signs[i]?.[at] ?? 0])) as Record<Sign, number>,
        ]),
      );
    },
  };
}

describe("bare documents", () => {
  const base = baseOf(papers);

  it.each([
    ["河北省稳岗返还的比例是多少？", "hebei-subsidy", "百分之五十"],
    ["山西省稳岗返还的比例是多少？", "shanxi-subsidy", "百分之七十"],
    ["山西的企业稳岗返还什么时候截止申请？", "shanxi-subsidy", "九月三十日"],
    ["全省口罩日产量目标是多少？", "mask-goal", "两千万只"],
    ["校车多久检验一次？", "school-bus", "每半年检验一次"],
  ])("%s is answered from the paper of the right place, and what is quoted holds the answer", (query, id, words) => {
    const answer = base.ask(query);
    const sources = answer.kind === "answered" ? answer.sources : answer.nearest;
    expect(sources[0]?.entryId).toBe(id);
    expect(sources[0]?.quote).toContain(words);
  });

  it("a quote stands in its document verbatim and has at most 400 characters", () => {
    const long = {
      id: "long",
      text: papers
        .map(({ text }) => text)
        .join("\n")
        .repeat(4),
    };
    const answer = baseOf([long, ...papers]).ask("校车多久检验一次？");
    const sources = answer.kind === "answered" ? answer.sources : answer.nearest;
    for (const { entryId, quote } of sources) {
      expect(quote.length).toBeLessThanOrEqual(400);
      expect([long, ...papers].find(({ id }) => id === entryId)?.text).toContain(quote);
    }
  });

  it("is less sure of a question whose paper has been taken out", () => {
    const queries = ["全省口罩日产量目标是多少？", "校车多久检验一次？"];
    const ids = ["mask-goal", "school-bus"];
    for (const [i, query] of queries.entries()) {
      const lacking = base.ask(query, ({ id }) => id !== ids[i]);
      expect(lacking.confidence).toBeLessThan(base.ask(query).confidence);
      expect(lacking.kind).toBe("unsure");
    }
  });
});

describe("replies to letters", () => {
  it("are told apart by place, also where the place is masked", () => {
    const base = baseOf(replies);
    const first = (query: string) => {
      const answer = base.ask(query);
      return (answer.kind === "answered" ? answer.sources : answer.nearest)[0]?.entryId;
    };
    expect(first("B3县东街能不能增设停车位？")).toBe("reply-parking");
    expect(first("C5县东街能不能增设停车位？")).toBe("reply-parking-elsewhere");
  });
});

describe("the signs of a document", () => {
  const signs = baseOf(papers).signs("河北省稳岗返还的申请期限");

  it("say what place it speaks for", () => {
    expect(signs.get("hebei-subsidy")).toMatchObject({ leadProvince: 1, otherProvince: 0, places: 1 });
    expect(signs.get("shanxi-subsidy")).toMatchObject({ leadProvince: 0, otherProvince: 1, places: 0 });
  });

  it("are shares, so that no base and no length of a question makes them grow", () => {
    const open: Sign[] = ["length", "sameProvince"];
    for (const one of signs.values()) {
      for (const sign of SIGNS.filter((name) => !open.includes(name))) {
        expect(one[sign], sign).toBeGreaterThanOrEqual(-1);
        expect(one[sign], sign).toBeLessThanOrEqual(1.000001);
      }
    }
  });

  it("see three characters in a row and the longest run of the question's words", () => {
    expect(signs.get("hebei-subsidy")?.run).toBeGreaterThan(signs.get("mask-goal")?.run ?? 0);
  });

  it("bear empty and odd questions", () => {
    const base = baseOf(papers);
    for (const query of ["", "？", "啊", "a", "😀😀", "的".repeat(5_000), "河北省".repeat(2_000)]) {
      expect(base.ask(query).kind).toBe("unsure");
    }
  });
});

describe("places named in a text", () => {
  it("are counted by province, cities with their province's", () => {
    expect(Object.fromEntries(namedPlaces("石家庄和保定的企业，河北省的企业，太原的企业"))).toEqual({
      河北: 3,
      山西: 1,
    });
  });

  it("may be masked by a letter", () => {
    expect(Object.fromEntries(namedPlaces("咨询a市和a7县的政策"))).toEqual({ a: 2 });
    expect(placeNames("咨询a7县的政策")).toContain("a7县");
  });
});
