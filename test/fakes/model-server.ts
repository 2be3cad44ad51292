import type { AddressInfo } from "node:net";
import express, { type Request, type Response } from "express";

/**
 * How the server answers one question. `answer` is put into the form that the question asked for; "pick" answers with the nth of the leaves that
 * were offered.
 */
export type ModelMood =
  | { kind: "answer"; answer: unknown }
  | { kind: "pick"; nth: number; answer: object }
  | { kind: "text"; content: string }
  | { kind: "late"; ms: number; answer: unknown }
  | { kind: "status"; status: number; headers?: Record<string, string>; message?: string }
  | { kind: "hang-up" }
  | { kind: "hang-up-midway" }
  | { kind: "garbage" }
  | { kind: "page" }
  | { kind: "huge"; bytes: number }
  | { kind: "redirect"; to: string }
  | { kind: "no-choices" };

/** How the server answers with vectors: those of `vectorOf`, after a while, or none that fit. */
export type VectorMood =
  | { kind: "vectors"; vectorOf(text: string): number[]; as?: "float" | "base64"; ms?: number }
  | { kind: "status"; status: number }
  | { kind: "body"; body: object }
  | { kind: "hang-up" };

export interface AskedVectors {
  model: string;
  input: string[];
  encoding_format?: string;
}

/** The part of a chat completion request that the server looks at. */
export interface Asked {
  model: string;
  messages: { role: string; content: string }[];
  temperature?: number;
  stream?: boolean;
  tools?: { type: string; function: { name: string; parameters: Shape; strict?: boolean } }[];
  tool_choice?: unknown;
  response_format?: { type: string; json_schema?: { name: string; schema: Shape; strict?: boolean } };
}

interface Shape {
  properties: Record<string, { enum?: string[] }>;
  required: string[];
  additionalProperties: boolean;
}

type Way = "json_schema" | "json_object" | "tools";

export interface ModelServer {
  /** Root of the API, ending in /v1. */
  baseUrl: string;
  asked: Asked[];
  /** Authorization headers, in the order of the questions. */
  keys: (string | undefined)[];
  /** Every path that was called, whatever the method. */
  paths: string[];
  /** Answers that did not go out whole: one of the two hung up. */
  abandoned: number;
  /** Taken one by one; when they are used up, `otherwise` answers. */
  moods: ModelMood[];
  otherwise: ModelMood;
  askedVectors: AskedVectors[];
  vectors: VectorMood;
  /** What of the protocol the server knows; the rest it refuses with 400. */
  knows: Way[];
  close(): Promise<void>;
}

/** Every field is there, and says that nothing was found. */
export const NOTHING_FOUND = { leaf: "none", kind: "none", occurredAt: "", wants: "", unit: "", matters: [] };

/** An OpenAI-compatible server (POST /v1/chat/completions, /v1/embeddings) that answers as it is told, as badly as servers can. */
export async function openModelServer(): Promise<ModelServer> {
  const app = express();
  app.use((request, _response, next) => {
    server.paths.push(request.path);
    next();
  });
  app.use(express.json({ limit: "1mb" }));
  app.post("/v1/chat/completions", async (request: Request, response: Response) => {
    const asked = request.body as Asked;
    server.asked.push(asked);
    response.once("close", () => {
      if (!response.writableFinished) server.abandoned += 1;
    });
    server.keys.push(request.headers.authorization);
    const way = wayOf(asked);
    const fault = server.knows.includes(way) ? faultOf(asked) : `${way} is not supported`;
    if (fault) refuse(response, 400, fault);
    else await answer(server.moods.shift() ?? server.otherwise, asked, response);
  });
  app.post("/v1/embeddings", async (request: Request, response: Response) => {
    const asked = request.body as AskedVectors;
    server.askedVectors.push(asked);
    await sendVectors(server.vectors, asked, response);
  });
  const listening = app.listen(0, "127.0.0.1");
  await new Promise<void>((resolve) => {
    listening.once("listening", resolve);
  });
  const server: ModelServer = {
    baseUrl: `http://127.0.0.1:${(listening.address() as AddressInfo).port}/v1`,
    asked: [],
    abandoned: 0,
    keys: [],
    paths: [],
    moods: [],
    otherwise: { kind: "answer", answer: NOTHING_FOUND },
    askedVectors: [],
    vectors: { kind: "status", status: 404 },
    knows: ["json_schema", "json_object", "tools"],
    async close() {
      listening.closeAllConnections();
      await new Promise((resolve) => {
        listening.close(resolve);
      });
    },
  };
  return server;
}

function wayOf(asked: Asked): Way {
  if (asked.tools) return "tools";
  return asked.response_format?.type === "json_schema" ? "json_schema" : "json_object";
}

