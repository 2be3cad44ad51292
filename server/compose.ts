import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createEngine } from "../bots/engine.ts";
import type { ConversationRef } from "../bots/model/index.ts";
import type { ChannelAdapter, Clock, DispatchClient, LanguageModel, Logger, Receive, Store } from "../bots/ports.ts";
import { engineWords } from "../flows/index.ts";
import { wordAnswers } from "../knowledge/policies/wording/worded.ts";
import { nearAnswers } from "../knowledge/vectors/near-answers.ts";
import { createDelivery } from "./delivery/deliver.ts";
import type { QuietHours } from "./delivery/quiet-hours.ts";
import { createDesk, type Desk, deskMigrationsDir } from "./desk/desk.ts";
import { createEmbeddedDispatch } from "./dispatch/embedded.ts";
import { createUpdatePump } from "./dispatch/poll.ts";
import { createGroupHost, type GroupHost } from "./groups/host.ts";
import { openReception } from "./handoff/open-reception.ts";
import type { Reception } from "./handoff/reception.ts";
import { defaultSettings, type HandoffSettings } from "./handoff/settings.ts";
import { type KnowledgeRooms, openKnowledgeRooms } from "./knowledge/index.ts";
import { createLastLook } from "./knowledge/outdated.ts";
import { createVectorKeeper, type Embedding } from "./knowledge/vectors.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { channelOf, servedLanes } from "./outbox/lanes.ts";
import { createOutbox } from "./outbox.ts";
import { createSeal, type Seal } from "./store/seal.ts";
import { openDatabase, type SqliteDatabase } from "./store/sqlite/database.ts";
import { createVectorTable } from "./store/sqlite/knowledge/vector-table.ts";
import { createSqliteStore, type SqliteStore } from "./store/sqlite/store.ts";
import { createSweeper } from "./sweeper.ts";
import { openUnderstanding, type Understanding } from "./understanding.ts";

/** What a channel may need to be built. */
export interface Rooms {
  database: SqliteDatabase;
  seal: Seal;
  clock: Clock;
}

export interface ComposeOptions {
  dataDir: string;
  secretKey: string;
  log: Logger;
  channels(rooms: Rooms): ChannelAdapter[];
  /** The one conversation this process speaks in, where several share a data directory; all of its channels' when absent. */
  conversation?: Pick<ConversationRef, "channel" | "conversationId">;
  /** The city's own dispatch system; the embedded desk when absent. */
  dispatch?(rooms: { store: Store; clock: Clock; log: Logger }): DispatchClient;
  /** The language model that makes reading better; rules alone when absent. */
  model?(rooms: { store: Store; clock: Clock; log: Logger; metrics: Metrics }): Promise<LanguageModel>;
  /** The model that makes vectors of entries and questions; search by words alone when absent. */
  embedding?(rooms: { store: Store; clock: Clock; log: Logger; metrics: Metrics }): Promise<Embedding>;
  clock?: Clock;
  /** Where citizens reach the server, without a slash at its end. */
  publicUrl?: string;
  /** When and how people attend; every day from 8 to 20 when absent. */
  handoff?: HandoffSettings;
  /** When nobody is woken by news; no such time when absent. */
  quiet?: QuietHours;
  /** How often a dispatch system that cannot call us is asked for news. */
  pollMs?: number;
}

