import OpenAI from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ModelError } from "../../bots/errors.ts";
import type { ModelQuestion } from "../../bots/ports.ts";
import { createChatModel } from "../../knowledge/model.ts";
import { type ModelMood, type ModelServer, openModelServer } from "../fakes/model-server.ts";

let server: ModelServer;
beforeEach(async () => {
  server = await openModelServer();
});
afterEach(() => server.close());

const question: ModelQuestion<string> = {
  name: "colour-1",
  instructions: "Answer with one JSON object.",
  data: "The sky.",
  schema: {
    type: "object",
    properties: { colour: { type: "string" } },
    required: ["colour"],
    additionalProperties: false,
  },
  read(answer) {
    if (typeof answer === "object" && answer !== null && "colour" in answer) return String(answer.colour);
    throw new Error("no colour");
  },
};

const open = (options: { timeoutMs?: number; apiKey?: string } = {}) =>
  createChatModel({ baseUrl: server.baseUrl, model: "small", timeoutMs: 10_000, ...options });

const blue: ModelMood = { kind: "answer", answer: { colour: "blue" } };

async function failureOf(asking: Promise<unknown>): Promise<ModelError> {
  const error = await asking.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ModelError)) throw new Error(`a ModelError was expected, not ${error}`);
  return error;
}

describe("a question to an OpenAI-compatible server", () => {
  it("carries instructions and data apart, a closed schema, and nothing else", async () => {
    server.moods = [blue];
    expect(await open({ apiKey: "key-1" }).ask(question)).toBe("blue");
    const [asked] = server.asked;
    expect(asked?.messages).toEqual([
      { role: "system", content: "Answer with one JSON object." },
      { role: "user", content: "The sky." },
    ]);
    expect(asked?.response_format?.json_schema).toMatchObject({ name: "colour-1", strict: true });
    expect(asked).toMatchObject({ model: "small", temperature: 0, stream: false });
    expect(asked).not.toHaveProperty("tools");
    expect(server.keys).toEqual(["Bearer key-1"]);
    expect(server.paths).toEqual(["/v1/chat/completions"]);
  });

  it.each([
    ["tools", 2],
    ["json_object", 3],
  ] as const)("is asked by %s where the server knows nothing else, from question %i on", async (way, nth) => {
    server.knows = [way];
    server.otherwise = blue;
    const model = open();
    for (let i = 1; i < nth; i++) expect((await failureOf(model.ask(question))).reason).toBe("refused");
    expect(await model.ask(question)).toBe("blue");
    expect(await model.ask(question)).toBe("blue");
  });

  it("keeps the way that once worked, whatever is said later", async () => {
    server.moods = [blue, { kind: "text", content: "{" }, { kind: "status", status: 400 }, blue];
    const model = open();
    await model.ask(question);
    await failureOf(model.ask(question));
    await failureOf(model.ask(question));
    expect(await model.ask(question)).toBe("blue");
    expect(server.asked.every((asked) => asked.response_format?.type === "json_schema")).toBe(true);
  });

  it("reads an answer in a code fence once it asks for plain JSON", async () => {
    server.otherwise = { kind: "text", content: '```json\n{"colour": "grey"}\n```' };
    server.knows = ["json_object"];
    const model = open();
    await failureOf(model.ask(question));
    await failureOf(model.ask(question));
    expect(await model.ask(question)).toBe("grey");
  });
});

describe("a server that does not help", () => {
  it.each<[string, ModelMood, string]>([
    ["has too many questions", { kind: "status", status: 429, headers: { "retry-after": "1" } }, "throttled"],
    ["is at fault", { kind: "status", status: 500 }, "failing"],
    ["is overloaded", { kind: "status", status: 503 }, "failing"],
    ["does not know the key", { kind: "status", status: 401 }, "refused"],
    ["does not know the model", { kind: "status", status: 404 }, "refused"],
    ["hangs up", { kind: "hang-up" }, "unreachable"],
    ["hangs up in the middle", { kind: "hang-up-midway" }, "unusable"],
    ["breaks its JSON", { kind: "text", content: '{"colour": "bl' }, "unusable"],
    ["chats", { kind: "text", content: "Sure! The sky is blue." }, "unusable"],
    ["says nothing", { kind: "text", content: "" }, "unusable"],
    ["has no choices", { kind: "no-choices" }, "unusable"],
    ["answers something else", { kind: "answer", answer: { color: "blue" } }, "unusable"],
    ["answers a list", { kind: "answer", answer: [] }, "unusable"],
    ["streams garbage", { kind: "garbage" }, "unusable"],
    ["shows a page", { kind: "page" }, "unusable"],
    ["never ends", { kind: "huge", bytes: 3_000_000 }, "unusable"],
  ])("which %s is asked once, and the fault is named", async (_what, mood, reason) => {
    server.moods = [mood];
    server.otherwise = blue;
    expect((await failureOf(open().ask(question))).reason).toBe(reason);
    expect(server.asked).toHaveLength(1);
  });

  it("is given up at the limit, the connection too", async () => {
    server.moods = [{ kind: "late", ms: 1_500, answer: { colour: "blue" } }];
    expect((await failureOf(open({ timeoutMs: 100 }).ask(question))).reason).toBe("timeout");
    await expect.poll(() => server.abandoned).toBe(1);
  });

  it("is given up as soon as the turn has no patience left", async () => {
    server.moods = [{ kind: "late", ms: 1_500, answer: { colour: "blue" } }];
    const patience = AbortSignal.timeout(50);
    expect((await failureOf(open().ask(question, patience))).reason).toBe("timeout");
    expect((await failureOf(open().ask(question, patience))).reason).toBe("timeout");
    expect(server.asked).toHaveLength(1);
  });

  it("cannot send a question on to another server", async () => {
    const other = await openModelServer();
    server.moods = [{ kind: "redirect", to: `${other.baseUrl}/chat/completions` }];
    expect((await failureOf(open().ask(question))).reason).toBe("unreachable");
    expect(other.paths).toEqual([]);
    await other.close();
  });

  it("is not reached at all", async () => {
    const model = createChatModel({ baseUrl: "http://127.0.0.1:1/v1", model: "small", timeoutMs: 10_000 });
    expect((await failureOf(model.ask(question))).reason).toBe("unreachable");
  });

  it("has its words kept out of the error's message", async () => {
    server.moods = [{ kind: "status", status: 400, message: "cannot process 张三 13800000000" }];
    const { message } = await failureOf(open().ask(question));
    expect(message).toBe("colour-1 (jsonSchema): refused, HTTP 400");
  });
});

describe("the scripted server", () => {
  it("satisfies the official client, in each way of asking for a shape", async () => {
    const client = new OpenAI({ apiKey: "k", baseURL: server.baseUrl, maxRetries: 0 });
    const messages = [{ role: "user" as const, content: "JSON, please" }];
    const json_schema = { name: "colour-1", strict: true, schema: question.schema };
    server.otherwise = blue;
    const parsed = await client.chat.completions.parse({
      model: "small",
      messages,
      response_format: { type: "json_schema", json_schema },
    });
    expect(parsed.choices[0]?.message.parsed).toEqual({ colour: "blue" });
    const called = await client.chat.completions.create({
      model: "small",
      messages,
      tools: [{ type: "function", function: { name: "colour-1", parameters: question.schema } }],
    });
    expect(called.choices[0]?.message.tool_calls?.[0]).toMatchObject({ function: { arguments: '{"colour":"blue"}' } });
    server.moods = [{ kind: "status", status: 429 }];
    await expect(client.chat.completions.create({ model: "small", messages })).rejects.toThrow(OpenAI.RateLimitError);
  });
});
