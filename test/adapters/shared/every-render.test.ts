import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numberChoices } from "../../../bots/choices.ts";
import type { Choice, OutboundMessage } from "../../../bots/model/index.ts";
import { platforms } from "../../contracts/platforms/index.ts";
import { lostChoices, lostWords } from "../../contracts/same-transcript.ts";

const RUNS = { numRuns: 60 };

const piece = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(..."路灯坏了三天没人修晚上走路很不安全请尽快处理") },
  { weight: 2, arbitrary: fc.constantFrom("😀", "👨‍👩‍👧‍👦", "🇨🇳", "é", "A", "9", "-", "<b>", "*") },
  { weight: 1, arbitrary: fc.constantFrom("，", "。", "！", " ", "；") },
);
const words = (most: number) =>
  fc.array(piece, { minLength: 1, maxLength: most }).map((parts) => parts.join("").trim() || "灯");
const label = fc.oneof({ weight: 4, arbitrary: words(12) }, { weight: 1, arbitrary: words(200) });
/** Ids may be long: they carry a citizen's own choice, like the number of a ticket. */
const argument = fc.stringMatching(/^[a-z0-9-]{1,80}$/);

const choices = fc
  .uniqueArray(fc.record({ label, argument }), { minLength: 1, maxLength: 40, selector: (each) => each.argument })
  .map((all): Choice[] => all.map((each) => ({ id: `intake/pick/${each.argument}`, label: each.label })));

const longText = fc.oneof(
  words(60),
  words(3_000),
  fc.integer({ min: 1, max: 9_000 }).map((length) => "没有标点的话".repeat(length).slice(0, length)),
);

const offer: fc.Arbitrary<OutboundMessage> = fc.oneof(
  fc.record({ kind: fc.constant("choices" as const), text: longText, choices }),
  fc.record({ kind: fc.constant("choices" as const), text: words(30), choices, asks: fc.constant("contact" as const) }),
  fc.record({ kind: fc.constant("ask-location" as const), text: longText, choices }),
  fc.record({
    kind: fc.constant("card" as const),
    title: words(20),
    rows: fc.array(fc.record({ label: words(6), value: words(300) }), { maxLength: 12 }),
    text: longText,
    choices,
  }),
);

/** What the engine hands to the outbox; news come without numbers. */
const counted = fc.boolean();
const numbered = (turn: OutboundMessage[], isCounted: boolean) => (isCounted ? numberChoices(turn).say : turn);

describe.each(platforms)("$name：随便什么话和选项", (platform) => {
  it("一个选项、一个字不丢，平台的限度不超", () => {
    fc.assert(
      fc.property(offer, counted, (message, isCounted) => {
        const turn = numbered([message], isCounted);
        const payloads = platform.payloads(turn);
        expect(payloads.flatMap(({ faults }) => faults)).toEqual([]);
        expect(lostChoices(platform, turn, payloads)).toEqual([]);
        expect(lostWords(turn, payloads)).toEqual([]);
        expect(payloads.every((each) => each.words.isWellFormed())).toBe(true);
      }),
      RUNS,
    );
  });

  it("几条话一起说，也一样", () => {
    const text = fc.record({ kind: fc.constant("text" as const), text: words(400) });
    const turns = fc.tuple(fc.array(text, { maxLength: 6 }), offer, fc.array(text, { maxLength: 6 }));
    fc.assert(
      fc.property(turns, counted, ([before, middle, after], isCounted) => {
        const turn = numbered([...before, middle, ...after], isCounted);
        const payloads = platform.payloads(turn);
        expect(payloads.flatMap(({ faults }) => faults)).toEqual([]);
        expect(lostChoices(platform, turn, payloads)).toEqual([]);
        expect(lostWords(turn, payloads)).toEqual([]);
      }),
      RUNS,
    );
  });

  it("长话在句子的末尾断开", () => {
    const sentence = fc
      .integer({ min: 5, max: 60 })
      .map((length) => `${"路灯坏了没有人来修".repeat(8).slice(0, length)}。`);
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 300 }), (sentences) => {
        const payloads = platform.payloads([{ kind: "text", text: sentences.join("") }]);
        expect(
          payloads
            .map((each) => each.words)
            .join("")
            .replace(/\s/g, ""),
        ).toBe(sentences.join(""));
        expect(payloads.filter((each) => !each.words.endsWith("。"))).toEqual([]);
      }),
      RUNS,
    );
  });
});