/** The whole bot, wired: everything below the network and the command line. */
export interface House extends Understanding {
  receive: Receive;
  database: SqliteDatabase;
  store: SqliteStore;
  seal: Seal;
  clock: Clock;
  metrics: Metrics;
  /** The operators' side of the conversations. */
  reception: Reception;
  /** The editors' side of the knowledge base. */
  knowledgeRooms: KnowledgeRooms;
  /** The bot in community groups. */
  groups: GroupHost;
  /** The embedded dispatch system; absent where the city has its own. */
  desk?: Desk;
  /** There may be news at the dispatch system. */
  wakeNews(): void;
  /** There may be words that can be said now. */
  wakeOutbox(): void;
  /** Records news that the dispatch system has sent by itself. */
  recordUpdate: Store["recordUpdate"];
  /** Begins to deliver. */
  start(): void;
  /** Resolves when nothing is left to deliver and no news is waiting. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const migrationsDir = join(import.meta.dirname, "store/sqlite/migrations");
/** The embedded desk calls when something changes; asking as well is for what another process changed. */
const EMBEDDED_POLL_MS = 5_000;
const EXTERNAL_POLL_MS = 30_000;
const SWEEP_MS = 5_000;
/** What is to be published at a time is published within a second of it. */
const KNOWLEDGE_SWEEP_MS = 1_000;

/** Builds the house in `dataDir`, which is created and filled with the starter data when it is new. */
export async function compose(options: ComposeOptions): Promise<House> {
  const { dataDir, log, publicUrl, clock = { now: () => new Date() } } = options;
  const seal = createSeal(options.secretKey);
  const databaseFile = join(dataDir, "jiesu.sqlite");
  const database = openDatabase({ file: databaseFile, migrationsDir });
  const channels = options.channels({ database, seal, clock });
  const serves = servedLanes({ channels: channels.map(({ channel }) => channel), conversation: options.conversation });
  const store = createSqliteStore({ database, seal, newId: orderedId, clock, serves });
  const metrics = createMetrics();
  const model = await options.model?.({ store, clock, log, metrics });
  const understanding = await openUnderstanding({ database, store, clock, dataDir, model, log });
  const { client: dispatch, desk, closeDesk } = openDispatch(options, { store, clock, seal, understanding });
  const recordUpdate: Store["recordUpdate"] = async (update) => {
    const result = await store.recordUpdate(update);
    outbox.wake();
    return result;
  };
  const intervalMs = desk ? EMBEDDED_POLL_MS : (options.pollMs ?? EXTERNAL_POLL_MS);
  const pump = createUpdatePump({ client: dispatch, store: { ...store, recordUpdate }, clock, log, intervalMs });
  const outbox = createOutbox({
    store,
    handlers: createDelivery({
      store,
      dispatch,
      channels,
      lastLook: createLastLook(database),
      clock,
      quiet: options.quiet,
      onDispatched: () => pump.wake(),
      onSaid: (channel) => metrics.words.inc({ channel, outcome: "delivered" }),
    }),
    clock,
    random: Math.random,
    log,
    onSettled(job, outcome) {
      metrics.jobs.inc({ kind: job.work.kind, outcome });
      const channel = channelOf(job.laneId);
      if (channel !== undefined && outcome === "aside") metrics.words.inc({ channel, outcome: "postponed" });
      if (channel !== undefined && outcome === "dead") metrics.words.inc({ channel, outcome: "undelivered" });
    },
  });
  const onCommitted = () => outbox.wake();
  const { knowledge, segmenter } = understanding;
  const vectors = await openVectors(options, { database, store, clock, metrics, knowledge });
  const found = vectors?.answers ?? knowledge;
  const answers = model ? wordAnswers({ knowledge: found, model, segmenter }) : found;
  const parts = { store, ...understanding, knowledge: answers, canJoin: dispatch.joins, clock, newId: randomUUID };
  const settings = options.handoff ?? defaultSettings;
  const { router, reception } = openReception({ parts, store, database, settings, publicUrl, log, onCommitted });
  const rooms = openKnowledgeRooms({
    ...understanding,
    dataDir,
    databaseFile,
    database,
    store,
    seal,
    clock,
    log,
    onCommitted,
  });
  const engine = createEngine({
    ...parts,
    store: answersOfToday(store, understanding),
    router,
    words: engineWords,
    log,
    onCommitted,
  });
  const groups = createGroupHost({ ...understanding, store, receive: engine.receive, clock, log, onCommitted });
  const sweepers = [
    createSweeper({ name: "handoff", sweep: reception.sweep, log, intervalMs: SWEEP_MS }),
    createSweeper({ name: "group", sweep: groups.sweep, log, intervalMs: SWEEP_MS }),
    createSweeper({ name: "knowledge", sweep: rooms.sweep, log, intervalMs: KNOWLEDGE_SWEEP_MS }),
    ...(vectors ? [createSweeper({ name: "vectors", ...vectors.keeper, log, intervalMs: KNOWLEDGE_SWEEP_MS })] : []),
  ];
  const unlisten = desk?.onChange(() => pump.wake());

  return {
    ...understanding,
    database,
    store,
    seal,
    clock,
    metrics,
    reception,
    knowledgeRooms: rooms,
    groups,
    desk,
    receive: measured(engine.receive, metrics),
    wakeNews: () => pump.wake(),
    wakeOutbox: onCommitted,
    recordUpdate,
    start() {
      outbox.start();
      pump.start();
      for (const sweeper of sweepers) sweeper.start();
    },
    async idle() {
      for (let quiet = 0; quiet < 2; quiet++) {
        await outbox.idle();
        await pump.idle();
      }
      await outbox.idle();
    },
    async close() {
      unlisten?.();
      await Promise.all(sweepers.map((sweeper) => sweeper.stop()));
      await rooms.stop();
      await pump.stop();
      await outbox.stop();
      await understanding.knowledge.close();
      await database.close();
      await closeDesk();
    },
  };
}

/** Search by meaning, where a model for it is configured. */
async function openVectors(
  { embedding: open, log }: ComposeOptions,
  rooms: {
    database: SqliteDatabase;
    store: Store;
    clock: Clock;
    metrics: Metrics;
    knowledge: Understanding["knowledge"];
  },
) {
  const embedding = await open?.({ ...rooms, log });
  if (!embedding) return undefined;
  const { knowledge, database } = rooms;
  const { model, background, embedder } = embedding;
  const sample = async (count: number) => (await knowledge.over(async (index) => index)).index.sample(count);
  const keeper = createVectorKeeper({ table: createVectorTable({ database, model }), background, sample, log });
  return { keeper, answers: nearAnswers({ knowledge, embedder, ...keeper }) };
}

/** A turn that was stale because its answer is not in use any more is computed again from what is. */
const answersOfToday = (store: Store, { knowledge }: Pick<Understanding, "knowledge">): Store => ({
  ...store,
  async commitTurn(turn) {
    const result = await store.commitTurn(turn);
    if (result === "stale" && turn.effects.some(({ kind }) => kind === "asked")) await knowledge.refresh();
    return result;
  },
});

/** Unique for ever, and rising with time: neighbours in time are neighbours in an index, so a commit changes few of its pages. */
const orderedId = (): string => `${Date.now().toString(36).padStart(9, "0")}-${randomUUID()}`;

function openDispatch(
  options: ComposeOptions,
  rooms: { store: Store; clock: Clock; seal: Seal; understanding: Understanding },
): { client: DispatchClient; desk?: Desk; closeDesk(): Promise<void> } {
  const { store, clock, seal, understanding } = rooms;
  if (options.dispatch) {
    return { client: options.dispatch({ store, clock, log: options.log }), closeDesk: async () => undefined };
  }
  const file = join(options.dataDir, "desk.sqlite");
  const database = openDatabase({ file, migrationsDir: deskMigrationsDir });
  const { catalogueData: catalogue, divisions } = understanding;
  const desk = createDesk({ database, seal, catalogue, divisions, clock });
  return { client: createEmbeddedDispatch(desk), desk, closeDesk: () => database.close() };
}

function measured(receive: Receive, metrics: Metrics): Receive {
  return async (message) => {
    const { channel } = message.from;
    const stop = metrics.turnSeconds.startTimer({ channel });
    try {
      const result = await receive(message);
      metrics.turns.inc({ channel, result });
      return result;
    } catch (error) {
      metrics.turns.inc({ channel, result: "failed" });
      throw error;
    } finally {
      stop();
    }
  };
}
