import { BotError, StoreError } from "../../../bots/errors.ts";
import type { ChannelName } from "../../../bots/model/index.ts";
import type { Clock, Store } from "../../../bots/ports.ts";
import type { SayInPlace } from "../../delivery/in-place.ts";
import { conversationLane } from "../../outbox/lanes.ts";
import type { Seal } from "../seal.ts";
import { createCursors } from "./cursors.ts";
import type { SqliteDatabase } from "./database.ts";
import { createGroupTable } from "./groups.ts";
import { createHandoffTable } from "./handoffs.ts";
import { createJobTable } from "./jobs.ts";
import { type AskedTable, createAskedTable } from "./knowledge/asked-table.ts";
import { type CorrectionTable, createCorrectionTable } from "./knowledge/corrections.ts";
import { createMatterReader } from "./matters.ts";
import { createPersonTable } from "./persons.ts";
import { createPushCounts } from "./pushes.ts";
import { createRequestTable } from "./requests.ts";
import { checkSeal, createSealedJson } from "./sealed-json.ts";
import { type CountedMatter, createSmallMatterTable } from "./small-matters.ts";
import { createStaffReader, type StaffReader } from "./staff.ts";
import { createTranscripts, type Transcripts } from "./transcript.ts";
import { createTurnWords } from "./turn-words.ts";
import { createTurns } from "./turns.ts";
import { createUndeliveredReader, type UndeliveredReader } from "./undelivered.ts";
import { createUpdateTable } from "./updates.ts";

/** The store, with what people rather than the bot ask of it. */
export interface SqliteStore extends Store, StaffReader, Transcripts, UndeliveredReader {
  asked: AskedTable;
  corrections: CorrectionTable;
  /** As `hasten`, for every conversation of a channel: it can speak again. */
  hastenAll(channel: ChannelName): Promise<void>;
  /** Small matters without their words, newest first. */
  countedSmallMatters(limit: number): Promise<CountedMatter[]>;
}

/**
 * The store in one SQLite file. `newId` makes job ids, which are handed on as idempotency keys: they must be unique for ever.
 * `clock` dates rows; whether a job is due is judged only by the `now` that `claimJobs` is given.
 * A process that is alone with the file hands out at once what a dead one still held.
 * Throws a StoreError when the database was written with another key than `seal`'s.
 */
