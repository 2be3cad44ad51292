import type { ConversationRef } from "../bots/model/index.ts";
import type { Clock, DispatchClient, LanguageModel, Logger, Receive, Store } from "../bots/ports.ts";
import type { InPlaceChannel } from "./delivery/in-place.ts";
import type { QuietHours } from "./delivery/quiet-hours.ts";
import type { Desk } from "./desk/desk.ts";
import type { GroupHost } from "./groups/host.ts";
import type { Reception } from "./handoff/reception.ts";
import type { HandoffSettings } from "./handoff/settings.ts";
import type { KnowledgeRooms } from "./knowledge/index.ts";
import type { Embedding } from "./knowledge/vectors.ts";
import type { Metrics } from "./metrics.ts";
import type { Seal } from "./store/seal.ts";
import type { SqliteDatabase } from "./store/sqlite/database.ts";
import type { SqliteStore } from "./store/sqlite/store.ts";
import type { Understanding } from "./understanding.ts";

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
  channels(rooms: Rooms): InPlaceChannel[];
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
