import { describe, expect, it } from "vitest";
import type { Intent, RequestKind } from "../../../bots/model/index.ts";
import { createCatalogue } from "../../../knowledge/catalogue/catalogue.ts";
import { loadCatalogue } from "../../../knowledge/catalogue/load.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { createTriage } from "../../../knowledge/triage/triage.ts";
import { probeOf, shareOf } from "./probe/probe.ts";

const at = new Date("2026-11-26T15:00:00+08:00");
const catalogue = createCatalogue({ leaves: loadCatalogue().leaves, segmenter: createSegmenter() });
const triage = createTriage({ catalogue });
const probe = probeOf<{ intent: Intent; kind?: RequestKind }>("kind");
const read = await Promise.all(probe.map(async (one) => ({ ...one, read: await triage.read(one.text, at) })));

describe("四百条大白话的意图和诉求类型", () => {
  it.each([
    ["tuned", 0.97, 0.97],
    ["held", 0.88, 0.87],
  ] as const)("reads the %s half", (half, intents, kinds) => {
    const cases = read.filter((one) => one.half === half);
    const intent = shareOf(cases, (one) => one.read.intent === one.intent);
    expect(intent.share, intent.wrong.join("\n")).toBeGreaterThanOrEqual(intents);
    const named = cases.filter((one) => one.kind);
    const kind = shareOf(named, (one) => one.read.kind === one.kind);
    expect(kind.share, kind.wrong.join("\n")).toBeGreaterThanOrEqual(kinds);
  });
});
