import type { ConversationRef, Effect, Job, Request, TicketUpdate, Turn } from "../../bots/model/index.ts";
import { emptyState } from "../../bots/model/index.ts";
import type { Store } from "../../bots/ports.ts";

/** Made-up citizens and what they bring, for the cases that every store must pass. */
export const zhang: ConversationRef = { channel: "web", conversationId: "c-zhang", userId: "u-zhang" };
export const li: ConversationRef = { channel: "web", conversationId: "c-li", userId: "u-li" };

export const LEASE_MS = 60_000;
/** Well after anything a test does, so that all jobs not held are due. */
export const NOON = new Date("2030-01-01T12:00:00+08:00");
export const later = (ms: number): Date => new Date(NOON.getTime() + ms);

let counted = 0;
export const freshId = (what: string): string => `${what}-${++counted}`;

export function turn(from: ConversationRef, baseRevision: number, parts: Partial<Turn> & { id?: string } = {}): Turn {
  const { id = freshId("m"), ...rest } = parts;
  return {
    message: { id, from, sentAt: new Date("2026-03-01T08:00:00+08:00"), content: { kind: "text", text: "楼道灯不亮" } },
    baseRevision,
    state: emptyState(),
    say: [],
    effects: [],
    ...rest,
  };
}

export const text = (words: string) => ({ kind: "text" as const, text: words });

export function request(from: ConversationRef, parts: Partial<Request> = {}): Request {
  return {
    id: freshId("r"),
    from,
    kind: "complaint",
    description: "三单元楼道灯坏了一个星期，晚上老人下楼不安全",
    contact: { name: "张三", phone: "13800001111" },
    confidential: false,
    evidence: [],
    createdAt: "2026-03-01T08:05:00+08:00",
    ...parts,
  };
}

export const file = (one: Request): Effect => ({ kind: "file", request: one });

export function update(number: string, parts: Partial<TicketUpdate> = {}): TicketUpdate {
  return { id: freshId("n"), number, status: "dispatched", at: "2026-03-01T09:00:00+08:00", ...parts };
}

/** Files a request of `from` and lets the dispatch system accept it under `number`. */
export async function filed(store: Store, from: ConversationRef, number: string): Promise<Request> {
  const one = request(from);
  const { revision } = await store.loadConversation(from);
  await store.commitTurn(turn(from, revision, { effects: [file(one)] }));
  await store.recordSubmission(one.id, { kind: "accepted", number, acceptedAt: "2026-03-01T08:06:00+08:00" });
  return one;
}

/** Does everything that is due, lane after lane, and answers what it was in the order it was handed out. */
export async function drain(store: Store, now = NOON): Promise<Job[]> {
  const all: Job[] = [];
  for (;;) {
    const jobs = await store.claimJobs(100, now, LEASE_MS);
    if (jobs.length === 0) return all;
    for (const job of jobs) await store.settleJob(job.id, { kind: "done" });
    all.push(...jobs);
  }
}

export const words = (jobs: Job[]): string[] =>
  jobs.flatMap(({ work }) => (work.kind === "say" && work.message.kind === "text" ? [work.message.text] : []));
