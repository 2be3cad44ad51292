import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Router } from "express";
import { afterAll, afterEach, beforeAll } from "vitest";
import type { ConversationRef, OutboundMessage } from "../../../bots/model/index.ts";
import { compose } from "../../../server/compose.ts";
import type { House } from "../../../server/house.ts";
import { createKnowledgeRouter } from "../../../server/http/knowledge/router.ts";
import { createImportRouter } from "../../../server/http/knowledge-import/router.ts";
import { createSessionRouter } from "../../../server/http/session.ts";
import { createLogger } from "../../../server/log.ts";
import { createListeningChannel, type ListeningChannel } from "../../../server/simulation/listening-channel.ts";
import { createRequireStaff } from "../../../server/staff/guard.ts";
import { createPasswords } from "../../../server/staff/password.ts";
import { createStaff } from "../../../server/staff/staff.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { serve } from "../desk/serve.ts";

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of many shapes; each test says what it expects
  body: any;
}

export type Who = "ed" | "ed2" | "rev" | "pub" | "pub2" | "admin" | "wang";

/** An entry nothing of the starter base is like. */
export const SAUNA = {
  question: "公共桑拿房几点开门？",
  text: "公共桑拿房每天早上八点开门。",
  similar: ["桑拿房营业时间"],
  source: { title: "桑拿房管理办法", article: "第三条" },
};

/**
 * The whole house with the editors' API on a free port, two editors, a reviewer, two publishers and an operator. What one test
 * has published is withdrawn before the next. */