export function createSqliteStore(parts: {
  database: SqliteDatabase;
  seal: Seal;
  newId: () => string;
  clock?: Clock;
  /** Which lanes this process takes jobs of; all when absent. */
  serves?: (laneId: string) => boolean;
  /** Says what answers a turn where that is done by keeping it in this database; by the outbox when absent. */
  sayInPlace?: SayInPlace;
}): SqliteStore {
  const { database, seal, newId, clock = { now: () => new Date() } } = parts;
  checkSeal(database, seal);
  const sealed = createSealedJson(seal);
  const jobs = createJobTable({ database, sealed, newId, clock, serves: parts.serves });
  const persons = createPersonTable({ database, seal, jobs, clock });
  const updates = createUpdateTable({ database, sealed, jobs, persons, clock });
  const requests = createRequestTable({ database, sealed, jobs, updates, persons });
  const matters = createMatterReader({ database, sealed, persons });
  database.presence.enter(jobs.releaseHeld);
  const handoffs = createHandoffTable({ database, sealed });
  const asked = createAskedTable({ database, sealed });
  const groups = createGroupTable({ database, sealed });
  const smallMatters = createSmallMatterTable({ database, sealed });
  const turns = createTurns({
    database,
    sealed,
    clock,
    jobs,
    requests,
    handoffs,
    asked,
    groups,
    smallMatters,
    persons,
    wordsOf: createTurnWords({ jobs, sayInPlace: parts.sayInPlace }),
  });
  const keep = <T>(work: () => T): Promise<T> => database.write(work).catch(refuse);

  return {
    loadConversation: async (ref) => turns.load(ref),
    hasMessage: async (channel, messageId) => turns.hasMessage(channel, messageId),
    async commitTurn(turn) {
      const { run, tell } = turns.prepare(turn);
      const result = await keep(run);
      tell();
      return result;
    },

    commitStaffTurn: async (turn) => keep(turns.prepareStaff(turn)),
    loadHandoff: async (id) => handoffs.load(id),
    openHandoffs: async (limit) => handoffs.open(limit),
    endedHandoffs: async (username, since, limit) => handoffs.ended(username, since, limit),
    dueHandoffs: async (now, limit) => handoffs.due(now, limit),
    waitingBefore: async (at) => handoffs.waitingBefore(at),
    noteStaffAct: async (key, act) => (handoffs.isDone(key) ? undefined : keep(() => handoffs.note(key, act))),
    staffActs: async (handoffId) => handoffs.acts(handoffId),

    async groupOf({ channel, roomId, topic }) {
      const { group, unbound } = groups.find(channel, roomId, topic);
      return group ?? (unbound && (await keep(() => groups.bind(unbound, roomId))));
    },
    configureGroup: (group) => keep(() => groups.configure(group)),
    saveGroup: (group) => keep(() => groups.save(group)),
    dropGroup: (group) => keep(() => groups.drop(group)),
    communityGroups: async () => groups.all(),
    loadSmallMatter: async (id) => smallMatters.load(id),
    currentSmallMatters: async (room, solvedSince) => smallMatters.current(room, solvedSince),
    lastSmallMatter: async (room) => smallMatters.lastNumber(room),
    dueSmallMatters: async (now, limit) => smallMatters.due(now, limit),
    countedSmallMatters: async (limit) => smallMatters.counted(limit),

    claimJobs: async (limit, now, leaseMs) => (jobs.anyDue(now) ? keep(() => jobs.claim(limit, now, leaseMs)) : []),
    settleJob: (jobId, outcome) => keep(() => jobs.settle(jobId, outcome)),
    wordsBehind: async (jobId) => jobs.wordsBehind(jobId),
    async hasten(ref) {
      const lane = conversationLane(ref);
      if (jobs.isPutOff(lane)) await keep(() => jobs.hasten(lane));
    },
    hastenAll: (channel) => keep(() => jobs.hastenAll(`conversation:${channel}:`)),
    nextJobAt: async () => jobs.next(),

    ...createPushCounts({ database, clock }),
    accountsOf: async (account) => persons.accountsOf(account),
    mayOfferCode: async (account, now) => persons.mayOffer(account, now),
    lookAtCode: async (account, code, now) => persons.look(account, code, now),
    accountActs: async (account) => persons.acts(account),

    loadRequest: async (requestId) => requests.load(requestId),
    recordSubmission: (requestId, submission) => keep(() => requests.recordSubmission(requestId, submission)),
    recordUpdate: (update) => keep(() => updates.record(update)),
    loadUpdate: async (requestId, updateId) => updates.load(requestId, updateId),
    ticketsOf: async (user, limit) => requests.of(user, limit),
    findTicket: async (number, of) => requests.find(number, of),
    loadTicket: async (requestId) => requests.view(requestId),
    mattersOf: async (user, since, limit) => matters.of(user, since, limit),
    mattersNear: async (where, since, limit) => matters.near(where, since, limit),
    openNumbers: async () => requests.openNumbers(),

    asked,
    corrections: createCorrectionTable({ database, jobs }),

    ...createCursors({ database, keep }),
    ...createStaffReader({ database, sealed }),
    ...createTranscripts({ database, sealed }),
    ...createUndeliveredReader({ database, sealed }),
  };
}

/** SQLite's own codes for a busy or failing disk: trying again can help. A broken constraint breaks again. */
const PASSING = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|NOMEM)/;

function refuse(cause: unknown): never {
  if (cause instanceof BotError) throw cause;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "no code";
  throw new StoreError(`the database could not keep it (${code}); nothing of it was kept`, {
    retryable: PASSING.test(code),
    cause,
  });
}
