import type { ReplyBudget } from "../../adapters/shared/reply-budget.ts";
import { type ParsedKf, parseKfMessage, refOf, type WecomClient } from "../../adapters/wecom/index.ts";
import { DeliveryError } from "../../bots/errors.ts";
import type { Logger } from "../../bots/ports.ts";
import { reasonOf } from "../outbox/reason.ts";
import type { KfLease, KfStreams } from "../store/sqlite/kf-streams.ts";
import type { WecomIntake } from "./wecom-intake.ts";

/** Fetches what has come to the accounts of 微信客服, each message once, over restarts and in any number of processes. */
export interface KfReader {
  /** Something has come; resolves when that is durable, and reading begins. */
  called(openKfId: string, token: string): Promise<void>;
  /** Reads what was called for while nobody was there, now and then looks for more. */
  start(): void;
  /** Resolves when nothing is being read any more. */
  close(): Promise<void>;
}

export interface KfReaderParts {
  client: Pick<WecomClient, "syncKf">;
  streams: KfStreams;
  intake: WecomIntake;
  budget: Pick<ReplyBudget, "shut">;
  log: Logger;
}

/** Who dies while reading keeps the others waiting for no longer. */
const LEASE_MS = 8_000;
const RENEW_MS = 2_000;
const LOOK_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** A message that cannot be taken so often is passed over, for it would hold up everybody's. */
const MOST_TRIES = 5;
/** 不合法的msgtoken ("全局错误码"): of an older callback; the platform can be asked without one, only more seldom. */
const TOKEN_REFUSED = 95_007;

export function createKfReader(parts: KfReaderParts): KfReader {
  const { streams, log } = parts;
  const running = new Map<string, Promise<void>>();
  const failures = new Map<string, { count: number; notBeforeMs: number }>();
  const readPage = createPageReader(parts);
  let closing = false;
  let timer: NodeJS.Timeout | undefined;

  function wake(openKfId: string): void {
    if (closing || running.has(openKfId)) return;
    const reading = attempt(openKfId).finally(() => {
      running.delete(openKfId);
      // A callback that came meanwhile was not for the pages that were read before it.
      if (!failures.has(openKfId) && streams.due().includes(openKfId)) wake(openKfId);
    });
    running.set(openKfId, reading);
  }

  async function attempt(openKfId: string): Promise<void> {
    try {
      const lease = await streams.lease(openKfId, LEASE_MS);
      if (lease) await readAll(lease);
      failures.delete(openKfId);
    } catch (error) {
      const count = (failures.get(openKfId)?.count ?? 0) + 1;
      const asked = error instanceof DeliveryError ? (error.retryAfterMs ?? 0) : 0;
      const pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(asked, 500 * 2 ** count));
      failures.set(openKfId, { count, notBeforeMs: Date.now() + pauseMs });
      log.warn("wecom.kf-not-read", { account: openKfId, tries: count, reason: reasonOf(error) });
    }
  }

  async function readAll(lease: KfLease): Promise<void> {
    const renewing = setInterval(() => void streams.renew(lease, LEASE_MS).catch(() => false), RENEW_MS).unref();
    let isServed = false;
    try {
      let cursor = lease.cursor;
      for (let hasMore = true; hasMore && !closing; ) {
        const page = await readPage(lease, cursor);
        const isOn = page.nextCursor !== undefined && page.nextCursor !== cursor;
        // Somebody else has taken over, and reads on from where the last durable page ended.
        if (isOn && !(await streams.advance(lease, page.nextCursor ?? ""))) return;
        cursor = page.nextCursor ?? cursor;
        hasMore = page.hasMore && isOn;
        isServed = !hasMore;
      }
    } finally {
      clearInterval(renewing);
      await streams.release(lease, isServed);
    }
  }

  function look(): void {
    for (const openKfId of streams.due()) {
      if (Date.now() >= (failures.get(openKfId)?.notBeforeMs ?? 0)) wake(openKfId);
    }
  }

  return {
    async called(openKfId, token) {
      await streams.called(openKfId, token);
      wake(openKfId);
    },
    start() {
      look();
      timer = setInterval(look, LOOK_MS).unref();
    },
    async close() {
      closing = true;
      clearInterval(timer);
      await Promise.all(running.values());
    },
  };
}

/** Reads the page at `cursor` and resolves when every message of it is durable. */
function createPageReader({ client, intake, budget, log }: KfReaderParts) {
  const tries = new Map<string, number>();

  async function ask({ openKfId, token }: KfLease, cursor: string | undefined) {
    const page = await client.syncKf({ openKfId, cursor, token });
    if (page.kind === "page") return page;
    const again = page.code === TOKEN_REFUSED && token ? await client.syncKf({ openKfId, cursor }) : page;
    if (again.kind === "page") return again;
    throw new DeliveryError(`wecom: kf/sync_msg is refused, ${again.why}`, { retryable: true });
  }

  /** Fails when something of the page may still be kept by another try. */
  async function take(message: ParsedKf): Promise<void> {
    switch (message.kind) {
      case "silent": {
        const level = message.event === "unreadable" ? "warn" : "info";
        log[level]("wecom.kf-event", { messageId: message.id, event: message.event, about: message.about });
        return;
      }
      case "failed":
        log.warn("wecom.kf-send-failed", { messageId: message.msgid, reason: message.why });
        if (message.isWindowShut) await budget.shut(refOf(message.from).conversationId, message.at);
        return;
      case "said":
      case "file":
      case "visit":
        await takeSpoken(message);
        return;
      default:
        throw new Error("unknown kind of message", { cause: message satisfies never });
    }
  }

  async function takeSpoken(message: Extract<ParsedKf, { kind: "said" | "file" | "visit" }>): Promise<void> {
    const { id } = message.envelope;
    try {
      await intake.take(message);
      tries.delete(id);
    } catch (error) {
      const count = (tries.get(id) ?? 0) + 1;
      tries.set(id, count);
      log.error("wecom.kf-not-taken", { messageId: id, tries: count, error: asError(error) });
      if (count < MOST_TRIES) throw error;
      tries.delete(id);
      log.error("wecom.kf-given-up", { messageId: id });
    }
  }

  return async function readPage(lease: KfLease, cursor: string | undefined) {
    const page = await ask(lease, cursor);
    const messages = page.messages.map(parseKfMessage);
    const settled = await Promise.allSettled(byConversation(messages).map((own) => inOrder(own, take)));
    const failed = settled.find((each) => each.status === "rejected");
    if (failed) throw asError(failed.reason);
    return page;
  };
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error("not an error"));

/** One citizen's film holds up nobody else's words. */
function byConversation(messages: ParsedKf[]): ParsedKf[][] {
  const where = (message: ParsedKf) => {
    if (message.kind === "silent") return "";
    return refOf(message.kind === "failed" ? message.from : message.envelope.from).conversationId;
  };
  return [...Map.groupBy(messages, where).values()];
}

async function inOrder(messages: ParsedKf[], take: (message: ParsedKf) => Promise<void>): Promise<void> {
  for (const message of messages) await take(message);
}
