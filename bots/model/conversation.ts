import type { GroupMemory } from "./group.ts";
import type { Handoff } from "./handoff.ts";
import type { Json } from "./json.ts";
import type { Choice, ConversationRef, OutboundMessage } from "./message.ts";
import type { Company } from "./request.ts";

/** A flow that waits for the citizen, pinned to the version that wrote its state. */
export interface SavedFlow {
  flow: string;
  version: number;
  state: Json;
}

/** A flow that the citizen put aside or left unfinished; what was said in it stays until it is taken up again. */
export interface PausedFlow {
  saved: SavedFlow;
  /** ISO 8601 with zone. */
  at: string;
  /** Left by "取消": comes back only when the citizen asks for it, and is forgotten sooner. */
  cancelled?: true;
}

/** What the citizen has told about themselves; asked once, used in every later request of the conversation. */
export interface CitizenFacts {
  name?: string;
  phone?: string;
  consentAt?: string;
  /** The company they speak for, when they came by the companies' entrance. */
  company?: Company;
  /** The last question the bot could not answer for certain, so that it can become a ticket without retyping. */
  lastQuestion?: string;
  /** The question answered last, in the light of which a short one after it is understood; null once another matter came. */
  topic?: { question: string; entryId: string; at: string } | null;
  /** The district or subdistrict that the talk named last, in full, for questions about what differs between them. */
  region?: { name: string; at: string } | null;
  /** For whom they ask, such as 企业, as far as the entrance they came by or an entry they chose tells. */
  audience?: { name: string; at: string } | null;
  /** The entries between which the citizen was asked to choose, so that nobody is asked the same twice in a row; null for none. */
  askedBetween?: string[] | null;
  /** What was sent to a statutory channel, so that it can still be filed when it was understood wrongly. */
  lastMatter?: string;
}

/** Everything the engine keeps of a conversation between two messages. */
export interface ConversationState {
  /** The flow that waits for the next message. */
  active: SavedFlow | null;
  /** Flows put aside by a digression, the one to return to last. */
  suspended: SavedFlow[];
  /** Put aside by the citizen, the latest first. */
  paused?: PausedFlow[];
  /** What the bot said last, for "再说一遍". */
  said?: OutboundMessage[];
  /** When the last turn was, ISO 8601 with zone. */
  lastAt?: string;
  /** The choices on the citizen's screen, for "2" and for labels typed by hand. */
  offered: Choice[];
  citizen: CitizenFacts;
  /** Present while a person is waited for or attends. */
  attended?: Handoff;
  /** How many turns in a row were not understood; absent for none. */
  misses?: number;
  /** Of a group; everything else here belongs to one person. */
  group?: GroupMemory;
}

export interface Conversation {
  ref: ConversationRef;
  /** Counts committed turns; 0 for a conversation nobody has spoken in yet. */
  revision: number;
  state: ConversationState;
}

export const emptyState = (): ConversationState => ({ active: null, suspended: [], offered: [], citizen: {} });
