import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { HumanMessage, SystemMessage } from "langchain";
import { APIConnectionError, APIConnectionTimeoutError, APIError } from "openai";
import { ModelError, type ModelFailure } from "../bots/errors.ts";
import type { LanguageModel, ModelQuestion } from "../bots/ports.ts";
import { boundedFetch } from "./assistance/bounded-fetch.ts";
import { type Embedder, readVectors } from "./vectors/embedder.ts";

export interface ChatModelOptions {
  /** Root of an OpenAI-compatible API, as a rule ending in `/v1`. */
  baseUrl: string;
  /** Absent for servers that want none. */
  apiKey?: string;
  model: string;
  /** Of one question, from the first byte sent to the last one read. */
  timeoutMs: number;
}

/** Room for a triage answer with its quotations; a model that rambles on is cut off. */
const MAX_ANSWER_TOKENS = 800;
const MAX_ANSWER_BYTES = 256 * 1024;
/** Some thirty vectors of some thousand numbers, written out. */
const MAX_VECTORS_BYTES = 8 * 1024 * 1024;
/** How an answer of a given shape is asked for, in the order in which they are tried: servers know one, two or all of them. */
const WAYS = ["jsonSchema", "functionCalling", "jsonMode"] as const;

/**
 * A model on any OpenAI-compatible server. This is the only file that imports langchain or openai, and it is loaded only when
 * a model is configured. Never call `getNumTokens()` here: it loads a table from the network and hangs where there is none.
 */
export function createChatModel(options: ChatModelOptions): LanguageModel {
  const chat = new ChatOpenAI({
    model: options.model,
    apiKey: options.apiKey ?? "none",
    temperature: 0,
    maxTokens: MAX_ANSWER_TOKENS,
    maxRetries: 0,
    timeout: options.timeoutMs,
    streaming: false,
    useResponsesApi: false,
    // Whatever is not said here, the libraries would look for in the environment.
    configuration: {
      baseURL: options.baseUrl,
      organization: null,
      project: null,
      logLevel: "off",
      fetch: boundedFetch(MAX_ANSWER_BYTES),
    },
  });
  const ways = createWays();

  return {
    async ask<T>(question: ModelQuestion<T>, patience?: AbortSignal): Promise<T> {
      const way = ways.current();
      const limit = AbortSignal.timeout(options.timeoutMs);
      const signal = patience ? AbortSignal.any([limit, patience]) : limit;
      try {
        const structured = chat.withStructuredOutput<Record<string, unknown>>(
          { title: question.name, ...question.schema },
          way === "jsonMode" ? { method: way } : { method: way, name: question.name, strict: true },
        );
        const messages = [new SystemMessage(question.instructions), new HumanMessage(question.data)];
        const answer = question.read(await structured.invoke(messages, { signal }));
        ways.worked(way);
        return answer;
      } catch (error) {
        const reason = signal.aborted ? "timeout" : failureOf(error);
        if (reason === "refused" || reason === "unusable") ways.failed(way);
        throw new ModelError(reason, `${question.name} (${way}): ${reason}${statusOf(error)}`, error);
      }
    },
  };
}

/** Vectors of any OpenAI-compatible server. What it sends as floats is taken, and base64 where it sends that all the same. */
export function createEmbedder(options: ChatModelOptions): Embedder {
  const fetchBounded = boundedFetch(MAX_VECTORS_BYTES);
  return {
    async embed(texts, patience) {
      const limit = AbortSignal.timeout(options.timeoutMs);
      const signal = patience ? AbortSignal.any([limit, patience]) : limit;
      // The library has no signal of its own for one question; its fetch has.
      const embeddings = new OpenAIEmbeddings<unknown>({
        model: options.model,
        apiKey: options.apiKey ?? "none",
        batchSize: texts.length,
        encodingFormat: "float",
        stripNewLines: false,
        maxRetries: 0,
        timeout: options.timeoutMs,
        configuration: {
          baseURL: options.baseUrl,
          organization: null,
          project: null,
          logLevel: "off",
          fetch: (input, init) => fetchBounded(input, { ...init, signal }),
        },
      });
      try {
        return readVectors(await embeddings.embedDocuments([...texts]), texts.length);
      } catch (error) {
        const reason = signal.aborted ? "timeout" : failureOf(error);
        throw new ModelError(reason, `embeddings: ${reason}${statusOf(error)}`, error);
      }
    },
  };
}

/** A way that the server once understood is kept; until then, each one that it does not understand leads to the next. */
function createWays() {
  let index = 0;
  let known = false;
  const current = () => WAYS[index] as (typeof WAYS)[number];
  return {
    current,
    worked(way: string): void {
      known ||= way === current();
    },
    failed(way: string): void {
      if (!known && way === current()) index = (index + 1) % WAYS.length;
    },
  };
}

function failureOf(error: unknown): ModelFailure {
  if (error instanceof APIConnectionTimeoutError || (error instanceof Error && error.name === "TimeoutError"))
    return "timeout";
  if (error instanceof APIConnectionError) return "unreachable";
  if (!(error instanceof APIError) || error.status === undefined) return "unusable";
  if (error.status === 429) return "throttled";
  return error.status >= 500 || error.status === 408 ? "failing" : "refused";
}

/** The number only: the text of an error may repeat what was asked. */
const statusOf = (error: unknown): string =>
  error instanceof APIError && error.status !== undefined ? `, HTTP ${error.status}` : "";