/** What a strict server complains of: an unnamed or open schema, no messages. */
function faultOf(asked: Asked): string | undefined {
  if (!asked.model || !asked.messages?.length) return "model and messages are required";
  if (asked.stream) return "this server does not stream";
  const { name, schema } = schemaOf(asked);
  if (name !== undefined && !/^[a-zA-Z0-9_-]{1,64}$/.test(name)) return `invalid name ${name}`;
  if (!schema) return asked.messages.some(({ content }) => /json/i.test(content)) ? undefined : "say JSON in a message";
  const names = Object.keys(schema.properties).sort();
  const isClosed = schema.additionalProperties === false && names.join() === schema.required.toSorted().join();
  return isClosed ? undefined : "the schema must be closed";
}

/** The shape that the question asks for; undefined in plain JSON mode. */
function schemaOf(asked: Asked): { name?: string; schema?: Shape } {
  const tool = asked.tools?.[0]?.function;
  if (tool) return { name: tool.name, schema: tool.parameters };
  return { name: asked.response_format?.json_schema?.name, schema: asked.response_format?.json_schema?.schema };
}

/** The leaves that the question leaves the choice of, and "none". */
export const leavesOf = (asked: Asked | undefined): string[] =>
  (asked && schemaOf(asked).schema?.properties.leaf?.enum) ?? [];

async function answer(mood: ModelMood, asked: Asked, response: Response): Promise<void> {
  switch (mood.kind) {
    case "answer":
      complete(response, asked, JSON.stringify(mood.answer));
      break;
    case "pick":
      complete(response, asked, JSON.stringify({ ...mood.answer, leaf: leavesOf(asked)[mood.nth] }));
      break;
    case "text":
      complete(response, asked, mood.content);
      break;
    case "late":
      await new Promise((resolve) => {
        setTimeout(resolve, mood.ms);
      });
      complete(response, asked, JSON.stringify(mood.answer));
      break;
    case "status":
      refuse(response.set(mood.headers ?? {}), mood.status, mood.message ?? "no");
      break;
    case "hang-up":
      response.destroy();
      break;
    case "hang-up-midway":
      response.set("content-length", "1000").type("json").write('{"id":"1","choices":[{"mess');
      setTimeout(() => response.destroy(), 20);
      break;
    case "garbage":
      response.type("text/event-stream").write("data: {not json\n\ndata: [DON");
      response.end(Buffer.from([0xff, 0xfe, 0x00, 0x9f, 0x80]));
      break;
    case "page":
      response.type("html").send("<!DOCTYPE html><title>Sign in</title>");
      break;
    case "huge":
      complete(response, asked, JSON.stringify({ ...NOTHING_FOUND, wants: "长".repeat(mood.bytes / 3) }));
      break;
    case "redirect":
      response.redirect(307, mood.to);
      break;
    case "no-choices":
      response.json({ id: "1", object: "chat.completion", created: 1, model: asked.model, choices: [] });
      break;
    default:
      throw mood satisfies never;
  }
}

async function sendVectors(mood: VectorMood, asked: AskedVectors, response: Response): Promise<void> {
  switch (mood.kind) {
    case "vectors": {
      await new Promise((resolve) => {
        setTimeout(resolve, mood.ms ?? 0);
      });
      const inBase64 = (mood.as ?? asked.encoding_format) === "base64";
      const data = [asked.input].flat().map((text, index) => {
        const vector = mood.vectorOf(text);
        const embedding = inBase64 ? Buffer.from(Float32Array.from(vector).buffer).toString("base64") : vector;
        return { object: "embedding", index, embedding };
      });
      response.json({ object: "list", data, model: asked.model, usage: { prompt_tokens: 1, total_tokens: 1 } });
      break;
    }
    case "status":
      refuse(response, mood.status, "no");
      break;
    case "body":
      response.json(mood.body);
      break;
    case "hang-up":
      response.destroy();
      break;
    default:
      throw mood satisfies never;
  }
}

function complete(response: Response, asked: Asked, content: string): void {
  const name = schemaOf(asked).name ?? "none";
  const message = asked.tools
    ? {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "call_1", type: "function", function: { name, arguments: content } }],
      }
    : { role: "assistant", content, refusal: null };
  response.json({
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1_790_000_000,
    model: asked.model,
    choices: [{ index: 0, message, finish_reason: asked.tools ? "tool_calls" : "stop", logprobs: null }],
    usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
  });
}

function refuse(response: Response, status: number, message: string): void {
  response.status(status).json({ error: { message, type: "invalid_request_error", param: null, code: null } });
}
