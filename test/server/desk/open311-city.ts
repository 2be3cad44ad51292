import { XMLParser, XMLValidator } from "fast-xml-parser";
import { afterEach, beforeEach } from "vitest";
import { createOpen311Router } from "../../../server/http/open311/router.ts";
import { openTestDesk, quiet, type TestDesk, wangjing } from "./fixture.ts";
import { serve } from "./serve.ts";

export const KEY = "a key for tests";
/** The key as part of a query. */
export const keyed = `api_key=${encodeURIComponent(KEY)}`;
export const basic = {
  api_key: KEY,
  service_code: "010101",
  address_string: "望京西园四区",
  description: "大门坏了",
};

export interface Answer {
  status: number;
  type: string;
  text: string;
  /** The parsed JSON, for paths that end so. */
  json: unknown;
}

export type Fields = [string, string][] | Record<string, string>;

/** A desk with its Open311 face on a free port, new for every test of the file that calls this. */
export function open311City() {
  let city: TestDesk;
  let server: Awaited<ReturnType<typeof serve>>;
  beforeEach(async () => {
    city = openTestDesk();
    const router = createOpen311Router({
      desk: city.desk,
      apiKeys: [KEY, "another key"],
      clock: city.clock,
      log: quiet,
      locate: {
        resolve: async (text) => (text.includes("望京") ? { ...wangjing, text } : undefined),
        nearest: async (point) => ({ text: "附近", point, confidence: 0.1 }),
      },
    });
    server = await serve({ "/open311/v2": router });
  });
  afterEach(() => server.close());

  async function call(path: string, init?: RequestInit): Promise<Answer> {
    const response = await fetch(`${server.url}/open311/v2/${path}`, init);
    const text = await response.text();
    const type = response.headers.get("content-type") ?? "";
    return { status: response.status, type, text, json: type.includes("json") ? JSON.parse(text) : undefined };
  }
  const post = (path: string, fields: Fields, headers: Record<string, string> = {}) =>
    call(path, { method: "POST", body: new URLSearchParams(fields), headers });

  return {
    desk: () => city.desk,
    clock: () => city.clock,
    url: () => server.url,
    call,
    post,
    /** Files a ticket and gives its number. */
    async file(over: Record<string, string> = {}): Promise<string> {
      const answer = await post("requests.json", { ...basic, ...over });
      const [row] = answer.json as { service_request_id: string }[];
      if (!row) throw new Error(answer.text);
      return row.service_request_id;
    },
  };
}

/** A document that must be well-formed XML with its declaration. */
export function xml(text: string): Record<string, unknown> {
  if (!text.startsWith('<?xml version="1.0" encoding="utf-8"?>')) throw new Error("the XML declaration is missing");
  if (XMLValidator.validate(text) !== true) throw new Error("this is not well-formed");
  return new XMLParser({ parseTagValue: false, ignoreDeclaration: true }).parse(text) as Record<string, unknown>;
}
