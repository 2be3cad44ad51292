import type { Averages } from "./averages.ts";
import { type DocumentTable, MAX_SLOTS, type Place } from "./document-table.ts";
import { createOpenRun, OPEN_ROOM, type OpenRun } from "./open-run.ts";
import type { Run } from "./run.ts";
import { createSealedRun, type SealedArrays, type SealedRun } from "./sealed-run.ts";
import { seal } from "./sealing.ts";

/** A sealed run as it is kept. `growth`: of the norms since it was sealed. */
export interface SavedRun {
  ids: string[];
  arrays: SealedArrays;
  growth: number;
}

/** The documents of an index in runs, in the order in which they were added. */
export interface Runs {
  add(id: string, tokens: readonly (readonly string[])[]): void;
  remove(place: Place): void;
  all(): readonly (OpenRun | SealedRun)[];
  restore(saved: SavedRun): void;
  /** Seals what is open, which takes some milliseconds; leaves the other work at hand. */
  save(): SavedRun[];
}

/** So many neighbours of one size are written together into one of the next. */
const FAN = 8;
const SMALL = OPEN_ROOM * 4;
const LARGE = MAX_SLOTS / 2;
/** A run is written anew when this share of its slots are holes. */
const HOLES_SHARE = 0.25;
/** How much of the work at hand is done with every document that comes or goes: it keeps pace with what they leave to do. */
const WORK_A_DOCUMENT = 6_000;
const WORK_A_POSTING = 16;

interface Job {
  sources: readonly Run[];
  steps: Generator<number, SealedRun>;
}

/**
 * New documents come into an open run. A full one is sealed, and sealed runs are written together into larger ones, like the digits of a number
 * that is counted up, so that there are few. That work is done in small portions, one with each document that comes or goes; until a new
 * run is ready, those it is made of are searched.
 */
export function createRuns({ averages, documents }: { averages: Averages; documents: DocumentTable }): Runs {
  let runs: (OpenRun | SealedRun)[] = [];
  const bySerial = new Map<number, Run>();
  const busy = new Set<Run>();
  let jobs: Job[] = [];
  let serials = 0;
  let open = openAnother();

  function openAnother(): OpenRun {
    const made = createOpenRun(serials++, averages);
    runs.push(made);
    bySerial.set(made.serial, made);
    return made;
  }

  function begin(sources: readonly Run[]): void {
    averages.freshen(documents.size());
    for (const source of sources) busy.add(source);
    jobs.push({ sources, steps: seal(sources, { serial: serials++, averages }) });
    jobs.sort((a, b) => sizeOf(a.sources) - sizeOf(b.sources));
  }

  /** Puts a new run where those were that it is made of. */
  function replace(sources: readonly Run[], made: SealedRun): void {
    const at = runs.indexOf(sources[0] as OpenRun | SealedRun);
    const isEmpty = made.size() === made.holes.length;
    runs = runs.toSpliced(at, sources.length, ...(isEmpty ? [] : [made]));
    if (!isEmpty) bySerial.set(made.serial, made);
    for (const source of sources) {
      bySerial.delete(source.serial);
      busy.delete(source);
    }
    for (const [slot, number] of made.documents.entries()) {
      if (!made.gone[slot]) documents.move(number, { run: made.serial, slot });
    }
  }

  const sealed = (run: Run | undefined): run is SealedRun =>
    run !== undefined && run.kind === "sealed" && !busy.has(run);

  function beginWhatIsDue(): void {
    for (const run of runs) {
      if (sealed(run) && run.holes.length > run.size() * HOLES_SHARE) begin([run]);
    }
    for (const [least, below] of [
      [0, SMALL],
      [SMALL, LARGE],
    ] as const) {
      const neighbours = due(runs, (run) => sealed(run) && run.size() >= least && run.size() < below);
      if (neighbours) begin(neighbours);
    }
  }

  function finish(job: Job, made: SealedRun): void {
    jobs = jobs.filter((other) => other !== job);
    replace(job.sources, made);
    beginWhatIsDue();
  }

  function work(portion: number): void {
    for (let left = portion; left > 0 && jobs.length > 0; ) {
      const [job] = jobs as [Job];
      const step = job.steps.next();
      if (step.done) finish(job, step.value);
      else left -= step.value;
    }
  }

  function sealWhatIsOpen(): void {
    if (open.size() > 0) closeOpen();
    for (const job of jobs.filter(({ sources }) => sources.some(({ kind }) => kind === "open"))) {
      for (let step = job.steps.next(); ; step = job.steps.next()) {
        if (!step.done) continue;
        finish(job, step.value);
        break;
      }
    }
  }

  function closeOpen(): void {
    const full = open;
    open = openAnother();
    begin([full]);
  }

  return {
    all: () => runs,
    add(id, tokens) {
      if (open.size() === OPEN_ROOM) closeOpen();
      const before = open.postings();
      const number = documents.add(id, { run: open.serial, slot: open.size() });
      averages.count(open.lengths, open.add(number, tokens), 1);
      work(WORK_A_DOCUMENT + WORK_A_POSTING * (open.postings() - before));
    },
    remove({ run: serial, slot }) {
      const run = bySerial.get(serial) as Run;
      run.remove(slot);
      averages.count(run.lengths, slot, -1);
      if (sealed(run) && run.holes.length > run.size() * HOLES_SHARE) beginWhatIsDue();
      work(WORK_A_DOCUMENT);
    },
    restore({ ids, arrays, growth }) {
      const numbers = new Uint32Array(ids.length);
      const serial = serials++;
      for (const [slot, id] of ids.entries()) {
        if (!arrays.gone[slot]) numbers[slot] = documents.add(id, { run: serial, slot });
      }
      const sealedAt = averages.growth() / growth;
      const made = createSealedRun({ serial, averages, documents: numbers, arrays, sealedAt });
      bySerial.set(serial, made);
      runs.splice(-1, 0, made);
    },
    save() {
      sealWhatIsOpen();
      const sealedRuns = runs.filter((run) => run.kind === "sealed");
      return sealedRuns.map(({ documents: numbers, arrays, sealedAt }) => ({
        ids: Array.from(numbers, (number, slot) => (arrays.gone[slot] ? "" : documents.idOf(number))),
        // What goes from now on is not gone in what is kept.
        arrays: { ...arrays, gone: arrays.gone.slice() },
        growth: averages.growth() / sealedAt,
      }));
    },
  };
}

const sizeOf = (runs: readonly Run[]): number => runs.reduce((sum, run) => sum + run.size(), 0);

/** The first neighbours that are as they should be, as many as are written together, and that fit into one run. */
function due(runs: readonly Run[], isRight: (run: Run) => boolean): Run[] | undefined {
  let neighbours: Run[] = [];
  for (const run of runs) {
    if (!isRight(run) || sizeOf([...neighbours, run]) > MAX_SLOTS) neighbours = [];
    if (isRight(run)) neighbours.push(run);
    if (neighbours.length === FAN) return neighbours;
  }
  return undefined;
}
