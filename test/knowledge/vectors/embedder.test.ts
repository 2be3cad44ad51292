import OpenAI from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ModelError } from "../../../bots/errors.ts";
import { createEmbedder } from "../../../knowledge/model.ts";
import { nearness, readVectors } from "../../../knowledge/vectors/embedder.ts";
import { type ModelServer, openModelServer, type VectorMood } from "../../fakes/model-server.ts";
import { meaningOf } from "../../fakes/vectors.ts";

let server: ModelServer;
beforeEach(async () => {
  server = await openModelServer();
});
afterEach(() => server.close());

const open = (timeoutMs = 5_000) =>
  createEmbedder({ baseUrl: server.baseUrl, model: "vectors", apiKey: "key-1", timeoutMs });
const texts = ["失业金能领几个月", "失业金领多久", "狗证在哪里办"];
const reasonOf = (asking: Promise<unknown>) =>
  asking.then(
    () => "answered",
    (error: unknown) => (error instanceof ModelError ? error.reason : String(error)),
  );

describe("vectors of an OpenAI-compatible server", () => {
  it.each(["float", "base64"] as const)(
    "are read when it sends %s, each for its text and of length one",
    async (as) => {
      server.vectors = { kind: "vectors", vectorOf: (text) => meaningOf(text), as };
      const [one, other, strange] = (await open().embed(texts)) as [Float32Array, Float32Array, Float32Array];
      expect(nearness(one, one)).toBeCloseTo(1, 5);
      expect(nearness(one, other)).toBeGreaterThan(nearness(one, strange));
      expect(server.askedVectors).toMatchObject([{ model: "vectors", input: texts, encoding_format: "float" }]);
      expect(server.paths).toEqual(["/v1/embeddings"]);
    },
  );

  it("are asked for once, and given up with the patience", async () => {
    server.vectors = { kind: "vectors", vectorOf: (text) => meaningOf(text), ms: 3_000 };
    expect(await reasonOf(open().embed(texts, AbortSignal.timeout(50)))).toBe("timeout");
    expect(await reasonOf(open(50).embed(texts))).toBe("timeout");
    expect(server.askedVectors).toHaveLength(2);
  });

  const bad: [string, VectorMood, string][] = [
    ["another number of vectors", { kind: "body", body: { data: [{ index: 0, embedding: [1, 2] }] } }, "unusable"],
    ["no data", { kind: "body", body: {} }, "unusable"],
    [
      "words for numbers",
      { kind: "vectors", vectorOf: () => ["a", "b"] as unknown as number[], as: "float" },
      "unusable",
    ],
    ["nothing but zeros", { kind: "vectors", vectorOf: () => [0, 0, 0] }, "unusable"],
    ["empty vectors", { kind: "vectors", vectorOf: () => [] }, "unusable"],
    [
      "vectors of several sizes",
      { kind: "vectors", vectorOf: (text) => meaningOf(text).slice(text.length) },
      "unusable",
    ],
    ["an unending vector", { kind: "vectors", vectorOf: () => new Array<number>(9_000).fill(1) }, "unusable"],
    ["too busy", { kind: "status", status: 429 }, "throttled"],
    ["an error", { kind: "status", status: 500 }, "failing"],
    ["no such path", { kind: "status", status: 404 }, "refused"],
    ["nothing", { kind: "hang-up" }, "unreachable"],
  ];
  it.each(bad)("that are %s are a failure of the model", async (_what, mood, reason) => {
    server.vectors = mood;
    expect(await reasonOf(open().embed(texts))).toBe(reason);
    expect(server.askedVectors).toHaveLength(1);
  });

  it("in base64 that are cut are no vectors", () => {
    expect(() => readVectors([Buffer.from([1, 2, 3]).toString("base64")], 1)).toThrow(/cut/);
  });
});

describe("the scripted server", () => {
  it("satisfies the official client, which asks for base64", async () => {
    server.vectors = { kind: "vectors", vectorOf: () => [0.5, -2] };
    const client = new OpenAI({ apiKey: "k", baseURL: server.baseUrl, maxRetries: 0 });
    const { data } = await client.embeddings.create({ model: "vectors", input: ["a", "b"] });
    expect(data.map(({ embedding }) => [...embedding])).toEqual([
      [0.5, -2],
      [0.5, -2],
    ]);
    expect(server.askedVectors[0]?.encoding_format).toBe("base64");
  });
});
