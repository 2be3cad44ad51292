import { describe, expect, it } from "vitest";
import type { Entry } from "../../../knowledge/policies/entry.ts";
import { createEntryIndex } from "../../../knowledge/policies/entry-index.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";

const segmenter = createSegmenter();
const LONG = "停车场按小时收费，夜间减半，月票在窗口办理。".repeat(30);
const entries = Array.from({ length: 20 }, (_, i): Entry => {
  const text = i % 5 === 0 ? LONG : `停车收费标准第${i}号，由物业公司收取。`;
  return { id: `parking-${i}`, question: `停车怎么收费${"吗".repeat(i)}`, similar: [], text, status: "published" };
});

describe("an index whose entries lie elsewhere", () => {
  const whole = createEntryIndex({ segmenter });
  for (const entry of entries) whole.put(entry);

  function kept() {
    const asked: string[] = [];
    const read = (id: string) => {
      asked.push(id);
      return entries.find((entry) => entry.id === id);
    };
    return { asked, index: createEntryIndex({ segmenter, saved: whole.save(), read }) };
  }

  it("reads no more of them than are wanted, the same ones in the same order", () => {
    const { asked, index } = kept();
    const found = index.search("停车收费", 3, () => true);
    expect(found).toEqual(whole.search("停车收费", 20, () => true).slice(0, 3));
    expect(asked).toEqual(found.map(({ entry }) => entry.id));
  });

  it("reads on where one is not let through", () => {
    const { asked, index } = kept();
    const [first] = whole.search("停车收费", 1, () => true);
    const found = index.search("停车收费", 3, ({ id }) => id !== first?.entry.id);
    expect(found.map(({ entry }) => entry.id)).toEqual(asked.slice(1));
    expect(asked[0]).toBe(first?.entry.id);
    expect(found).toHaveLength(3);
  });
});
