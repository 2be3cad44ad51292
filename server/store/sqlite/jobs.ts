import type { FollowUp, Job, JobOutcome, Work } from "../../../bots/model/index.ts";
import type { Clock, WordsJob } from "../../../bots/ports.ts";
import { asideOf } from "../../outbox/lanes.ts";
import type { SqliteDatabase } from "./database.ts";
import { type ClaimedRow, prepareJobs } from "./job-statements.ts";
import type { SealedJson } from "./sealed-json.ts";

/** A job ready to be inserted: sealed outside the transaction, to keep that short. */
interface NewJob {
  id: string;
  lane: string;
  kind: Work["kind"];
  work: Buffer;
}

/** Every this-many-th job handed out is one that was tried before, so that neither old nor new work starves under load. */
const SECOND_TRY_EVERY = 4;

/** The queue. All but `seal`, `next`, `anyDue`, `wordsBehind`, `isPutOff` and `releaseHeld` must run inside a write. */
export type JobTable = ReturnType<typeof createJobTable>;

export function createJobTable(parts: {
  database: SqliteDatabase;
  sealed: SealedJson;
  newId: () => string;
  clock: Clock;
  /** Which lanes this process takes jobs of; all when absent. */
  serves?: (laneId: string) => boolean;
}) {
  const { sealed, newId, clock } = parts;
  const sql = prepareJobs(parts.database, parts.serves);
  let handedOut = 0;

  function pickDue(limit: number, now: number): number[] {
    const fresh = sql.due.all(0, 0, limit);
    const again = sql.due.all(1, now, limit);
    const picked: number[] = [];
    while (picked.length < limit) {
      const [first, second] = handedOut % SECOND_TRY_EVERY === 0 ? [again, fresh] : [fresh, again];
      const seq = first.shift() ?? second.shift();
      if (seq === undefined) break;
      picked.push(seq);
      handedOut += 1;
    }
    return picked;
  }

  function bury(job: { seq: number; lane: string }, reason: string, forVisit = false): void {
    sql.finish.run("dead", clock.now().getTime(), reason, job.seq);
    if (forVisit) sql.keepForVisit.run(job.seq);
    sql.promote.run(job.lane);
  }

  /** Undefined for a job whose work cannot be opened: it is dead now, or it would come back for ever. */
  function open(row: ClaimedRow): Job | undefined {
    try {
      const work = sealed.open<Work>(row.work);
      return { id: row.id, laneId: row.lane, attempts: row.attempts, createdAt: new Date(row.created_at), work };
    } catch {
      bury(row, "the job cannot be read: its sealed work is damaged");
      return undefined;
    }
  }

  /** Undefined for work of another kind; damaged words are buried when their turn comes. */
  function openWords({ id: key, work: column }: { id: string; work: Buffer }): WordsJob | undefined {
    try {
      const work = sealed.open<Work>(column);
      return work.kind === "file" || work.kind === "act" ? undefined : { key, work };
    } catch {
      return undefined;
    }
  }

  /** The move is no try that failed. */
  function stepAside({ seq, lane }: { seq: number; lane: string }, until: Date, reason: string): void {
    const aside = asideOf(lane);
    sql.move.run(aside, Math.max(1, until.getTime()), reason, seq);
    sql.promote.run(lane);
    lead(aside);
  }

  /** Makes the oldest job of a lane its head, after jobs have come into it out of turn. */
  function lead(lane: string): void {
    sql.unhead.run(lane);
    sql.promote.run(lane);
  }

  const table = {
    seal: ({ laneId, work }: FollowUp): NewJob => ({
      id: newId(),
      lane: laneId,
      kind: work.kind,
      work: sealed.close(work),
    }),

    insert(job: NewJob): void {
      sql.insert.run(job.id, job.lane, job.kind, job.lane, clock.now().getTime(), job.work);
    },

    /** Words that the same write says: the outbox has nothing to do with them, the transcript has. */
    insertSaid(job: NewJob): void {
      const now = clock.now().getTime();
      sql.insertSaid.run(job.id, job.lane, job.kind, now, now, job.work);
    },

    /** Whether nothing in the lane waits or is being done. */
    isFree: (laneId: string): boolean => sql.anyIn.get(laneId) === undefined,

    anyDue: (now: Date): boolean => sql.due.get(0, now.getTime(), 1) !== undefined,

    claim(limit: number, now: Date, leaseMs: number): Job[] {
      const heldUntil = now.getTime() + Math.max(1, leaseMs);
      const jobs: Job[] = [];
      while (jobs.length < limit) {
        const picked = pickDue(limit - jobs.length, now.getTime());
        if (picked.length === 0) break;
        for (const seq of picked) {
          const row = sql.lease.get(heldUntil, seq);
          const job = row && open(row);
          if (job) jobs.push(job);
        }
      }
      return jobs;
    },

    /** A job that is settled already stays as it is: the holder of an expired lease may come late. */
    settle(jobId: string, outcome: JobOutcome): void {
      const job = sql.unsettled.get(jobId);
      if (!job) return;
      switch (outcome.kind) {
        case "retry":
          sql.postpone.run(Math.max(1, outcome.at.getTime()), outcome.reason, job.seq);
          return;
        case "aside":
          stepAside(job, outcome.until, outcome.reason);
          return;
        case "dead":
          bury(job, outcome.reason, outcome.forVisit);
          return;
        case "done":
          if (job.kind === "say") sql.finish.run("done", clock.now().getTime(), null, job.seq);
          else sql.remove.run(job.seq);
          sql.promote.run(job.lane);
          for (const followUp of outcome.followUp ?? []) table.insert(table.seal(followUp));
          return;
        default:
          throw outcome satisfies never;
      }
    },

    /** Ends every lease; only for a process that knows that no holder lives. What waits for a later try goes on waiting. */
    releaseHeld(): void {
      sql.release.run();
    },

    /** Words unsettled behind a job; ends at the first work of another kind, and at work that cannot be opened. */
    wordsBehind(jobId: string): WordsJob[] {
      const words: WordsJob[] = [];
      for (const row of sql.behind.iterate(jobId)) {
        const job = openWords(row);
        if (!job) break;
        words.push(job);
      }
      return words;
    },

    /** The citizen is there: what stepped aside from their lane, or was given up, is back in it before all that came later. */
    recall(laneId: string): void {
      const aside = asideOf(laneId);
      const revived =
        sql.anyForVisit.get(laneId, aside) === undefined ? 0 : sql.revive.run(laneId, laneId, aside).changes;
      const recalled = sql.anyIn.get(aside) === undefined ? 0 : sql.recall.run(laneId, aside).changes;
      if (revived + recalled > 0) lead(laneId);
    },

    isPutOff: (laneId: string): boolean => sql.putOff.get(laneId) !== undefined,

    hasten(laneId: string): void {
      sql.hasten.run(laneId);
    },

    hastenAll(lanePrefix: string): void {
      sql.hastenAll.run(lanePrefix, lanePrefix);
    },

    next(): Date | undefined {
      const readyAt = sql.next.get();
      return typeof readyAt === "number" ? new Date(readyAt) : undefined;
    },
  };
  return table;
}
