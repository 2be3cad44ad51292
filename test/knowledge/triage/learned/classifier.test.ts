import { describe, expect, it } from "vitest";
import { createSegmenter } from "../../../../knowledge/text/segment.ts";
import { createClassifier } from "../../../../knowledge/triage/learned/classifier.ts";
import { ModelFileError, readModel, writeModel } from "../../../../knowledge/triage/learned/model-file.ts";
import { TrainingDataError, trainModel } from "../../../../knowledge/triage/learned/train.ts";
import { letters } from "./letters.ts";

const segmenter = createSegmenter();
const { model, report } = trainModel({ examples: letters, segmenter });
const classifier = createClassifier(model, segmenter);
const labels = ["供暖", "公交", "学校"].sort();

describe("a classifier learned from sixty letters", () => {
  it.each([
    { title: "槐安里暖气不热", text: "家里老人冷得受不了，供暖费早就交了。", label: "供暖" },
    { title: "公交司机甩站", text: "", label: "公交" },
    { title: "", text: "我家孩子明年上小学，学校说学位满了。", label: "学校" },
  ])("knows that “$title$text” is about $label", ({ title, text, label }) => {
    expect(classifier.predict({ title, text }).label).toBe(label);
  });

  it.each(["", " \n", "👩‍👩‍👧🔥🔥", "\ud800", "zzz qqq", "公".repeat(20_000)])(
    "gives probabilities that sum to 1 for odd text (%#)",
    (text) => {
      const { label, scores } = classifier.predict({ title: "", text });
      expect(Object.keys(scores)).toEqual(labels);
      expect(labels).toContain(label);
      expect(Object.values(scores).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
    },
  );

  it("takes a chat message without a title", () => {
    expect(classifier.predict({ text: "公交车开过去不停" })).toEqual(
      classifier.predict({ title: "", text: "公交车开过去不停" }),
    );
  });

  it("says how many letters of each label it saw, and how well those held out were told apart", () => {
    expect(report.counts).toEqual({ 供暖: 20, 公交: 20, 学校: 20 });
    expect(report.folds).toBe(5);
    expect(report.profiles[report.profile]?.asSent.n).toBe(60);
    expect(Object.keys(report.profiles).sort()).toEqual(["manner", "subject"]);
  });

  it("is the same, byte for byte, when it is learned again", () => {
    expect(writeModel(trainModel({ examples: letters, segmenter }).model).equals(writeModel(model))).toBe(true);
  });
});

describe("a model file", () => {
  it("gives back the model that was written", () => {
    expect(readModel(writeModel(model))).toEqual(model);
  });

  it("holds no letter, nor any four characters of one", () => {
    const file = writeModel(model).toString("utf8");
    for (const { title } of letters) expect(file).not.toContain(title.slice(0, 4));
  });

  it("is refused when it is something else, cut short or altered", () => {
    const file = writeModel(model);
    const altered = Buffer.from(file);
    altered[file.length >> 1] = (altered[file.length >> 1] as number) ^ 1;
    expect(() => readModel(Buffer.from("{}"))).toThrow(new ModelFileError("not a triage model file of this version"));
    expect(() => readModel(Buffer.alloc(0))).toThrow(ModelFileError);
    expect(() => readModel(file.subarray(0, file.length - 1))).toThrow(/damaged or cut short/);
    expect(() => readModel(file.subarray(0, 20))).toThrow(/damaged or cut short/);
    expect(() => readModel(altered)).toThrow(/damaged or cut short/);
  });
});

describe("training data", () => {
  it("must have two labels", () => {
    const examples = letters.filter(({ label }) => label === "公交");
    expect(() => trainModel({ examples, segmenter })).toThrow(TrainingDataError);
    expect(() => trainModel({ examples: [], segmenter })).toThrow(TrainingDataError);
  });

  it("must have two messages of each label", () => {
    const examples = [...letters, { label: "噪声", title: "夜里施工", text: "" }];
    expect(() => trainModel({ examples, segmenter })).toThrow(/噪声/);
  });

  it("may have labels named like parts of JavaScript objects, and empty messages", () => {
    const examples = letters.map((letter, i) => ({
      ...letter,
      label: letter.label === "公交" ? "__proto__" : letter.label === "学校" ? "constructor" : letter.label,
      ...(i % 7 === 0 ? { title: "", text: "" } : {}),
    }));
    const odd = createClassifier(trainModel({ examples, segmenter }).model, segmenter);
    expect(odd.predict({ title: "公交车不停站", text: "" }).label).toBe("__proto__");
  });
});
