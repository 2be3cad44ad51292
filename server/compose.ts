import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createEngine } from "../bots/engine.ts";
import type { Store } from "../bots/ports.ts";
import { engineWords } from "../flows/index.ts";
import { wordAnswers } from "../knowledge/policies/wording/worded.ts";
import { createDelivery } from "./delivery/deliver.ts";
import { sayingInPlace } from "./delivery/in-place.ts";
import { openDispatch } from "./dispatch/open-dispatch.ts";
import { createUpdatePump } from "./dispatch/poll.ts";
import { createGroupHost } from "./groups/host.ts";
import { openReception } from "./handoff/open-reception.ts";
import { defaultSettings } from "./handoff/settings.ts";
import type { ComposeOptions, House } from "./house.ts";
import { openKnowledgeRooms } from "./knowledge/index.ts";
import { openVectors } from "./knowledge/open-vectors.ts";
import { createLastLook } from "./knowledge/outdated.ts";
import { createMetrics, measured } from "./metrics.ts";
import { channelOf, servedLanes } from "./outbox/lanes.ts";
import { createOutbox } from "./outbox.ts";
import { createSeal } from "./store/seal.ts";
import { openDatabase } from "./store/sqlite/database.ts";
import { createSqliteStore } from "./store/sqlite/store.ts";
import { createSweeper } from "./sweeper.ts";
import { openUnderstanding, type Understanding } from "./understanding.ts";

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
  const metrics = createMetrics();
  const lastLook = createLastLook(database);
  const sayInPlace = sayingInPlace({
    channels,
    lastLook,
    onSaid(channel, count) {
      metrics.jobs.inc({ kind: "say", outcome: "done" }, count);
      metrics.words.inc({ channel, outcome: "delivered" }, count);
    },
  });
  const store = createSqliteStore({ database, seal, newId: orderedId, clock, serves, sayInPlace });
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
      lastLook,
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
