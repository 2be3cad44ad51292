import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { ConversationRef, Media } from "../../../bots/model/index.ts";
import { parseHours } from "../../../flows/index.ts";
import { compose } from "../../../server/compose.ts";
import type { House } from "../../../server/house.ts";
import { createHandoffRouter } from "../../../server/http/handoff/router.ts";
import { createSessionRouter } from "../../../server/http/session.ts";
import { createLogger } from "../../../server/log.ts";
import { createMediaStore, type MediaStore } from "../../../server/media/index.ts";
import { createRequireStaff } from "../../../server/staff/guard.ts";
import { createPasswords } from "../../../server/staff/password.ts";
import { createStaff } from "../../../server/staff/staff.ts";
import { serve } from "../desk/serve.ts";

interface Answer {
  status: number;
  body: Record<string, unknown>;
  text: string;
}

const allHours = parseHours("Mon-Sun 00:00-24:00");

/** The whole house with its reception on a free port: two operators, a clerk of a unit and an administrator. */
export function receptionCity() {
  let house: House;
  let media: MediaStore;
  let dataDir: string;
  let server: Awaited<ReturnType<typeof serve>>;
  const shown = new Map<string, string[]>();

  beforeAll(async () => {
    if ("fault" in allHours) throw new Error(allHours.fault);
    dataDir = mkdtempSync(join(tmpdir(), "jiesu-reception-"));
    house = await compose({
      dataDir,
      secretKey: "k".repeat(40),
      log: createLogger("silent"),
      handoff: { hours: allHours.hours, waitMs: 300_000, silentMs: 300_000, showNames: false },
      channels: () => [
        {
          channel: "terminal",
          capabilities: {
            maxTextLength: 10_000,
            maxChoices: 20,
            canAskLocation: true,
            canShowCards: true,
            push: "anytime",
          },
          async send(to, message) {
            shown.set(to.conversationId, [...(shown.get(to.conversationId) ?? []), message.text]);
          },
        },
      ],
    });
    house.start();
    const { database, seal, clock } = house;
    media = createMediaStore({ dir: join(dataDir, "media"), database, seal, clock, newId: randomUUID });
    const staff = createStaff({ database, clock, passwords: createPasswords({ cost: 16 }) });
    const requireStaff = createRequireStaff(staff);
    server = await serve({
      "/api": createSessionRouter({ staff, requireStaff, secureCookie: false }),
      "/api/handoffs": createHandoffRouter({ reception: house.reception, audit: house.store, media, requireStaff }),
    });
    await staff.ensureAdmin({ password: "password of admin" });
    await staff.addAccount({ username: "wang", name: "王芳", role: "operator" }, "password of wang");
    await staff.addAccount({ username: "liu", name: "刘洋", role: "operator" }, "password of liu");
    await staff.addAccount({ username: "li", name: "李工", role: "unit", unitId: "110105026" }, "password of li");
  });
  afterAll(async () => {
    await server?.close();
    await house?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function call(method: "GET" | "POST", path: string, token?: string, json?: unknown): Promise<Answer> {
    const headers = new Headers({ "content-type": "application/json" });
    if (token) headers.set("authorization", `Bearer ${token}`);
    const body = json === undefined ? undefined : JSON.stringify(json);
    const response = await fetch(`${server.url}/api${path}`, { method, headers, body });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json");
    return { status: response.status, body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {}, text };
  }

  /** A citizen who has said all this, one after the other. */
  async function citizen(...texts: string[]): Promise<ConversationRef> {
    const from: ConversationRef = { channel: "terminal", conversationId: randomUUID(), userId: randomUUID() };
    for (const text of texts) await say(from, text);
    return from;
  }

  async function say(from: ConversationRef, text: string, files: Media[] = []): Promise<void> {
    const content = files.length > 0 ? { kind: "media" as const, media: files, text } : { kind: "text" as const, text };
    await house.receive({ id: randomUUID(), from, sentAt: new Date(), content });
    await house.idle();
  }

  return {
    get: (path: string, token?: string) => call("GET", path, token),
    post: (path: string, token?: string, json: unknown = {}) => call("POST", path, token, json),
    signIn: async (username: string) =>
      String((await call("POST", "/session", undefined, { username, password: `password of ${username}` })).body.token),
    citizen,
    say,
    async heard(from: ConversationRef): Promise<string[]> {
      await house.idle();
      return shown.get(from.conversationId) ?? [];
    },
    /** The id of the citizen's hand-off. */
    async idOf(from: ConversationRef): Promise<string> {
      const open = await house.store.openHandoffs(100);
      return open.find((each) => each.from.conversationId === from.conversationId)?.id ?? "none";
    },
    media: () => media,
  };
}
