import { randomUUID } from "node:crypto";
import type { Attended, Attending, DraftForm, Situation } from "../../bots/attending.ts";
import type { Attendant, Handoff } from "../../bots/model/index.ts";
import type { Clock, Gazetteer, HandoffStore, Logger, Store, Triage } from "../../bots/ports.ts";
import type { StaffUser } from "../staff/account.ts";
import type { Transcripts } from "../store/sqlite/transcript.ts";
import { type DeskLine, deskLines, saidText } from "./lines.ts";
import { withoutPersons } from "./mask.ts";
import { type Summary, summarise } from "./summary.ts";

type Refusal = Exclude<Attending, { kind: "turn" | "nothing-to-do" }>;
export type Outcome = { kind: "done" } | { kind: "not-found" } | Refusal;

/** A hand-off as every operator may see it. */
export interface QueueLine {
  handoff: Handoff;
  /** Masked. */
  subject: string;
}

/** A hand-off as only the operator who has taken it may see it. */
export interface Attention {
  handoff: Handoff;
  lines: DeskLine[];
  /** Said, and not with the citizen; `failed`: and it will not be, the channel does not take it. */
  pending: { text: string; failed: boolean }[];
  summary: Summary;
  form?: DraftForm;
}

/** 人工接待: what operators do with the conversations that wait for a person. Who may is decided before. */
export interface Reception {
  queue(user: StaffUser): Promise<{ open: QueueLine[]; ended: Handoff[] }>;
  /** Leaves an audit record. Ended ones are not shown any more. */
  read(user: StaffUser, id: string): Promise<{ kind: "shown"; attention: Attention } | Outcome>;
  take(user: StaffUser, id: string): Promise<Outcome>;
  /** `key`: the same again is said once. */
  say(user: StaffUser, id: string, said: { key: string; text: string }): Promise<Outcome>;
  edit(
    user: StaffUser,
    id: string,
    change: { key: string; name: string; value: string; was: string },
  ): Promise<Outcome>;
  /** Puts a file that the citizen sent in this conversation into the form. */
  attach(user: StaffUser, id: string, mediaId: string): Promise<Outcome>;
  giveBack(user: StaffUser, id: string, note: string | undefined): Promise<Outcome>;
  /** Does what is due by the clock; how much that was. May run in several processes at once. */
  sweep(): Promise<number>;
}

export interface ReceptionOptions {
  store: HandoffStore & Pick<Store, "loadConversation"> & Transcripts;
  attending: Attended;
  attendantOf(user: StaffUser): Promise<Attendant>;
  triage: Triage;
  gazetteer: Gazetteer;
  clock: Clock;
  log: Logger;
  onCommitted(): void;
}

type Compute = (at: Situation) => Attending | Promise<Attending>;

const MAX_STALE = 20;
const MOST_OPEN = 200;
const MOST_LINES = 200;
const SWEEP = 50;
/** Before the hand-off was read for the list, so many lines; after it was taken, all that are kept. */
const LINES_FOR_LIST = 20;
const ENDED_SHOWN_MS = 24 * 3_600_000;
const ENDED_SHOWN = 20;

