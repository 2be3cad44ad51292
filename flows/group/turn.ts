import type {
  CommunityGroup,
  Effect,
  GridWorker,
  GroupMemory,
  InboundMessage,
  OutboundMessage,
  SmallMatter,
} from "../../bots/model/index.ts";
import type { Gazetteer, KnowledgeBase, MatterMatcher, Triage } from "../../bots/ports.ts";

/** One message of a group with everything it is judged by. */
export interface GroupTurn {
  now: Date;
  message: InboundMessage;
  mentioned: boolean;
  /** What the message answers: other people's words, never the speaker's. */
  quote?: string;
  /** Absent where the city has not configured this room. */
  group?: CommunityGroup;
  /** Who the speaker is among the grid workers. */
  worker?: GridWorker;
  /** Not ended, or solved a short while ago. */
  matters: SmallMatter[];
  lastNumber: number;
  memory: GroupMemory;
}

export interface GroupParts {
  newId(): string;
  triage: Triage;
  knowledge: KnowledgeBase;
  gazetteer: Gazetteer;
  matcher: MatterMatcher;
}

/** What comes of a message. `undefined`: nothing is said, and nothing of it is kept. */
export type GroupOutcome = { say: OutboundMessage[]; effects: Effect[]; memory: GroupMemory } | undefined;

/** Optional words in so many minutes; what is said of a matter is not counted. */
const WINDOW_MS = 10 * 60_000;
const MOST_IN_WINDOW = 6;

/** Whether the bot may speak once more without a matter that asks for it; and what it then remembers. */
export function rarely({ memory, now }: Pick<GroupTurn, "memory" | "now">): GroupMemory | undefined {
  const spokeAt = memory.spokeAt.filter((at) => now.getTime() - Date.parse(at) < WINDOW_MS);
  return spokeAt.length < MOST_IN_WINDOW ? { ...memory, spokeAt: [...spokeAt, now.toISOString()] } : undefined;
}

/** Optional words, as long as there were not too many of them lately. */
export function sayRarely(turn: GroupTurn, say: OutboundMessage[]): GroupOutcome {
  const memory = rarely(turn);
  return memory && { say, effects: [], memory };
}

/** Whom the bot calls by a mention: each once. */
export const calling = (...ids: (string | undefined)[]): string[] => [...new Set(ids.filter((id) => id !== undefined))];

/** Whom of the grid workers a mention reaches. */
export const workerId = (group: CommunityGroup, name: string): string | undefined =>
  group.gridWorkers.find((worker) => worker.name === name)?.userId;

export type KnownGroupTurn = GroupTurn & { group: CommunityGroup };

/** What was said before the group agreed stays unheard, however late it reaches us. */
export const isAgreed = ({ group, message }: GroupTurn): boolean =>
  group?.agreed !== undefined && Date.parse(group.agreed.at) <= message.sentAt.getTime();