export function knowledgeCity() {
  let house: House;
  let channel: ListeningChannel;
  let dataDir: string;
  let server: Awaited<ReturnType<typeof serve>>;
  let clock: ReturnType<typeof createFakeClock>;
  const tokens = new Map<Who, string>();
  const made: string[] = [];
  let counted = 0;

  async function open(): Promise<void> {
    channel = createListeningChannel();
    house = await compose({
      dataDir,
      secretKey: "k".repeat(40),
      log: createLogger("silent"),
      channels: () => [channel],
      clock,
    });
    house.start();
    const { database } = house;
    const staff = createStaff({ database, clock, passwords: createPasswords({ cost: 16 }) });
    const requireStaff = createRequireStaff(staff);
    server = await serve({
      "/api": createSessionRouter({ staff, requireStaff, secureCookie: false }),
      "/api/knowledge": Router()
        .use(createImportRouter({ ...house.knowledgeRooms, clock, requireStaff }))
        .use(
          createKnowledgeRouter({
            knowledge: house.knowledgeRooms,
            opinions: house.store,
            accounts: staff.accounts,
            requireStaff,
          }),
        ),
    });
    await staff.ensureAdmin({ password: "password of admin" });
    const people = [
      ["ed", "艾编辑", "editor"],
      ["ed2", "毕编辑", "editor"],
      ["rev", "任审核", "reviewer"],
      ["pub", "潘发布", "publisher"],
      ["pub2", "裴发布", "publisher"],
      ["wang", "王接待", "operator"],
    ] as const;
    for (const [username, name, role] of people)
      await staff.addAccount({ username, name, role }, `password of ${username}`);
    tokens.clear();
  }

  async function close(): Promise<void> {
    await server.close();
    await house.close();
  }

  beforeAll(async () => {
    clock = createFakeClock();
    dataDir = mkdtempSync(join(tmpdir(), "jiesu-knowledge-"));
    await open();
  });
  afterEach(async () => {
    for (const id of made.splice(0)) await house.knowledgeStore.withdraw(id);
    await house.knowledge.refresh();
  });
  afterAll(async () => {
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function call(method: string, path: string, who?: Who, json?: unknown): Promise<Answer> {
    const headers = new Headers({ "content-type": "application/json" });
    if (who) headers.set("authorization", `Bearer ${await tokenOf(who)}`);
    const sent = json === undefined ? undefined : typeof json === "string" ? json : JSON.stringify(json);
    const response = await fetch(`${server.url}/api${path}`, { method, headers, body: sent });
    const text = await response.text();
    const body = isJson(response) ? JSON.parse(text) : {};
    if (response.status === 201) made.push(body.id);
    return { status: response.status, body };
  }

  /** Uploads a file as a browser does. */
  async function upload(name: string, bytes: Uint8Array | string, who: Who = "ed"): Promise<Answer> {
    const form = new FormData();
    form.append("file", new Blob([Buffer.from(bytes)]), name);
    const headers = { authorization: `Bearer ${await tokenOf(who)}` };
    const response = await fetch(`${server.url}/api/knowledge/imports`, { method: "POST", headers, body: form });
    return { status: response.status, body: await response.json() };
  }

  async function download(path: string, who: Who = "ed"): Promise<Buffer> {
    const headers = { authorization: `Bearer ${await tokenOf(who)}` };
    return Buffer.from(await (await fetch(`${server.url}/api/knowledge${path}`, { headers })).arrayBuffer());
  }

  async function tokenOf(who: Who): Promise<string> {
    const known = tokens.get(who);
    if (known) return known;
    const { body } = await call("POST", "/session", undefined, { username: who, password: `password of ${who}` });
    tokens.set(who, body.token);
    return body.token;
  }

  const get = (path: string, who: Who = "ed") => call("GET", `/knowledge${path}`, who);
  const post = (path: string, who: Who, json: unknown = {}) => call("POST", `/knowledge${path}`, who, json);
  const put = (path: string, who: Who, json: unknown) => call("PUT", `/knowledge${path}`, who, json);

  /** A draft of `ed`, as far as `until`. */
  async function entry(until: "draft" | "review" | "approved" | "published", more: object = {}): Promise<string> {
    const { id } = (await expectDone(post("/entries", "ed", { ...SAUNA, ...more }))).body;
    if (until !== "draft") await advance(id, 1, until);
    return id;
  }

  async function advance(id: string, version: number, until: "review" | "approved" | "published"): Promise<void> {
    await expectDone(post(`/entries/${id}/versions/${version}/submit`, "ed"));
    if (until !== "review") await expectDone(post(`/entries/${id}/versions/${version}/approve`, "rev"));
    if (until === "published") await expectDone(publish(id, version));
  }

  async function publish(id: string, version: number, who: Who = "pub", more: object = {}): Promise<Answer> {
    const { body } = await get(`/entries/${id}`);
    return post(`/entries/${id}/versions/${version}/publish`, who, { edit: body.edit, ...more });
  }

  async function expectDone(answer: Promise<Answer>): Promise<Answer> {
    const given = await answer;
    if (given.status >= 300) throw new Error(`${given.status} ${JSON.stringify(given.body)}`);
    return given;
  }

  /** What a citizen hears; `press` takes the id of a choice. */
  async function ask(text: string, from: string = `citizen-${++counted}`): Promise<string> {
    return turn({ kind: "text", text }, from);
  }
  const press = (choiceId: string, from: string) => turn({ kind: "choice", choiceId }, from);

  async function turn(content: { kind: "text"; text: string } | { kind: "choice"; choiceId: string }, from: string) {
    const ref: ConversationRef = { channel: "terminal", conversationId: from, userId: from };
    const before = heard(from).length;
    await house.receive({ id: `m-${++counted}`, from: ref, sentAt: clock.now(), content });
    await house.idle();
    return heard(from)
      .slice(before)
      .map((message) => message.text)
      .join("\n");
  }
  const heard = (from: string): OutboundMessage[] => channel.said(from);

  return {
    house: () => house,
    clock: () => clock,
    /** Sessions end meanwhile. */
    pass(ms: number): void {
      clock.pass(ms);
      tokens.clear();
    },
    dataDir: () => dataDir,
    reopen: async () => {
      await close();
      await open();
    },
    call,
    upload,
    download,
    get,
    post,
    put,
    entry,
    advance,
    publish,
    ask,
    press,
    heard,
  };
}

const isJson = (response: Response): boolean => response.headers.get("content-type")?.includes("json") ?? false;
