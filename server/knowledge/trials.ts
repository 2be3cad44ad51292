import type { Explanation } from "../../knowledge/policies/explain.ts";
import type { Explaining, SearchableKnowledgeBase } from "../../knowledge/policies/knowledge-base.ts";
import { createEntryTable } from "../store/sqlite/knowledge/entry-table.ts";
import { createSynonymTable } from "../store/sqlite/knowledge/synonym-table.ts";
import { createDraftBase } from "./draft-base.ts";
import { createTrial, type Progress, type Trial, type TrialParts } from "./trial.ts";

/** A check of a version: what it has found, how far it is, or how else it ended. It is known to this process only. */
export type Check = Progress &
  ({ state: "running" | "cancelled" | "failed"; result?: undefined } | { state: "done"; result: Trial });

export interface Trials {
  /** What a citizen would get, and why: from what is published, or as if all drafts were. */
  explain(question: string, base: "published" | "draft"): Promise<Explanation>;
  /** Begins a check; one that is under way, or that nothing has happened since, is taken up. Undefined where there is no such version. */
  begin(id: string, version: number): Check | undefined;
  /** The check that was begun last; undefined when there was none. */
  find(id: string, version: number): Check | undefined;
  /** Ends it if it is under way, and gives it as it stands. */
  cancel(id: string, version: number): Check | undefined;
  /** A check from beginning to end, or the rest of one that is under way; undefined where there is no such version. */
  check(id: string, version: number): Promise<Trial | "cancelled" | undefined>;
}

interface Job {
  progress: Progress;
  /** How things stood when it was begun. */
  mark: string;
  abort: AbortController;
  state: Check["state"];
  result: Promise<Trial>;
  found?: Trial;
}

/** Ended checks are remembered until so many newer ones were begun. */
const REMEMBERED = 20;
/** New questions of citizens come all the time; those of the last minutes may be missing. */
const FRESH_MS = 5 * 60_000;

export function createTrials(parts: TrialParts & { knowledge: SearchableKnowledgeBase }): Trials {
  const { knowledge, clock, database } = parts;
  const trial = createTrial(parts);
  const drafts = createDraftBase(parts);
  const entries = createEntryTable(database);
  const synonyms = createSynonymTable(database);
  const jobs = new Map<string, Job>();
  let queue: Promise<unknown> = Promise.resolve();

  const keyOf = (id: string, version: number) => `${version}:${id}`;
  const markOf = () =>
    [entries.newestEdit(), synonyms.inUse()?.version, Math.floor(clock.now().getTime() / FRESH_MS)].join(" ");

  function start(id: string, version: number): Job {
    const [progress, abort] = [{ done: 0, total: 0 }, new AbortController()];
    const run = async (): Promise<Trial> => {
      abort.signal.throwIfAborted();
      const found = await trial.run(id, version, { progress, signal: abort.signal });
      if (!found) throw new Error("the version is gone");
      return found;
    };
    // One after another, so that together they take no more time of the others than one.
    const result = queue.then(run);
    const job: Job = { progress, abort, mark: markOf(), state: "running", result };
    queue = result.then(
      (found) => Object.assign(job, { state: "done", found }),
      () => {
        job.state = abort.signal.aborted ? "cancelled" : "failed";
      },
    );
    return job;
  }

  function take(id: string, version: number, mayBeOver: boolean): Job | undefined {
    if (!trial.has(id, version)) return undefined;
    const key = keyOf(id, version);
    const known = jobs.get(key);
    if (known?.state === "running" || (mayBeOver && known?.state === "done" && known.mark === markOf())) return known;
    const job = start(id, version);
    jobs.delete(key);
    jobs.set(key, job);
    for (const [old, { state }] of jobs) if (jobs.size > REMEMBERED && state !== "running") jobs.delete(old);
    return job;
  }

  return {
    async explain(question, base) {
      const asked: Explaining = base === "published" ? knowledge : await drafts();
      return asked.explain(question, clock.now());
    },
    begin: (id, version) => viewOf(take(id, version, true)),
    find: (id, version) => viewOf(jobs.get(keyOf(id, version))),
    cancel(id, version) {
      const job = jobs.get(keyOf(id, version));
      if (job?.state === "running") {
        job.abort.abort();
        job.state = "cancelled";
      }
      return viewOf(job);
    },
    async check(id, version) {
      const job = take(id, version, false);
      try {
        return await job?.result;
      } catch (error) {
        if (job?.abort.signal.aborted) return "cancelled";
        throw error;
      }
    },
  };
}

function viewOf(job: Job | undefined): Check | undefined {
  if (!job) return undefined;
  const { progress, state, found } = job;
  return state === "done" && found ? { ...progress, state, result: found } : { ...progress, state: state as "running" };
}
