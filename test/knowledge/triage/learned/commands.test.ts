import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createSegmenter } from "../../../../knowledge/text/segment.ts";
import { ModelFileError } from "../../../../knowledge/triage/learned/model-file.ts";
import { evaluate } from "../../../../server/commands/evaluate.ts";
import { InputError } from "../../../../server/commands/json-lines.ts";
import { triagePredict, triageTrain } from "../../../../server/commands/triage.ts";
import { letters } from "./letters.ts";

const segmenter = createSegmenter();
const folder = mkdtempSync(join(tmpdir(), "jiesu-triage-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function* jsonl(objects: readonly object[]): AsyncGenerator<string> {
  for (const object of objects) yield JSON.stringify(object);
}

async function collect(items: AsyncIterable<object>): Promise<object[]> {
  const all: object[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function train(file: string): Promise<{ model: string; reported: string[] }> {
  const model = join(folder, file);
  const reported: string[] = [];
  await triageTrain({ input: jsonl(letters), out: model, segmenter, report: (line) => reported.push(line) });
  return { model, reported };
}

describe("triage train and predict", () => {
  it("writes a model, reports on it, and labels lines in their order", async () => {
    const { model, reported } = await train("a.bin");
    expect(reported.join("\n")).toMatch(/3 labels: .*供暖 20[\s\S]*macro-F1 \d\.\d{4}[\s\S]*a\.bin: \d+ bytes/);
    const input = jsonl([{ id: 1, text: "暖气片漏水" }, { id: "x", title: "学校食堂不干净", text: null }, { id: 3 }]);
    const lines = await collect(triagePredict({ input, model, segmenter }));
    expect(lines).toMatchObject([{ id: 1, label: "供暖" }, { id: "x", label: "学校" }, { id: 3 }]);
  });

  it("names the faulty line, and a file that is no model", async () => {
    const input = jsonl([{ label: "供暖", text: "冷" }, { text: "冷" }]);
    const out = join(folder, "never.bin");
    await expect(triageTrain({ input, out, segmenter, report: () => {} })).rejects.toThrow(/^line 2: label: /);
    writeFileSync(out, "nothing of the kind");
    const predicted = collect(triagePredict({ input: jsonl([]), model: out, segmenter }));
    await expect(predicted).rejects.toThrow(ModelFileError);
  });
});

describe("evaluate", () => {
  it("measures a model file, a model learned first, or the data by cross-validation, and says which", async () => {
    const { model } = await train("b.bin");
    const [byFile] = await collect(evaluate("category", { data: jsonl(letters), model, segmenter }));
    const options = { data: jsonl(letters), train: jsonl(letters), titleOnly: true, segmenter };
    const [byTraining] = await collect(evaluate("kind", options));
    const [crossed] = await collect(evaluate("kind", { data: jsonl(letters), segmenter }));
    expect(byFile).toMatchObject({ task: "category", measured: "model file", input: "title+text", n: 60, macroF1: 1 });
    expect(byTraining).toMatchObject({ measured: "model learned from the training file", input: "title", n: 60 });
    expect(crossed).toMatchObject({ task: "kind", measured: "cross-validation on the data", folds: 5, n: 60 });
  });

  it("knows its tasks, and wants data", async () => {
    await expect(collect(evaluate("constructor", { data: jsonl([]), segmenter }))).rejects.toThrow(InputError);
    await expect(collect(evaluate("kind", { data: jsonl([]), segmenter }))).rejects.toThrow(/no line to measure/);
  });
});