export function createReception(options: ReceptionOptions): Reception {
  const { store, attending, clock, log } = options;
  let subjects = new Map<string, string>();

  /** The conversation's own state is what counts; the row of a hand-off follows it. */
  async function situation(id: string): Promise<Situation | undefined> {
    const row = await store.loadHandoff(id);
    if (!row) return undefined;
    const conversation = await store.loadConversation(row.from);
    const { attended } = conversation.state;
    const handoff = attended?.id === id ? attended : ((await store.loadHandoff(id)) ?? row);
    return { handoff, conversation, now: clock.now() };
  }

  /** Undefined when another turn of the conversation came in between. */
  async function attempt(id: string, key: string, compute: Compute): Promise<Outcome | undefined> {
    const at = await situation(id);
    if (!at) return { kind: "not-found" };
    const deed = await compute(at);
    if (deed.kind === "nothing-to-do") return { kind: "done" };
    if (deed.kind !== "turn") return deed;
    const result = await store.commitStaffTurn({ ...deed.turn, key: `${id}:${key}` });
    if (result === "committed") options.onCommitted();
    return result === "stale" ? undefined : { kind: "done" };
  }

  async function perform(id: string, key: string, compute: Compute): Promise<Outcome> {
    for (let times = 0; times < MAX_STALE; times++) {
      const outcome = await attempt(id, key, compute);
      if (outcome) return outcome;
    }
    return { kind: "stale" };
  }

  async function queueLine(handoff: Handoff): Promise<QueueLine> {
    const subject = subjects.get(handoff.id) ?? (await subjectOf(handoff));
    return { handoff, subject };
  }

  async function subjectOf(handoff: Handoff): Promise<string> {
    const { state } = await store.loadConversation(handoff.from);
    const lines = deskLines(await store.transcript(handoff.from, LINES_FOR_LIST));
    const { subject } = await summarise({ ...options, handoff, lines });
    return withoutPersons(subject, [state.citizen.name]);
  }

  /** What led to a hand-off does not change any more: it is read once, not with every look at the queue. */
  async function queueLines(): Promise<QueueLine[]> {
    const lines = await Promise.all((await store.openHandoffs(MOST_OPEN)).map(queueLine));
    subjects = new Map(lines.map(({ handoff, subject }) => [handoff.id, subject]));
    return lines;
  }

  async function attention({ handoff, conversation, now }: Situation): Promise<Attention> {
    const lines = deskLines(await store.transcript(handoff.from, MOST_LINES));
    const undelivered = await store.undelivered(handoff.from);
    const pending = undelivered.map(({ message, failed }) => ({ text: saidText(message), failed }));
    const summary = await summarise({ ...options, handoff, lines });
    return { handoff, lines, pending, summary, form: attending.form({ conversation, now }) };
  }

  return {
    async queue(user) {
      const since = new Date(clock.now().getTime() - ENDED_SHOWN_MS);
      return { open: await queueLines(), ended: await store.endedHandoffs(user.username, since, ENDED_SHOWN) };
    },

    async read(user, id) {
      const at = await situation(id);
      if (!at) return { kind: "not-found" };
      const { handoff, now } = at;
      if (handoff.state === "ended") return { kind: "ended", ending: handoff.ending ?? "returned" };
      if (handoff.takenBy?.username !== user.username) return { kind: "not-yours" };
      const hour = now.toISOString().slice(0, 13);
      await store.noteStaffAct(`${id}:read:${user.username}:${hour}`, {
        handoffId: id,
        by: user.username,
        deed: "read",
        at: now,
      });
      return { kind: "shown", attention: await attention(at) };
    },

    async take(user, id) {
      const by = await options.attendantOf(user);
      return perform(id, `take:${user.username}`, (at) => attending.take(at, by));
    },
    say: (user, id, { key, text }) => perform(id, `say:${key}`, (at) => attending.say(at, user.username, text)),
    edit: (user, id, { key, ...change }) =>
      perform(id, `edit:${key}`, (at) => attending.edit(at, user.username, change)),
    async attach(user, id, mediaId) {
      const handoff = await store.loadHandoff(id);
      const lines = handoff ? deskLines(await store.transcript(handoff.from, MOST_LINES)) : [];
      const media = lines.flatMap((line) => line.media).find((each) => each.id === mediaId);
      if (!media) return { kind: "not-found" };
      return perform(id, `attach:${randomUUID()}`, (at) => attending.attach(at, user.username, media));
    },
    giveBack: (user, id, note) => perform(id, "return", (at) => attending.giveBack(at, user.username, note)),

    async sweep() {
      const due = await store.dueHandoffs(clock.now(), SWEEP);
      for (const { id, dueAt } of due) {
        const outcome = await perform(id, `lapse:${dueAt}`, (at) => attending.lapse(at));
        log.info("handoff.lapsed", { handoffId: id, outcome: outcome.kind });
      }
      return due.length;
    },
  };
}
